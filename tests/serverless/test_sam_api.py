"""`sam local start-api`: the page, its files, and pictures posted to the REST API."""

import json
import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from slim.page import pack
from tests.awskit.corpus import event_picture
from tests.awskit.functions import ROOT
from tests.awskit.http_events import form
from tests.awskit.picture import TEXT
from tests.serverless.containers import ask
from tests.serverless.pictures import scene_files
from tests.serverless.sam import Sam

PAGE = ROOT / "functions/webui"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as the image has it."""
    packed = tmp_path_factory.mktemp("page") / "webui"
    shutil.copytree(PAGE, packed)
    pack(packed)
    return packed


@pytest.fixture(scope="module")
def api(sam: Sam, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sam.start_api(tmp_path_factory.mktemp("api") / "api.log") as address:
        yield address


def test_page(api: str, page: Path) -> None:
    answer = ask(api + "/")
    assert (answer.status, answer.body) == (200, (page / "index.html").read_bytes())
    assert answer.type.startswith("text/html")


def test_files_of_the_page(api: str, page: Path) -> None:
    """As the page asks for them: the gateway gives bytes only to who accepts a binary type."""
    files = [path for path in page.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        accept = mimetypes.guess_type(path.name)[0] or "*/*"
        answer = ask(f"{api}/{path.relative_to(page).as_posix()}", accept=accept)
        assert (answer.status, answer.body) == (200, path.read_bytes()), path


def test_multipart_photo(api: str) -> None:
    data = dict(scene_files())["sign.jpeg"]
    request = form(data, lang="zh")
    answer = ask(api + "/api/ocr", request.body, content_type=request.content_type)
    assert answer.status == 200, answer.body
    assert answer.json()["text"]
    assert answer.json()["pages"][0]["width"] > 0


def test_every_kind_of_body(api: str) -> None:
    from base64 import b64encode

    picture = event_picture()
    multipart = form(picture, lang="en")
    as_json = json.dumps({"image": b64encode(picture).decode(), "lang": "en"}).encode()
    for kind, body in (
        (multipart.content_type, multipart.body),
        ("image/png", picture),
        ("application/octet-stream", picture),
        ("application/json", as_json),
    ):
        answer = ask(api + "/api/ocr", body, content_type=kind)
        assert answer.status == 200, (kind, answer.body)
        assert [line["text"] for line in answer.json()["text"]] == [TEXT], kind


def test_errors_keep_their_shape(api: str) -> None:
    for path, body, status, code in (
        ("/api/ocr", b"no picture", 415, "unsupported_image"),
        ("/api/ocr?lang=klingon", event_picture(), 422, "invalid_option"),
        ("/api/nothing", None, 404, "not_found"),
        ("/no/such/file.js", None, 404, "not_found"),
    ):
        answer = ask(api + path, body, content_type="application/octet-stream")
        assert (answer.status, answer.json()["error"]["code"]) == (status, code)


def test_what_a_page_asks_first(api: str) -> None:
    assert ask(api + "/api/health").json()["status"] == "ok"
    assert ask(api + "/api/options").json()["options"]
    assert b"openapi" in ask(api + "/api/openapi.json").body[:40]
