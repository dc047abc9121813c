"""Objects in buckets: what the triggers need of S3, and nothing more."""

from dataclasses import dataclass, field
from typing import Protocol


class ObjectMissingError(Exception):
    """The object is not there (any more)."""


class ObjectTooLargeError(Exception):
    """The object has more bytes than were allowed; nothing was downloaded."""

    def __init__(self, size: int) -> None:
        super().__init__(f"The object has {size} bytes.")
        self.size = size


class StoreFaultError(Exception):
    """The store could not do it now: throttled, unreachable, or not allowed. Try again later."""


class StoreBusyError(StoreFaultError):
    """It was throttled, or cannot be reached: in some seconds it may be otherwise."""


class StoreFullError(StoreFaultError):
    """There is no room left."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object's bytes and what its owner wrote beside them (`x-amz-meta-*`, lower case)."""

    data: bytes
    metadata: dict[str, str] = field(default_factory=dict)


class ObjectStore(Protocol):
    """Buckets of objects.

    Every method raises StoreFaultError where another attempt may help.
    """

    def get(self, bucket: str, key: str, max_bytes: int) -> StoredObject:
        """Fetch an object; its size is known, and refused, before its bytes are downloaded.

        Raises:
            ObjectMissingError: There is none.
            ObjectTooLargeError: It has more than `max_bytes`.

        """

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        """Write an object, over one of the same name if there is any."""

    def delete(self, bucket: str, key: str) -> None:
        """Remove an object; one that is not there is no error."""
