"""A document's pages one after another: progress, warnings, pages that fail, limits."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.papers.hostile import million_pages
from tests.papers.raw import HELVETICA, Raw, helvetica
from tests.pictures.make import colours, save
from wenyun.deadline import Deadline
from wenyun.documents import reading
from wenyun.documents.reader import Limits
from wenyun.documents.reading import DocumentReader
from wenyun.errors import WenyunError
from wenyun.options import Options, parse_options
from wenyun.result import Block, Document, Line, Page

LIMITS = Limits(bytes=10_000_000, pixels=1_000_000)


class FakeEngine:
    """Says how bright a picture is; fails where it is told to."""

    def __init__(self, failing: dict[int, WenyunError] | None = None) -> None:
        self.failing = failing or {}
        self.read_pages: list[int] = []

    def read(self, picture: Any, options: Options, deadline: Deadline, number: int = 1) -> Page:
        deadline.check()
        self.read_pages.append(number)
        if number in self.failing:
            raise self.failing[number]
        height, width = picture.shape[:2]
        found = Line(str(int(picture.mean())), 0.9, ((0, 0), (9, 0), (9, 9), (0, 9)), "crnn")
        block = Block("text", found.box, (found,))
        return Page(number, width, height, 0, (block,), {"detect": 0.1})


def reader(failing: dict[int, WenyunError] | None = None) -> DocumentReader:
    return DocumentReader(FakeEngine(failing), LIMITS)  # type: ignore[arg-type]


def read(data: bytes, failing: dict[int, WenyunError] | None = None, **more: Any) -> Document:
    options = parse_options({k: more.pop(k) for k in ("pages", "pdf_mode") if k in more})
    return reader(failing).read(data, options, more.pop("deadline", Deadline()), **more)


def numbers(document: Document) -> list[int]:
    return [page.number for page in document.pages]


def tiff_of(*levels: int) -> bytes:
    frames = [Image.fromarray(np.full((20, 30), level, np.uint8)) for level in levels]
    out = BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def pdf_of(*sides: float) -> bytes:
    pdf = Raw()
    for side in sides:
        pdf.page(helvetica([(20, side - 20, "Words")]), size=(side, side), resources=HELVETICA)
    return pdf.build()


def test_every_page_of_a_tiff_in_its_order() -> None:
    document = read(tiff_of(10, 20, 30, 40))
    assert numbers(document) == [1, 2, 3, 4]
    assert [next(page.lines()).text for page in document.pages] == ["10", "20", "30", "40"]
    assert all(page.timings.keys() == {"decode", "detect"} for page in document.pages)
    assert numbers(read(tiff_of(10, 20, 30, 40), pages="2-3")) == [2, 3]


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    read(tiff_of(1, 2, 3), pages="1,3", progress=lambda done, count: told.append((done, count)))
    assert told == [(1, 2), (2, 2)]


def test_too_many_pages_are_refused_before_the_first_is_read() -> None:
    one = reader()
    with pytest.raises(WenyunError) as caught:
        one.read(tiff_of(1, 2, 3), Options(), Deadline(), max_pages=2)
    assert caught.value.code == "too_many_pages"
    assert one.engine.read_pages == []  # type: ignore[attr-defined]
    assert numbers(read(tiff_of(1, 2, 3), max_pages=2, pages="2-3")) == [2, 3]


def test_no_document_is_endless() -> None:
    for call in (reader().read, reader().count):
        with pytest.raises(WenyunError, match="at most 5000") as caught:
            call(million_pages(), Options(), Deadline.after(60))
        assert caught.value.code == "too_many_pages"


def test_pages_are_counted_without_being_read() -> None:
    one = reader()
    assert one.count(tiff_of(1, 2, 3), Options(), Deadline()) == 3
    assert one.count(save(colours(), "PNG"), Options(), Deadline()) == 1
    assert one.count(pdf_of(200, 300), Options(), Deadline()) == 2
    assert one.count(pdf_of(200, 300, 400), parse_options({"pages": "2-"}), Deadline()) == 2
    assert one.engine.read_pages == []  # type: ignore[attr-defined]


def test_a_page_that_fails_does_not_lose_the_others() -> None:
    document = read(tiff_of(1, 2, 3, 4), {3: WenyunError("corrupt_image")})
    assert numbers(document) == [1, 2, 4]
    assert document.warnings == ("page_failed:3",)


def test_progress_goes_on_after_a_failure() -> None:
    told: list[int] = []
    failing = {2: WenyunError("too_many_pixels")}
    read(tiff_of(1, 2, 3), failing, progress=lambda done, _: told.append(done))
    assert told == [1, 2, 3]


def test_where_all_pages_fail_the_document_does_with_the_first_failure() -> None:
    failing = {1: WenyunError("too_many_pixels"), 2: WenyunError("corrupt_image")}
    with pytest.raises(WenyunError) as caught:
        read(tiff_of(1, 2), failing)
    assert caught.value.code == "too_many_pixels"


@pytest.mark.parametrize("code", ["time_limit", "internal", "busy"])
def test_what_is_not_the_pages_fault_ends_the_document(code: str) -> None:
    with pytest.raises(WenyunError) as caught:
        read(tiff_of(1, 2, 3), {2: WenyunError(code)})
    assert caught.value.code == code


def test_time_that_runs_out_between_pages() -> None:
    with pytest.raises(WenyunError) as caught:
        read(tiff_of(1, 2), deadline=Deadline.after(-1))
    assert caught.value.code == "time_limit"


def test_a_region_that_some_pages_have() -> None:
    options = parse_options({"region": "250,250,40,40"})
    document = reader().read(pdf_of(200, 300), options, Deadline())
    assert numbers(document) == [2]
    assert document.warnings == ("page_failed:1",)


def test_pages_of_a_pdf_have_points(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(pdf_of(200, 300))
    assert [(page.width, page.unit) for page in document.pages] == [(200, "pt"), (300, "pt")]
    assert [next(page.lines()).model for page in document.pages] == ["pdf_text"] * 2


def test_the_file_is_closed_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    sheets = SimpleNamespace(count=2, close=lambda: closed.append(True))
    monkeypatch.setattr(reading, "open_sheets", lambda *_: sheets)
    with pytest.raises(AttributeError):
        reader().read(b"", Options(), Deadline())
    assert closed == [True]
