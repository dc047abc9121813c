"""HTTP requests of every gateway, through Lambda's runtime, to the app and back."""

import base64
import hashlib
import json
from typing import Any

import pytest

from tests.awskit.buckets import Buckets
from tests.awskit.corpus import event_picture, load_event
from tests.awskit.functions import ROOT, Function
from tests.awskit.http_events import Request, form, http, load_balancer, rest
from tests.awskit.object_events import s3_event
from tests.awskit.runtime_api import Outcome

PICTURE = event_picture()
DIGEST = hashlib.sha256(PICTURE).hexdigest()
GATEWAYS = ["api_v1", "api_v2", "function_url", "alb"]


def answer(function: Function, event: Any) -> tuple[int, Any]:
    """Status and body, whichever way it travelled."""
    outcome = function.invoke(event)
    assert outcome.kind == "response", outcome.value
    value = outcome.value
    body = base64.b64decode(value["body"]) if value["isBase64Encoded"] else value["body"].encode()
    is_json = "application/json" in str(value["headers"])
    return value["statusCode"], json.loads(body) if is_json else body


@pytest.mark.parametrize("gateway", GATEWAYS)
@pytest.mark.parametrize("body", ["", "_json", "_raw"])
def test_every_body_through_every_gateway(api: Function, gateway: str, body: str) -> None:
    status, found = answer(api, load_event(f"{gateway}{body}"))
    assert status == 200, found
    assert found["text"][0]["text"] == DIGEST
    assert found["lang"] == "en"


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_health_and_page(api: Function, gateway: str) -> None:
    status, health = answer(api, load_event(f"{gateway}_health"))
    assert status == 200
    assert "version" in health
    status, page = answer(api, load_event(f"{gateway}_page"))
    if (ROOT / "functions/webui/index.html").is_file():
        assert (status, page[:15].lower()) == (200, b"<!doctype html>")
    else:
        assert status == 404


def test_stage_of_an_http_api_is_not_part_of_the_path(api: Function) -> None:
    for stage in ("prod", "api"):
        status, found = answer(api, http(form(PICTURE), stage=stage))
        assert (status, found["text"][0]["text"]) == (200, DIGEST)


def test_stage_of_a_rest_api_takes_nothing_off_the_path(api: Function) -> None:
    status, _ = answer(api, rest(Request(path="/api/health"), stage="api"))
    assert status == 200


def test_errors_have_the_contracts_shape(api: Function) -> None:
    cases = [
        (form(b"no picture"), 415, "unsupported_image"),
        (form(PICTURE, lang="klingon"), 422, "invalid_option"),
        (Request(path="/api/nothing"), 404, "not_found"),
        (Request("DELETE", "/api/health"), 405, "method_not_allowed"),
    ]
    for shape in (rest, http, load_balancer):
        for request, status, code in cases:
            got, found = answer(api, shape(request))
            assert (got, found["success"], found["error"]["code"]) == (status, False, code)
            assert found["request_id"]


def test_request_after_request_in_one_process(api: Function) -> None:
    for lang in ("zh", "en", "mix"):
        status, found = answer(api, rest(form(PICTURE, lang=lang)))
        assert (status, found["lang"]) == (200, lang)


def test_aws_libraries_load_with_the_first_object_only(api: Function, buckets: Buckets) -> None:
    before = api.invoke({"probe": "modules"}).value
    buckets.upload("inbox/a.png", PICTURE)
    assert api.invoke(s3_event("inbox/a.png")).value is None
    assert buckets.results() == ["a.png.json", "a.png.txt"]
    after = api.invoke({"probe": "modules"}).value
    assert "boto3" not in before
    assert "boto3" in after


def test_unknown_events_are_named(api: Function) -> None:
    for event, named in (
        (load_event("unknown"), "the keys id, source"),
        ({"Records": [{"eventSource": "aws:kinesis"}]}, "Records from 'aws:kinesis'"),
        ({"requestContext": {"connectionId": "x"}}, "requestContext"),
        ([1, 2], "a list"),
    ):
        outcome = api.invoke(event)
        assert outcome.kind == "error"
        assert outcome.value["errorType"] == "UnknownEventError"
        assert named in outcome.value["errorMessage"]


def test_the_call_that_keeps_warm(api: Function) -> None:
    assert api.invoke(load_event("keep_warm")) == Outcome("response", {"warm": True})


@pytest.mark.parametrize(
    ("form", "start", "in_base64"),
    [
        ("pdf", b"%PDF", True),
        ("csv", b"\xef\xbb\xbfpage,", False),
        ("alto", b"<?xml", False),
        ("hocr", b"<?xml", False),
        ("markdown", DIGEST[:9].encode(), False),
    ],
)
def test_formats_travel_as_what_they_are(
    api: Function, form: str, start: bytes, in_base64: bool
) -> None:
    event = load_event("api_v1_raw")
    event["queryStringParameters"] = {"format": form}
    event["multiValueQueryStringParameters"] = {"format": [form]}
    outcome = api.invoke(event)
    assert outcome.kind == "response", outcome.value
    assert outcome.value["isBase64Encoded"] is in_base64
    assert answer(api, event)[1].startswith(start)
