"""The whole chain in its own process: a rendered picture in, its text out over HTTP."""

import base64
import importlib.util
import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.real_server import real_server
from wenyun.settings import Settings

if importlib.util.find_spec("wenyun.wiring") is None:
    pytest.skip("wenyun.wiring is not there yet", allow_module_level=True)
if not (Settings.from_env().model_dir / "manifest.json").is_file():
    pytest.skip("no model layer: run `make layer`", allow_module_level=True)


@pytest.fixture(scope="module")
def url(open_port: int, wait_until: Callable[[Callable[[], bool]], None]) -> Iterator[str]:
    """Where `python -m wenyun.server` answers, once it is ready."""
    with real_server(open_port, "/api/ready", wait_until, 40) as address:
        yield address


@pytest.fixture(scope="module")
def picture() -> bytes:
    page = Image.new("RGB", (640, 160), "white")
    font = ImageFont.load_default(size=56)
    ImageDraw.Draw(page).text((40, 45), "INVOICE 2024", fill="black", font=font)
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()


def bodies(picture: bytes) -> list[dict[str, Any]]:
    return [
        {"files": {"image": ("a.png", picture)}, "data": {"lang": "en"}},
        {"content": picture, "headers": {"content-type": "image/png"}, "params": {"lang": "en"}},
        {"json": {"image": base64.b64encode(picture).decode(), "lang": "en"}},
    ]


@pytest.mark.parametrize("number", range(3))
def test_every_body_is_read(url: str, picture: bytes, number: int) -> None:
    answer = httpx.post(f"{url}/api/ocr", timeout=60, **bodies(picture)[number]).json()
    assert answer["success"] is True
    text = " ".join(line["text"] for line in answer["text"])
    assert "INVOICE" in text
    assert "2024" in text


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"this is no picture", 415, "unsupported_image"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, 422, "corrupt_image"),
    ],
)
def test_what_is_no_picture(url: str, content: bytes, status: int, code: str) -> None:
    answer = httpx.post(f"{url}/api/ocr", content=content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_the_models_are_named(url: str) -> None:
    assert httpx.get(f"{url}/api/health").json()["models"]
