"""Objects in Amazon S3. Importing this module imports boto3, so import it where it is needed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from botocore.exceptions import ClientError

from wenyun.observe.facts import mark
from wenyun.stores.aws import Client, code_of, translated
from wenyun.stores.objects import ObjectMissingError, ObjectTooLargeError, StoredObject

MISSING = {"404", "NoSuchKey"}


class S3Store:
    """An `ObjectStore` over S3. The client is made at first need: none at Lambda's INIT."""

    def __init__(self) -> None:
        self._client = Client("s3")

    def get(self, bucket: str, key: str, max_bytes: int) -> StoredObject:
        """As in `ObjectStore`."""
        with _translated(f"object {mark(bucket, key)}"):
            answer = self._client().get_object(Bucket=bucket, Key=key)
            with closing(answer["Body"]) as body:
                if answer["ContentLength"] > max_bytes:
                    raise ObjectTooLargeError(answer["ContentLength"])
                return StoredObject(body.read(), _lower(answer["Metadata"]))

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        """As in `ObjectStore`."""
        with _translated(f"object {mark(bucket, key)}"):
            self._client().put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type)

    def delete(self, bucket: str, key: str) -> None:
        """As in `ObjectStore`."""
        with _translated(f"object {mark(bucket, key)}"):
            self._client().delete_object(Bucket=bucket, Key=key)


@contextmanager
def _translated(address: str) -> Iterator[None]:
    """Turn the SDK's errors into ours, naming the object."""

    def meaning(error: ClientError) -> Exception | None:
        missing = code_of(error) in MISSING
        return ObjectMissingError(f"{address} does not exist.") if missing else None

    with translated(address, meaning):
        yield


def _lower(metadata: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in metadata.items()}
