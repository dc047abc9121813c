"""The fake service itself: what the other tests rely on."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.desk import Desk
from tests.browser.invoice import answer
from tests.browser.service import Service

Start = Callable[[Service], Service]
LINE = {"text": "one", "confidence": 0.9, "box": [[0, 0], [9, 0], [9, 9], [0, 9]], "page": 1}
BOUNDARY = "frontier"


@pytest.fixture
def service(start: Start) -> Service:
    return start(Service(answer=answer([LINE], 10, 10), desk=Desk(pages=2)))


def _call(address: str, method: str = "GET", **how: Any) -> tuple[int, bytes]:
    request = urllib.request.Request(address, method=method, **how)
    try:
        with urllib.request.urlopen(request) as got:
            return got.status, got.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _form(fields: dict[str, str], file_field: str, *, last: bool = True) -> dict[str, Any]:
    parts = [
        f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    disposition = f'content-disposition: form-data; name="{file_field}"; filename="a.pdf"'
    parts.insert(len(parts) if last else 0, f"--{BOUNDARY}\r\n{disposition}\r\n\r\nbytes\r\n")
    body = ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return {"data": body, "headers": {"content-type": kind}}


def _announce(service: Service) -> dict[str, Any]:
    told = json.dumps({"name": "a.pdf", "type": "application/pdf", "size": 5}).encode()
    headers = {"content-type": "application/json"}
    status, body = _call(f"{service.origin}/api/jobs", "POST", data=told, headers=headers)
    assert status == 202
    return dict(json.loads(body))


def test_a_job_goes_page_by_page_to_its_results(service: Service) -> None:
    job = _announce(service)
    upload = job["upload"]
    assert _call(upload["url"], "POST", **_form(upload["fields"], "file"))[0] == 204
    place = f"{service.origin}/api/jobs/{job['job_id']}"
    shown = [json.loads(_call(place)[1]) for _ in range(4)]
    states = [(one["state"], one["pages_done"]) for one in shown]
    assert states == [("running", 0), ("running", 1), ("running", 2), ("succeeded", 2)]
    assert list(shown[-1]["results"]) == ["json", "text", "pdf"]
    assert _call(shown[-1]["results"]["text"])[1] == b"one"
    assert _call(place, "DELETE")[0] == 204
    assert _call(place)[0] == 404


def test_a_bucket_wants_its_fields_before_the_file(service: Service) -> None:
    upload = _announce(service)["upload"]
    early = _form(upload["fields"], "file", last=False)
    assert _call(upload["url"], "POST", **early)[0] == 403
    assert _call(upload["url"], "POST", **_form({}, "file"))[0] == 403


def test_a_stream_ends_with_the_job(service: Service) -> None:
    assert service.desk
    service.desk.error = {"code": "corrupt_pdf", "message": "m", "message_zh": "m"}
    status, body = _call(f"{service.origin}/api/jobs", "POST", **_form({"lang": "en"}, "image"))
    assert status == 202
    place = f"{service.origin}/api/jobs/{json.loads(body)['job_id']}"
    _, stream = _call(place, headers={"accept": "text/event-stream"})
    events = [part.splitlines() for part in stream.decode().strip().split("\n\n")]
    assert [event[0] for event in events] == ["event: progress"] * 3 + ["event: end"]
    assert json.loads(events[-1][1][6:])["error"]["code"] == "corrupt_pdf"


def test_a_key_that_is_asked_for(service: Service) -> None:
    service.key = "sesame"
    form = _form({"format": "csv"}, "image")
    assert _call(f"{service.origin}/api/ocr", "POST", **form)[0] == 401
    form["headers"]["x-api-key"] = "sesame"
    status, body = _call(f"{service.origin}/api/ocr", "POST", **form)
    assert (status, body) == (200, b"page,line,text\r\n1,0,one\r\n")
