"""Addresses of S3 that need no key: signed for one object, one use and some time."""

from typing import Any

from wenyun.stores.aws import Client, translated
from wenyun.stores.s3_blobs import UPLOAD, object_key


class S3Links:
    """Signs with the credentials of whoever runs this; nothing is sent anywhere.

    Args:
        uploads: The bucket of the files to be read.
        results: The bucket of the results.

    """

    def __init__(self, uploads: str, results: str) -> None:
        self._uploads = uploads
        self._results = results
        self._client = Client("s3")

    def upload(self, job_id: str, media_type: str, size: int, seconds: int) -> dict[str, Any]:
        """Where a form puts the upload of a job: `url` and `fields`.

        S3 takes a file of exactly this type and size, under exactly this key, in this time.
        """
        fields = {"Content-Type": media_type}
        conditions = [fields, ["content-length-range", size, size]]
        key = object_key(f"{job_id}/{UPLOAD}")
        with translated(f"s3://{self._uploads}/{key}"):
            made: dict[str, Any] = self._client().generate_presigned_post(
                self._uploads, key, dict(fields), conditions, ExpiresIn=seconds
            )
        return made

    def result(self, key: str, media_type: str, disposition: str, seconds: int) -> str:
        """Where a result can be fetched, and how it then says what it is."""
        wanted = {
            "Bucket": self._results,
            "Key": object_key(key),
            "ResponseContentType": media_type,
            "ResponseContentDisposition": disposition,
        }
        with translated(f"s3://{self._results}/{key}"):
            url: str = self._client().generate_presigned_url(
                "get_object", wanted, ExpiresIn=seconds
            )
        return url
