"""Nothing a client sends is fetched, opened, run or repeated where it could do harm."""

import ast
import base64
import socket
import unicodedata
from pathlib import Path
from typing import Any, NoReturn

import pytest
from fastapi import FastAPI

import wenyun
from tests.api_fakes import FakeReader, call, error_of
from tests.jobkit.reader import order
from tests.unit.api.jobs_house import Office

PACKAGE = Path(wenyun.__file__).parent

ADDRESSES = (
    "http://169.254.169.254/latest/meta-data/",
    "https://example.com/a.png",
    "//example.com/a.png",
    "ftp://example.com/a.png",
    "file:///etc/passwd",
    "s3://bucket/key",
    "data:text/plain,hello",
    "data:image/svg+xml;utf8,<svg/>",
    "data:image/png;base64,http://169.254.169.254/",
    "gopher://127.0.0.1:6379/_FLUSHALL",
)

NAMES = (
    "../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\windows\\system32\\cmd.exe",
    "a\0.png",
    "gnp.\u202eexe",
    "\ufeff名\u200b字\u2066.png",
    "CON",
    ".",
    "a" * 5000,
    'x"; filename="evil.html',
    "a\r\nSet-Cookie: b=c",
    "%2e%2e%2fetc%2fpasswd",
    "${jndi:ldap://x}",
    "<img src=x onerror=alert(1)>.png",
)

REACHES_OUT = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "urllib.request"}


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("something reached out")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_in_place_of_a_picture_is_not_fetched(
    app: FastAPI, reader: FakeReader, address: str
) -> None:
    error = error_of(call(app, "POST", "/api/ocr", json={"image": address}), 422, "corrupt_image")
    assert error["field"] == "image"
    assert not reader.seen


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_as_a_file_is_just_its_letters(
    app: FastAPI, reader: FakeReader, address: str
) -> None:
    for request in ({"content": address.encode()}, {"files": {"image": ("a", address.encode())}}):
        call(app, "POST", "/api/ocr", **request)
    assert [data for data, _ in reader.seen] == [address.encode()] * 2


def test_nothing_in_the_product_could_fetch_an_address() -> None:
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    assert not found & REACHES_OUT


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_path(at: Office, tmp_path: Path, name: str) -> None:
    """What a client calls its file decides neither where it lies nor what a header says."""
    before = set(tmp_path.parent.rglob("*"))
    said = {"name": name, "type": "image/png", "size": 7}
    announced = at.call("POST", "/api/jobs", json=said)
    assert announced.status_code in (202, 422)
    # The name as a client that does not quote it would send it.
    part = b'Content-Disposition: form-data; name="image"; filename="%b"' % name.encode()
    body = b"--x\r\n" + part + b"\r\n\r\n" + order(pages=1) + b"\r\n--x--\r\n"
    kind = {"content-type": "multipart/form-data; boundary=x"}
    sent = at.call("POST", "/api/jobs", content=body, headers=kind)
    if sent.status_code == 202:
        at.home.run()
        found = at.call("GET", f"/api/jobs/{sent.json()['job_id']}").json()
        assert found["state"] == "succeeded"
        for url in found["results"].values():
            _check_disposition(at.call("GET", url).headers["content-disposition"])
    for path in set(tmp_path.parent.rglob("*")) - before:
        assert path.is_relative_to(tmp_path)
        assert "passwd" not in path.name
        assert path.name.isascii()


def _check_disposition(header: str) -> None:
    assert header.startswith('attachment; filename="')
    assert header.isprintable()
    assert header.isascii()
    assert header.count('"') == 2
    plain = header.split('"')[1]
    assert not set(plain) & set("/\\\0")


def test_control_and_direction_marks_do_not_come_back_in_names(at: Office) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="image"; filename="%b"\r\n\r\n%b\r\n--x--'
    content = body % ("a\u202egpj\u2066.exe".encode(), order(pages=1))
    kind = {"content-type": "multipart/form-data; boundary=x"}
    job = at.call("POST", "/api/jobs", content=content, headers=kind).json()["job_id"]
    at.home.run()
    urls = at.call("GET", f"/api/jobs/{job}").json()["results"]
    encoded = at.call("GET", urls["json"]).headers["content-disposition"].partition("UTF-8''")[2]
    shown = bytes.fromhex(encoded.encode().hex()).decode()
    marks = {letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cf")}
    assert not marks
    assert "%E2%80%AE" not in encoded


@pytest.mark.parametrize("other", [False, True])
def test_results_are_read_through_their_own_job_alone(at: Office, other: bool) -> None:
    jobs = [at.send(order(pages=1)).json()["job_id"] for _ in range(2)]
    at.home.run()
    url = at.call("GET", f"/api/jobs/{jobs[0]}").json()["results"]["json"]
    assert at.call("GET", url).status_code == 200
    bent = url.replace(jobs[0], jobs[1]) if other else url.partition("?")[0]
    error_of(at.call("GET", bent), 401, "unauthorized")
    at.call("DELETE", f"/api/jobs/{jobs[0]}")
    error_of(at.call("GET", url), 404, "job_not_found")


def test_ids_cannot_be_guessed(at: Office) -> None:
    ids = [at.send(order(pages=1)).json()["job_id"] for _ in range(4)]
    assert all(len(base64.b16decode(job.upper())) == 16 for job in ids)
    assert len({job[:8] for job in ids}) == 4


def test_a_page_of_another_site_cannot_ride_on_a_browser(make_app: Any) -> None:
    """There are no cookies, and credentials are never allowed: a key is sent or nothing is."""
    app = make_app(api_key="k")
    for url in ("/", "/api/options", "/api/ocr"):
        headers = call(app, "GET", url, headers={"origin": "https://evil.example"}).headers
        assert "set-cookie" not in headers
        assert "access-control-allow-credentials" not in headers
