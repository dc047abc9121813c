"""The images in containers as narrow as Lambda's: read-only, no root, the template's memory."""

import json
from collections.abc import Iterator, Mapping

import pytest

from tests.awskit.corpus import event_picture, load_event
from tests.awskit.picture import TEXT
from tests.pictures.make import save
from tests.serverless.containers import (
    NO_PROCESSORS,
    Container,
    lambda_function,
    memory,
    server,
)
from tests.serverless.engine import podman
from tests.serverless.pictures import photo


@pytest.fixture(scope="module")
def api(images: Mapping[str, str]) -> Iterator[Container]:
    with lambda_function(images["lambda"], "api") as container:
        yield container


@pytest.fixture(scope="module")
def served(images: Mapping[str, str]) -> Iterator[Container]:
    with server(images["server"]) as container:
        yield container


def lines(answer: object) -> list[str]:
    assert isinstance(answer, dict)
    return [line["text"] for line in answer["text"]]


def test_function_reads(api: Container) -> None:
    answer = api.invoke(load_event("api_v1"))
    assert answer["statusCode"] == 200, answer
    assert lines(json.loads(answer["body"])) == [TEXT]


def test_function_serves_the_page(api: Container) -> None:
    assert "<!doctype html>" in api.invoke(load_event("api_v1_page"))["body"].lower()


def test_function_is_not_root_and_cannot_write(api: Container) -> None:
    assert api.run("id", "-u") != "0"
    for place in ("/var/task", "/opt/models", "/etc", "/var/lang/lib/python3.13/site-packages"):
        assert api.run("sh", "-c", f"touch {place}/x 2>&1 || true").endswith(
            "Read-only file system"
        )


def test_function_leaves_nothing_in_tmp(api: Container) -> None:
    api.invoke(load_event("api_v1"))
    assert api.run("find", "/tmp", "-mindepth", "1") == ""


def test_everything_is_compiled(api: Container) -> None:
    """What is not compiled now would be compiled at every start."""
    program = (
        "import importlib.util, pathlib\n"
        "for path in pathlib.Path('/var/task').rglob('*.py'):\n"
        "    if not pathlib.Path(importlib.util.cache_from_source(path)).exists(): print(path)\n"
    )
    assert api.run("/var/lang/bin/python3", "-c", program) == ""


@pytest.mark.parametrize("role", ["api", "worker"])
def test_function_starts_where_no_processor_is_to_be_seen(
    images: Mapping[str, str], role: str
) -> None:
    buckets = ("--env", "OCR_UPLOAD_BUCKET=in", "--env", "OCR_RESULT_BUCKET=out")
    region = ("--env", "AWS_REGION=us-east-1")
    with lambda_function(images["lambda"], role, *NO_PROCESSORS, *buckets, *region) as container:
        assert container.run("ls", "-A", "/sys/devices/system/cpu") == ""
        if role == "api":
            answer = container.invoke(load_event("api_v1"))
            assert lines(json.loads(answer["body"])) == [TEXT]
        else:
            assert container.invoke(load_event("sqs_test_event")) == {"batchItemFailures": []}


def test_photo_fits_the_memory(images: Mapping[str, str]) -> None:
    """12 megapixels in the memory of the template; the kernel ends what takes more."""
    with server(images["server"]) as container:
        answer = container.ask("/api/ocr", photo(4000, 3000), content_type="image/jpeg")
        assert answer.status == 200, answer.body
        assert answer.json()["text"]
        (state,) = json.loads(podman("inspect", container.name))
        assert (state["State"]["OOMKilled"], state["State"]["Running"]) == (False, True)
        assert state["HostConfig"]["Memory"] == memory() * 2**20


def test_server_reads_and_serves_the_page(served: Container) -> None:
    answer = served.ask("/api/ocr?lang=en", event_picture(), content_type="image/png")
    assert (answer.status, lines(answer.json())) == (200, [TEXT])
    assert served.ask("/").body.lower().startswith(b"<!doctype html>")


def test_server_is_not_root_and_healthy(served: Container) -> None:
    assert served.run("id", "-u") == "10001"
    podman("healthcheck", "run", served.name)


def test_server_refuses_what_opencv_can_no_longer_decode(served: Container) -> None:
    """AVIF never comes to OpenCV or Pillow, whose decoders are cut."""
    heads = (b"avif", b"avis", b"mif1")
    for brand in heads:
        body = b"\0\0\0\x1cftyp" + brand + b"\0\0\0\0" + brand + b"miaf" + bytes(600)
        for data in (body, b"BM" + body[2:]):
            answer = served.ask("/api/ocr", data, content_type="image/avif")
            assert answer.status in (415, 422), answer
    assert served.ask("/api/ready").status == 200


def test_server_says_nothing_unasked(served: Container) -> None:
    """No warning of a library, and no greeting but ours."""
    greeting, *said = [line for line in served.log().splitlines() if not line.startswith("{")]
    assert greeting.startswith("Wenyun is at ")
    assert said == []
    logged = [json.loads(line) for line in served.log().splitlines() if line.startswith("{")]
    assert {line["event"] for line in logged} <= {"start", "request"}
    assert all(line["logger"].startswith("wenyun") for line in logged)


def test_pictures_of_every_kind(served: Container) -> None:
    from PIL import Image

    picture = Image.new("RGB", (40, 30), "white")
    for kind in ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"):
        answer = served.ask("/api/ocr", save(picture, kind), content_type="image/any")
        assert (answer.status, answer.json()["text"]) == (200, []), kind
