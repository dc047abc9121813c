"""Blobs in two buckets of S3; see `BlobStore`.

`ID/upload` is `jobs/ID/upload` in the bucket of uploads, and every other key is `jobs/` and itself
in the bucket of results. No key of ours has a dot, and every result of an object under `inbox/`
has one (`jobs/a.png.json`), so neither is ever taken for the other.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from wenyun.stores.aws import Client, code_of, translated
from wenyun.stores.blobs import BlobMissingError
from wenyun.stores.objects import ObjectTooLargeError, StoreFaultError

JOBS = "jobs/"
UPLOAD = "upload"

MISSING = {"404", "NoSuchKey"}
TAKEN = {"412", "PreconditionFailed"}

_KEY = re.compile(r"[a-z0-9]+(/[a-z0-9]+)*")


class _TakenError(Exception):
    """There is an object under this key."""


class S3Blobs:
    """Blobs in two buckets.

    Args:
        uploads: The bucket of the files to be read.
        results: The bucket of all that comes of them.
        max_bytes: An upload that is larger is not fetched.

    """

    def __init__(self, uploads: str, results: str, max_bytes: int) -> None:
        self._uploads = uploads
        self._results = results
        self._max_bytes = max_bytes
        self._client = Client("s3")

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, in place of what was there."""
        self._call("put_object", key, Body=data)

    def put_file(self, key: str, path: Path) -> bool:
        """Keep a file unless the key is taken; S3 itself sees to it that the first to come stay."""
        try:
            with path.open("rb") as file:
                self._call("put_object", key, Body=file, IfNoneMatch="*")
        except _TakenError:
            return False
        finally:
            path.unlink(missing_ok=True)
        return True

    def get(self, key: str) -> bytes:
        """The bytes of a key.

        Raises:
            ObjectTooLargeError: An upload has more bytes than are read; nothing was fetched.

        """
        found = self._call("get_object", key)
        size = int(found["ContentLength"])
        with closing(found["Body"]) as body, translated(key):
            if key.endswith(f"/{UPLOAD}") and size > self._max_bytes:
                raise ObjectTooLargeError(size)
            data: bytes = body.read()
        return data

    def has(self, key: str) -> bool:
        """Whether there is something under a key."""
        try:
            self._call("head_object", key)
        except BlobMissingError:
            return False
        return True

    def delete(self, prefix: str) -> None:
        """Remove a key, or all below it."""
        name = object_key(prefix)
        if prefix.endswith(f"/{UPLOAD}"):
            self._remove(self._uploads, [name])
            return
        for bucket in (self._results,) if "/" in prefix else (self._uploads, self._results):
            for names in self._below(bucket, name):
                self._remove(bucket, names)

    def _below(self, bucket: str, name: str) -> Iterator[list[str]]:
        """Names of ours that are `name` or below it, in parts that S3 removes at once."""
        question = {"Bucket": bucket, "Prefix": name}
        while True:
            with translated(f"s3://{bucket}/{name}"):
                found = self._client().list_objects_v2(**question)
            names = [item["Key"] for item in found.get("Contents", ())]
            if mine := [one for one in names if _is_below(one, name)]:
                yield mine
            if not found.get("IsTruncated"):
                return
            question["ContinuationToken"] = found["NextContinuationToken"]

    def _remove(self, bucket: str, names: list[str]) -> None:
        what = {"Objects": [{"Key": name} for name in names], "Quiet": True}
        with translated(f"s3://{bucket}/{names[0]}"):
            left = self._client().delete_objects(Bucket=bucket, Delete=what).get("Errors")
        if left:
            raise StoreFaultError(f"s3://{bucket}/{left[0].get('Key')}: {left[0].get('Code')}")

    def _call(self, operation: str, key: str, **more: Any) -> Any:
        name = object_key(key)
        bucket = self._uploads if key.endswith(f"/{UPLOAD}") else self._results

        def meaning(error: ClientError) -> Exception | None:
            if code_of(error) in MISSING:
                return BlobMissingError(key)
            return _TakenError(key) if code_of(error) in TAKEN else None

        with translated(f"s3://{bucket}/{name}", meaning):
            return getattr(self._client(), operation)(Bucket=bucket, Key=name, **more)


def object_key(key: str) -> str:
    """The name of a blob's object; keys are made by us, and any other is a fault of ours."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key: {key!r}")
    return JOBS + key


def job_of(name: str) -> str | None:
    """The job whose upload an object is; None for every other object."""
    found = re.fullmatch(rf"{JOBS}([a-z0-9]+)/{UPLOAD}", name)
    return found[1] if found else None


def _is_below(name: str, prefix: str) -> bool:
    ours = _KEY.fullmatch(name.removeprefix(JOBS)) is not None
    return ours and (name == prefix or name.startswith(f"{prefix}/"))
