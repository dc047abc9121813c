"""Small files that would take much, sent to the product's own server: it answers, and stays well.

The bounds are for a busy machine and far above what is measured; what they show is that nothing
goes on until the request's time is over, and that memory does not follow what a file claims.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.fuzz import bombs
from tests.fuzz.corpus import page
from tests.papers.hostile import forms_in_forms
from tests.pictures.make import save
from tests.real_server import real_server
from wenyun.errors import KINDS
from wenyun.settings import Settings

if not (Settings.from_env().model_dir / "manifest.json").is_file():
    pytest.skip("no model layer: run `make layer`", allow_module_level=True)

SECONDS = 60
SERVER_MEGABYTES = 1700
"""Two of the largest pictures that are taken at a time, up to 12 bytes a pixel each between them
being unpacked and being read, and 300 MB for models and the arena; a third would be over it."""

REFUSED = {
    "png_of_billions": "too_many_pixels",
    "jpeg_of_passes": "corrupt_image",
    "gif_of_a_frame_too_large": "too_many_pixels",
    "tiff_of_strips": "corrupt_image",
    "webp_of_all_sides": "too_many_pixels",
    "million_pages": "too_many_pages",
    "pages_in_a_circle": "corrupt_pdf",
    "packed_twice": "corrupt_pdf",
    "huge_picture": "too_many_pixels",
}
"""What some of them must end in; the others may be read, if it costs little."""


@dataclass
class Running:
    """The server, and its process."""

    url: str = ""
    pids: list[int] = field(default_factory=list)

    def megabytes(self) -> int:
        """The most memory that the process ever had."""
        status = Path(f"/proc/{self.pids[0]}/status").read_text()
        (row,) = (row for row in status.splitlines() if row.startswith("VmHWM:"))
        return int(row.split()[1]) // 1024

    def send(self, data: bytes, **params: str) -> httpx.Response:
        return httpx.post(f"{self.url}/api/ocr", content=data, params=params, timeout=SECONDS)

    def assert_well(self) -> None:
        answer = self.send(save(page(), "PNG"))
        assert answer.status_code == 200
        assert "2024-11" in answer.json()["text"][0]["text"]


@pytest.fixture(scope="module")
def running(open_port: int, wait_until: Callable[..., None]) -> Iterator[Running]:
    found = Running()
    with real_server(open_port, "/api/ready", wait_until, 60, started=found.pids.append) as address:
        found.url = address
        yield found


@pytest.mark.parametrize("make", bombs.BOMBS, ids=lambda make: make.__name__)
def test_bombs(running: Running, make: Callable[[], bytes]) -> None:
    answer = running.send(make(), profile="fast", timings="true")
    code = answer.json()["error"]["code"] if answer.status_code != 200 else ""
    assert KINDS[code].status == answer.status_code if code else answer.json()["success"]
    # A machine that has much else to do may need the whole of a request's time.
    assert code in (REFUSED.get(make.__name__, code), "time_limit")
    assert answer.status_code in (200, 413, 422, 503), answer.text


def test_the_largest_pictures_at_once(running: Running) -> None:
    """As many as there are workers, and more behind them."""
    data = bombs.png_of_all_that_is_taken()
    with ThreadPoolExecutor(4) as clients:
        answers = list(clients.map(running.send, [data] * 4))
    codes = {200: "", 503: "time_limit"}
    for answer in answers:
        found = answer.json().get("error", {}).get("code", "")
        assert codes[answer.status_code] == found, answer.text
    assert running.megabytes() < SERVER_MEGABYTES


def test_a_page_that_never_ends_costs_its_share_and_no_more(running: Running) -> None:
    with ThreadPoolExecutor(1) as clients:
        begun = time.monotonic()
        greedy = clients.submit(running.send, forms_in_forms())
        running.assert_well()
        answer = greedy.result(SECONDS)
    assert answer.json()["error"]["code"] in ("corrupt_pdf", "time_limit")
    assert time.monotonic() - begun < SECONDS
    assert not _children(running.pids[0]), "the process that worked on it is gone"


def _children(pid: int) -> list[str]:
    """The command lines of a process's own processes that work on PDFs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            line = Path(f"/proc/{child}/cmdline")
            if line.exists() and b"wenyun.documents.pdf" in line.read_bytes():
                found.append(line.read_text())
    return found


def test_it_is_well_after_all_that(running: Running) -> None:
    running.assert_well()
    assert running.megabytes() < SERVER_MEGABYTES
