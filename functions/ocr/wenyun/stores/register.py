"""Which object under a name is the newest, so that an older one never overwrites its results.

Events of S3 may come twice and out of order. Each says by its `sequencer` where it stands among
those of the same name.
"""

from typing import Literal, Protocol

Standing = Literal["newest", "finished", "older"]

STAMP_LENGTH = 64


class Register(Protocol):
    """The newest stamp of each name. All methods raise StoreFaultError."""

    def claim(self, bucket: str, key: str, stamp: str) -> Standing:
        """Say that an object arrived.

        Returns:
            Whether it is the newest one, that one and its results are finished, or an older one.

        """

    def standing(self, bucket: str, key: str, stamp: str) -> Standing:
        """The same of one that has been claimed."""

    def finish(self, bucket: str, key: str, stamp: str) -> bool:
        """Say that its results are written; False where a newer one has arrived meanwhile."""

    def reopen(self, bucket: str, key: str, stamp: str) -> None:
        """Say that its results are not finished after all, if it is the newest."""

    def newest(self, bucket: str, key: str) -> str:
        """The newest stamp; empty where none is known."""


def stamp_of(sequencer: str) -> str:
    """A sequencer as a text that is greater the later it is; empty for none.

    Sequencers differ in length. S3's documentation has the shorter one filled up with zeros on the
    right before two are compared.
    """
    found = sequencer.strip().upper()
    return found.ljust(STAMP_LENGTH, "0") if found else ""
