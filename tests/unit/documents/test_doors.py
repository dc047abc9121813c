"""PDFs come in by every door: HTTP in three bodies, S3 objects."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import call, error_of
from tests.papers.locked import locked
from tests.papers.raw import HELVETICA, Raw, helvetica
from tests.unit.triggers.conftest import MemoryStore
from wenyun.api.app import create_app
from wenyun.deadline import Deadline
from wenyun.documents.reader import Limits
from wenyun.documents.reading import DocumentReader
from wenyun.settings import Settings
from wenyun.stores.objects import StoredObject
from wenyun.triggers.events import Arrival
from wenyun.triggers.picture import PictureTrigger


class NoEngine:
    """These files have a text layer; nothing is read."""

    class tools:  # noqa: N801
        @staticmethod
        def warm() -> None:
            """Nothing to open."""

    def read(self, *_: Any) -> Any:
        raise AssertionError("nothing was to be read")


def reader() -> DocumentReader:
    return DocumentReader(NoEngine(), Limits(10_000_000, 50_000_000))  # type: ignore[arg-type]


def pages(count: int) -> bytes:
    pdf = Raw()
    for number in range(1, count + 1):
        pdf.page(helvetica([(60, 700, f"Page number {number}")]), resources=HELVETICA)
    return pdf.build()


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return create_app(Settings(sync_pages=3), reader(), page_dir=tmp_path)


PDF = {"Content-Type": "application/pdf"}


def texts(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [line["text"] for line in answer.json()["text"]]


def test_the_file_itself_as_the_body(app: FastAPI) -> None:
    answer = call(app, "POST", "/api/ocr", content=pages(2), headers=PDF)
    assert texts(answer) == ["Page number 1", "Page number 2"]
    body = answer.json()
    assert [(page["page"], page["width"]) for page in body["pages"]] == [(1, 595), (2, 595)]
    assert {line["model"] for line in body["text"]} == {"pdf_text"}
    assert {line["confidence"] for line in body["text"]} == {1.0}
    assert [line["page"] for line in body["text"]] == [1, 2]


def test_a_form_with_options(app: FastAPI) -> None:
    files = {"image": ("a.pdf", pages(9), "application/pdf")}
    answer = call(app, "POST", "/api/ocr", files=files, data={"pages": "2,9"})
    assert texts(answer) == ["Page number 2", "Page number 9"]


def test_json_with_a_password(app: FastAPI) -> None:
    data = base64.b64encode(locked(pages(1), "secret")).decode()
    answer = call(app, "POST", "/api/ocr", json={"image": data, "password": "secret"})
    assert texts(answer) == ["Page number 1"]
    refused = call(app, "POST", "/api/ocr", json={"image": data})
    assert error_of(refused, 422, "pdf_password_required")["field"] == "password"
    refused = call(app, "POST", "/api/ocr", json={"image": data, "password": "guess"})
    assert "wrong" in error_of(refused, 422, "pdf_password_required")["message"]


def test_more_pages_than_a_request_takes_name_jobs(app: FastAPI) -> None:
    refused = call(app, "POST", "/api/ocr", content=pages(4), headers=PDF)
    assert "/api/jobs" in error_of(refused, 413, "too_many_pages")["message"]
    answer = call(app, "POST", "/api/ocr?pages=2-4", content=pages(4), headers=PDF)
    assert len(texts(answer)) == 3


def test_pages_that_there_are_not(app: FastAPI) -> None:
    refused = call(app, "POST", "/api/ocr?pages=7", content=pages(2), headers=PDF)
    assert error_of(refused, 422, "invalid_option")["field"] == "pages"


def test_a_damaged_file(app: FastAPI) -> None:
    refused = call(app, "POST", "/api/ocr", content=pages(2)[:200], headers=PDF)
    error_of(refused, 422, "corrupt_pdf")


def test_a_region_in_points(app: FastAPI) -> None:
    answer = call(app, "POST", "/api/ocr?region=0,0,595,200", content=pages(1), headers=PDF)
    assert texts(answer) == ["Page number 1"]
    answer = call(app, "POST", "/api/ocr?region=0,400,595,200", content=pages(1), headers=PDF)
    assert texts(answer) == []


def test_an_object_in_the_inbox() -> None:
    store = MemoryStore({("in", "inbox/a/contract.pdf"): StoredObject(pages(7), {"pages": "6-"})})
    trigger = PictureTrigger(store, reader(), Settings(result_bucket="out"))
    trigger.read(Arrival("in", "inbox/a/contract.pdf"), Deadline.after(60), "id-1")
    answer = json.loads(store.objects["out", "a/contract.pdf.json"].data)
    assert [page["page"] for page in answer["pages"]] == [6, 7]
    text = store.objects["out", "a/contract.pdf.txt"].data.decode()
    assert text.split("\n") == ["Page number 6", "", "Page number 7", ""]


def test_a_locked_object_leaves_its_error() -> None:
    store = MemoryStore({("in", "inbox/a.pdf"): StoredObject(locked(pages(1), "secret"))})
    trigger = PictureTrigger(store, reader(), Settings(result_bucket="out"))
    trigger.read(Arrival("in", "inbox/a.pdf"), Deadline.after(60), "id-1")
    error = json.loads(store.objects["out", "a.pdf.error.json"].data)["error"]
    assert error["code"] == "pdf_password_required"
