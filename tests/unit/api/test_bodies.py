"""The three bodies of POST /api/ocr, and where options may be."""

import base64
import json
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call, error_of
from wenyun.options import Options
from wenyun.values import Area

PICTURE = bytes(range(256)) * 3 + b"\r\n--not a boundary"
BASE64 = base64.b64encode(PICTURE).decode()


def test_a_form_with_options(app: FastAPI, reader: FakeReader) -> None:
    fields = {"lang": "mix", "ignore": ["1,2,3,4", "5,6,7,8"], "timings": "true"}
    answer = call(app, "POST", "/api/ocr", files={"image": ("照片.jpg", PICTURE)}, data=fields)
    assert answer.status_code == 200
    areas = (Area(1, 2, 3, 4), Area(5, 6, 7, 8))
    assert reader.seen == [(PICTURE, Options(lang="mix", ignore=areas, timings=True))]
    assert answer.json()["timings"] == {"decode": 0.01, "detect": 0.02}


@pytest.mark.parametrize(
    "kind",
    ["image/jpeg", "image/x-anything", "application/pdf", "application/octet-stream", "IMAGE/PNG"],
)
def test_the_file_itself_with_options_in_the_query(
    app: FastAPI, reader: FakeReader, kind: str
) -> None:
    url = "/api/ocr?lang=en&ignore=1,2,3,4&ignore=5,6,7,8&region=0,0,9,9"
    answer = call(app, "POST", url, content=PICTURE, headers={"content-type": kind})
    assert answer.status_code == 200
    areas = (Area(1, 2, 3, 4), Area(5, 6, 7, 8))
    options = Options(lang="en", ignore=areas, region=Area(0, 0, 9, 9))
    assert reader.seen == [(PICTURE, options)]


def test_a_file_without_any_type_is_told_by_its_content(app: FastAPI, reader: FakeReader) -> None:
    assert call(app, "POST", "/api/ocr", content=PICTURE).status_code == 200
    assert reader.seen == [(PICTURE, Options())]


def test_json_with_native_values(app: FastAPI, reader: FakeReader) -> None:
    body = {
        "image": BASE64,
        "profile": "fast",
        "timings": True,
        "region": [1, 2, 3, 4],
        "ignore": [{"x": 5, "y": 6, "w": 7, "h": 8}],
    }
    answer = call(app, "POST", "/api/ocr", json=body)
    assert answer.status_code == 200
    options = Options(
        profile="fast", timings=True, region=Area(1, 2, 3, 4), ignore=(Area(5, 6, 7, 8),)
    )
    assert reader.seen == [(PICTURE, options)]


@pytest.mark.parametrize(
    "image",
    [
        f"data:image/png;base64,{BASE64}",
        f"DATA:image/png;charset=utf-8;Base64,{BASE64}",
        base64.encodebytes(PICTURE).decode(),
        f"\r\n  {BASE64[:5]} {BASE64[5:]}\t",
        base64.urlsafe_b64encode(PICTURE).decode(),
        BASE64.rstrip("="),
    ],
)
def test_base64_as_people_write_it(app: FastAPI, reader: FakeReader, image: str) -> None:
    assert call(app, "POST", "/api/ocr", json={"image": image}).status_code == 200
    assert reader.seen == [(PICTURE, Options())]


def test_a_json_type_with_a_suffix_and_parameters(app: FastAPI, reader: FakeReader) -> None:
    content = json.dumps({"image": BASE64})
    for kind in ("application/json; charset=utf-8", "application/vnd.api+json"):
        headers = {"content-type": kind}
        assert call(app, "POST", "/api/ocr", content=content, headers=headers).status_code == 200
    assert len(reader.seen) == 2


@pytest.mark.parametrize(
    "request_body",
    [
        {"files": {"image": ("a.png", PICTURE)}, "data": {"lang": "en"}},
        {"json": {"image": BASE64, "lang": "en"}},
    ],
)
def test_options_in_the_body_win_over_the_query(
    app: FastAPI, reader: FakeReader, request_body: dict[str, Any]
) -> None:
    answer = call(app, "POST", "/api/ocr?lang=mix&profile=fast", **request_body)
    assert answer.status_code == 200
    assert reader.seen == [(PICTURE, Options(lang="en", profile="fast"))]


def test_every_body_gives_the_same_answer(app: FastAPI) -> None:
    answers = [
        call(app, "POST", "/api/ocr", files={"image": ("a.png", PICTURE)}).json(),
        call(app, "POST", "/api/ocr", content=PICTURE).json(),
        call(app, "POST", "/api/ocr", json={"image": BASE64}).json(),
    ]
    for answer in answers:
        assert answer.pop("total_time") >= 0
        assert len(answer.pop("request_id")) == 32
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["text"][0]["text"] == "发票 No. 1"
    assert answers[0]["profile"] == "balanced"
    assert "timings" not in answers[0]


def test_no_text_is_not_an_error(app: FastAPI) -> None:
    answer = call(app, "POST", "/api/ocr", content=b"blank")
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert answer.json()["text"] == []


def test_the_deployment_s_profile_is_the_default(make_app: Any, reader: FakeReader) -> None:
    app = make_app(profile="accurate")
    answer = call(app, "POST", "/api/ocr", content=PICTURE)
    assert answer.json()["profile"] == "accurate"
    assert reader.seen[0][1].profile == "accurate"


def test_options_are_checked_before_a_worker_is_used(app: FastAPI, reader: FakeReader) -> None:
    error_of(call(app, "POST", "/api/ocr?nope=1", content=PICTURE), 422, "unknown_option")
    assert reader.seen == []
