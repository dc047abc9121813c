"""The uploads that were read last stay at hand: the next page is often of the same document."""

from collections import OrderedDict
from pathlib import Path

from wenyun.jobs.ports import is_upload
from wenyun.stores.blobs import BlobStore

HELD_BYTES = 200_000_000
"""Bytes of uploads that are kept in memory: two of the largest that are taken."""


class RecentUploads:
    """A blob store before which the last uploads are kept; see `BlobStore`.

    A function reads page after page, each told by a message of its own, and an upload is never
    written again, so it need not be fetched for each. Used by one thread at a time for uploads.

    Args:
        blobs: Where everything is.
        most: Bytes to be held.

    """

    def __init__(self, blobs: BlobStore, most: int = HELD_BYTES) -> None:
        self._blobs = blobs
        self._most = most
        self._held: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes:
        """The bytes, fetched at the first time."""
        if not is_upload(key):
            return self._blobs.get(key)
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        data = self._blobs.get(key)
        self._hold(key, data)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes."""
        self._held.pop(key, None)
        self._blobs.put(key, data)

    def put_file(self, key: str, path: Path) -> bool:
        """Keep a file's bytes unless the key is taken."""
        self._held.pop(key, None)
        return self._blobs.put_file(key, path)

    def has(self, key: str) -> bool:
        """Whether there is something under a key."""
        return self._blobs.has(key)

    def delete(self, prefix: str) -> None:
        """Remove a key, or all below it."""
        for key in [held for held in self._held if f"{held}/".startswith(f"{prefix}/")]:
            del self._held[key]
        self._blobs.delete(prefix)

    def _hold(self, key: str, data: bytes) -> None:
        self._held[key] = data
        while sum(map(len, self._held.values())) > self._most:
            self._held.popitem(last=False)
