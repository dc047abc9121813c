"""Uploads by presigned POST: size, type, key and expiry are S3's to enforce.

Jobs will rely on it. A client signs by version 4 only when it is told to (`s3v4`).
"""

import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.awskit.corpus import event_picture
from tests.serverless.containers import Answer, ask
from tests.serverless.ministack import Cloud, ministack

BUCKET = "presigned"
LIMIT = 5000
PICTURE = event_picture()


@pytest.fixture(scope="module")
def strict(docker: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Ministack as S3 is: it verifies signatures."""
    with ministack(tmp_path_factory.mktemp("strict"), docker, AUTH="true") as running:
        yield running


@pytest.fixture(scope="module")
def s3(strict: Cloud) -> Any:
    client = strict.client("s3")
    client.create_bucket(Bucket=BUCKET)
    return client


def presign(s3: Any, key: str, seconds: int = 60) -> Any:
    conditions = [["content-length-range", 1, LIMIT], {"Content-Type": "image/png"}]
    return s3.generate_presigned_post(
        BUCKET, key, {"Content-Type": "image/png"}, conditions, ExpiresIn=seconds
    )


def post(form: Any, data: bytes, **changed: str) -> Answer:
    """The file as a browser sends it: the given fields, then `file`."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (form["fields"] | changed).items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
    body = "".join(parts).encode() + head.encode() + b"Content-Type: image/png\r\n\r\n" + data
    return ask(
        form["url"], body + f"\r\n--{boundary}--\r\n".encode(),
        content_type=f"multipart/form-data; boundary={boundary}",
    )  # fmt: skip


def keys(s3: Any) -> set[str]:
    return {item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def test_file_within_the_limits_is_stored(s3: Any) -> None:
    assert post(presign(s3, "good.png"), PICTURE).status in (200, 201, 204)
    stored = s3.get_object(Bucket=BUCKET, Key="good.png")
    assert (stored["Body"].read(), stored["ContentType"]) == (PICTURE, "image/png")


@pytest.mark.parametrize("size", [0, LIMIT + 1])
def test_size(s3: Any, size: int) -> None:
    answer = post(presign(s3, f"size{size}.png"), bytes(size))
    assert answer.status == 400
    assert (b"EntityTooLarge" if size else b"EntityTooSmall") in answer.body
    assert f"size{size}.png" not in keys(s3)


@pytest.mark.parametrize(
    "changed",
    [{"Content-Type": "text/html"}, {"key": "other.png"}, {"x-amz-signature": "0" * 64}],
    ids=["type", "key", "signature"],
)
def test_changed_field(s3: Any, changed: dict[str, str]) -> None:
    answer = post(presign(s3, "changed.png"), PICTURE, **changed)
    assert answer.status == 403
    assert not {"changed.png", "other.png"} & keys(s3)


def test_expiry(s3: Any) -> None:
    form = presign(s3, "late.png", seconds=1)
    time.sleep(2.1)
    answer = post(form, PICTURE)
    assert answer.status == 403
    assert b"xpired" in answer.body
    assert "late.png" not in keys(s3)


def test_download_url_expires(s3: Any) -> None:
    s3.put_object(Bucket=BUCKET, Key="result.json", Body=b"{}")
    url = s3.generate_presigned_url(
        "get_object", {"Bucket": BUCKET, "Key": "result.json"}, ExpiresIn=1
    )
    assert ask(url).body == b"{}"
    time.sleep(2.1)
    assert ask(url).status == 403
