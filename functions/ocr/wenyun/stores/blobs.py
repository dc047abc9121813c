"""Bytes under keys such as `<job>/pages/7`: uploads, page results and results."""

from pathlib import Path
from typing import Protocol


class BlobMissingError(Exception):
    """There is nothing under this key (any more)."""


class BlobStore(Protocol):
    """Whole blobs; half of one is never seen. Methods raise StoreFaultError too."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, in place of what was there; durable when this returns."""

    def put_file(self, key: str, path: Path) -> bool:
        """Keep a file's bytes unless the key is taken; the file itself is gone afterwards.

        Returns:
            Whether the bytes are those that are kept now: the first to come stay.

        """

    def get(self, key: str) -> bytes:
        """The bytes; raises BlobMissingError, and ObjectTooLargeError where a store has a limit."""

    def has(self, key: str) -> bool:
        """Whether there is something under a key."""

    def delete(self, prefix: str) -> None:
        """Remove a key, or all below it; nothing there is no error."""
