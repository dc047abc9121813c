"""What the server and its worker write down: requests and ids, and nothing of what was read."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.papers.raw import HELVETICA, Raw, helvetica
from tests.real_server import real_server
from wenyun.settings import Settings

if not (Settings.from_env().model_dir / "manifest.json").is_file():
    pytest.skip("no model layer: run `make layer`", allow_module_level=True)

SECRET_WORDS = ("Quarterly", "Kowalski", "4929 1234", "49291234")
"""Long enough not to be in an identifier by chance."""

PASSWORD = "open-sesame-9"
KEY = "k3y-of-the-house"
NAME = "Kowalski passport"


@dataclass
class Ran:
    """What was said, and what was read meanwhile."""

    log: str
    texts: list[str]
    ids: list[str]


def picture() -> bytes:
    page = Image.new("RGB", (700, 200), "white")
    font = ImageFont.load_default(size=44)
    draw = ImageDraw.Draw(page)
    draw.text((20, 20), "Quarterly Kowalski", fill="black", font=font)
    draw.text((20, 110), "4929 1234 5678", fill="black", font=font)
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def paper() -> bytes:
    pdf = Raw()
    content = helvetica([(60, 700, "Quarterly report of Kowalski, 4929 1234")])
    pdf.page(content, resources=HELVETICA)
    return pdf.build()


@pytest.fixture(scope="module")
def ran(
    open_port: int, wait_until: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> Ran:
    """A server has answered requests of every kind, done a job and failed at some, and is gone."""
    place = tmp_path_factory.mktemp("logs")
    log = place / "log"
    settings = {"OCR_DATA_DIR": str(place / "data"), "OCR_API_KEY": KEY}
    with (
        real_server(open_port, "/api/ready", wait_until, 60, settings, log=log) as url,
        httpx.Client(base_url=url, headers={"x-api-key": KEY}, timeout=60) as client,
    ):
        texts, ids = _requests(client)
        texts += _job(client)
    return Ran(log.read_text("utf-8", "replace"), texts, ids)


def _requests(client: httpx.Client) -> tuple[list[str], list[str]]:
    answers = [
        client.post("/api/ocr", files={"image": (f"{NAME}.png", picture())}),
        client.post("/api/ocr", json={"image": base64.b64encode(picture()).decode()}),
        client.post("/api/ocr", content=paper(), params={"password": PASSWORD}),
        client.post("/api/ocr", content=picture()[:-60], params={"password": PASSWORD}),
        client.post("/api/ocr", content=b"%PDF-1.7 " + SECRET_WORDS[0].encode()),
        client.post("/api/ocr", content=picture(), params={"lang": PASSWORD}),
        client.post("/api/ocr", content=picture(), params={PASSWORD: "x"}),
        client.post("/api/ocr", content=picture(), headers={"x-api-key": KEY + "x"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422, 422, 422, 422, 401]
    texts = [line["text"] for answer in answers[:3] for line in answer.json()["text"]]
    return texts, [answer.headers["x-request-id"] for answer in answers]


def _job(client: httpx.Client) -> list[str]:
    sent = client.post("/api/jobs", files={"image": (f"{NAME}.pdf", paper())}).json()
    end = time.monotonic() + 120
    while (found := client.get(f"/api/jobs/{sent['job_id']}").json())["state"] != "succeeded":
        assert time.monotonic() < end, found
        time.sleep(0.2)
    result: dict[str, Any] = client.get(found["results"]["json"]).json()
    return [line["text"] for line in result["text"]]


def test_what_was_read_is_not_in_the_log(ran: Ran) -> None:
    assert any("Kowalski" in text for text in ran.texts)
    assert len(ran.texts) >= 5
    for text in ran.texts:
        assert text not in ran.log
    for word in SECRET_WORDS:
        assert word not in ran.log


def test_nor_are_keys_passwords_signatures_or_names(ran: Ran) -> None:
    for secret in (PASSWORD, KEY, NAME, "signature=", "expires="):
        assert secret not in ran.log


def test_nor_is_any_of_the_picture(ran: Ran) -> None:
    body = base64.b64encode(picture()).decode()
    for at in range(0, len(body) - 24, 24):
        assert body[at : at + 24] not in ran.log
    assert "PNG\r" not in ran.log


def test_requests_are_there_by_their_ids(ran: Ran) -> None:
    """The log is not merely empty."""
    for number in ran.ids:
        assert number in ran.log
