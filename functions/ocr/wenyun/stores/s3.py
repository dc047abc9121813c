"""Objects in Amazon S3. Importing this module imports boto3, so import it where it is needed."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from wenyun.observe.facts import mark
from wenyun.stores.objects import (
    ObjectMissingError,
    ObjectTooLargeError,
    StoredObject,
    StoreFaultError,
)

CONNECT_SECONDS = 2
READ_SECONDS = 10
ATTEMPTS = 3
MISSING = {"404", "NoSuchKey"}


class S3Store:
    """An `ObjectStore` over S3. The client is made at first need: none at Lambda's INIT."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: Any = None

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

    def _client(self) -> Any:
        with self._lock:
            if self._made is None:
                self._made = boto3.client("s3", config=_config())
            return self._made


def _config() -> Config:
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    )


@contextmanager
def _translated(address: str) -> Iterator[None]:
    """Turn boto3's errors into ours, naming the object."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in MISSING:
            raise ObjectMissingError(f"{address} does not exist.") from error
        raise StoreFaultError(f"{address}: {error}") from error
    except BotoCoreError as error:
        raise StoreFaultError(f"{address}: {error}") from error


def _lower(metadata: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in metadata.items()}
