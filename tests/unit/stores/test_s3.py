"""The S3 store against a real HTTP endpoint, and against one that fails."""

import os
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from unittest import mock

import boto3
import pytest

from tests.awskit.buckets import RESULTS, UPLOADS, Buckets, local_buckets
from wenyun.observe.facts import mark
from wenyun.stores import aws, s3
from wenyun.stores.objects import ObjectMissingError, ObjectTooLargeError, StoreFaultError


@pytest.fixture(scope="module")
def buckets() -> Iterator[Buckets]:
    with local_buckets() as found:
        yield found


@pytest.fixture
def store(buckets: Buckets) -> Iterator[s3.S3Store]:
    buckets.empty()
    with mock.patch.dict(os.environ, buckets.env):
        yield s3.S3Store()


def test_object_and_its_metadata(store: s3.S3Store, buckets: Buckets) -> None:
    buckets.upload("inbox/收据 1+1.png", b"bytes", Lang="en")
    found = store.get(UPLOADS, "inbox/收据 1+1.png", 5)
    assert (found.data, found.metadata) == (b"bytes", {"lang": "en"})


def test_empty_object(store: s3.S3Store, buckets: Buckets) -> None:
    buckets.upload("inbox/empty", b"")
    assert store.get(UPLOADS, "inbox/empty", 5).data == b""


def test_too_large_object_is_not_downloaded(store: s3.S3Store, buckets: Buckets) -> None:
    buckets.upload("inbox/large", b"123456")
    with (
        mock.patch("botocore.response.StreamingBody.read", side_effect=AssertionError("read")),
        pytest.raises(ObjectTooLargeError) as raised,
    ):
        store.get(UPLOADS, "inbox/large", 5)
    assert raised.value.size == 6


def test_missing_object(store: s3.S3Store) -> None:
    with pytest.raises(ObjectMissingError, match=mark(UPLOADS, "inbox/none")):
        store.get(UPLOADS, "inbox/none", 5)


def test_put_overwrites_with_its_type(store: s3.S3Store, buckets: Buckets) -> None:
    for data in (b"one", b"two"):
        store.put(RESULTS, "a.txt", data, "text/plain; charset=utf-8")
    answer = buckets.client.get_object(Bucket=RESULTS, Key="a.txt")
    assert answer["Body"].read() == b"two"
    assert answer["ContentType"] == "text/plain; charset=utf-8"


def test_delete_twice(store: s3.S3Store, buckets: Buckets) -> None:
    store.put(RESULTS, "a.txt", b"one", "text/plain")
    for _ in range(2):
        store.delete(RESULTS, "a.txt")
    assert buckets.results() == []


def test_bucket_that_is_not_there_is_a_fault(store: s3.S3Store) -> None:
    with pytest.raises(StoreFaultError, match="NoSuchBucket"):
        store.get("no-such-bucket-anywhere", "a", 5)


def test_no_client_before_the_first_need(buckets: Buckets) -> None:
    with (
        mock.patch.dict(os.environ, buckets.env),
        mock.patch.object(boto3, "client", wraps=boto3.client) as made,
    ):
        store = s3.S3Store()
        assert made.call_count == 0
        store.put(RESULTS, "a", b"1", "text/plain")
        store.delete(RESULTS, "a")
    assert made.call_count == 1


@pytest.mark.parametrize(
    ("status", "code"), [(503, "SlowDown"), (500, "InternalError"), (403, "AccessDenied")]
)
def test_refusals_are_faults(buckets: Buckets, status: int, code: str) -> None:
    body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with (
            mock.patch.dict(os.environ, buckets.env | {"AWS_ENDPOINT_URL_S3": address}),
            pytest.raises(StoreFaultError, match=code),
        ):
            s3.S3Store().get(UPLOADS, "a", 5)
    finally:
        server.shutdown()
        server.server_close()


def test_no_server_is_a_fault(buckets: Buckets) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with (
            mock.patch.dict(os.environ, buckets.env | {"AWS_ENDPOINT_URL_S3": address}),
            pytest.raises(StoreFaultError, match="Could not connect"),
        ):
            s3.S3Store().put(UPLOADS, "a", b"1", "text/plain")


def test_waiting_has_limits() -> None:
    config = aws.config("s3")
    assert config.connect_timeout <= 5
    assert config.read_timeout <= 20
    assert config.retries == {"total_max_attempts": 3, "mode": "standard"}
