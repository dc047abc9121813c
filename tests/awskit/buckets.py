"""S3 on this machine: moto's server and a client to look into it."""

import contextlib
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

import boto3
from moto.server import ThreadedMotoServer

UPLOADS = "wenyun-uploads"
RESULTS = "wenyun-results"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
}


@dataclass(frozen=True, slots=True)
class Buckets:
    """Two buckets behind a real HTTP endpoint."""

    url: str
    client: Any

    @property
    def env(self) -> dict[str, str]:
        """What a process needs to reach them."""
        return CREDENTIALS | {
            "AWS_ENDPOINT_URL_S3": self.url,
            "OCR_UPLOAD_BUCKET": UPLOADS,
            "OCR_RESULT_BUCKET": RESULTS,
        }

    def upload(self, key: str, data: bytes, **metadata: str) -> None:
        """Put an object into the bucket of uploads."""
        self.client.put_object(Bucket=UPLOADS, Key=key, Body=data, Metadata=metadata)

    def results(self) -> list[str]:
        """The keys in the bucket of results."""
        listed = self.client.list_objects_v2(Bucket=RESULTS)
        return sorted(item["Key"] for item in listed.get("Contents", []))

    def result(self, key: str) -> Any:
        """One result: JSON parsed, anything else as text."""
        text = self.client.get_object(Bucket=RESULTS, Key=key)["Body"].read().decode()
        return json.loads(text) if key.endswith(".json") else text

    def empty(self) -> None:
        """Remove every object."""
        for bucket in (UPLOADS, RESULTS):
            for item in self.client.list_objects_v2(Bucket=bucket).get("Contents", []):
                self.client.delete_object(Bucket=bucket, Key=item["Key"])


@contextlib.contextmanager
def local_cloud() -> Iterator[str]:
    """Run the server; its address."""
    # A line for each request hides what a failing test says.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextlib.contextmanager
def local_buckets() -> Iterator[Buckets]:
    """Run the server with both buckets made."""
    with local_cloud() as url:
        with mock.patch.dict(os.environ, CREDENTIALS):
            client = boto3.client("s3", endpoint_url=url)
        for bucket in (UPLOADS, RESULTS):
            client.create_bucket(Bucket=bucket)
        yield Buckets(url, client)
        client.close()
