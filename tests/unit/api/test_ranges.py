"""Parts of files: what is there, in the contract's shapes."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from tests.api_fakes import call
from wenyun.api.page import file_routes

BODY = b"0123456789"


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    files = {}
    for name, data in (("ten.txt", BODY), ("none.txt", b"")):
        path = tmp_path / name
        path.write_bytes(data)
        files["/" + name] = path
    app = FastAPI()
    app.routes.extend(file_routes(files))
    return app


def part(app: FastAPI, asked: str, name: str = "ten") -> httpx.Response:
    return call(app, "GET", f"/{name}.txt", headers={"range": asked.encode("latin-1")})


@pytest.mark.parametrize(
    ("asked", "body", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=-99", BODY, "bytes 0-9/10"),
        ("bytes=9-99", b"9", "bytes 9-9/10"),
    ],
)
def test_a_part_that_is_there(app: FastAPI, asked: str, body: bytes, told: str) -> None:
    answer = part(app, asked)
    assert (answer.status_code, answer.content) == (206, body)
    assert answer.headers["content-range"] == told


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=10-",
        "bytes=5-2",
        "bytes=-0",
        "bytes=-",
        "bytes=",
        "bytes=abc",
        "items=0-1",
        "bytes=0-0,2-2",
        "bytes=" + ",".join("0-" for _ in range(3000)),
        "bytes=0-" + "9" * 5000,
        "bytes=\u00b2-\u00b3",
        "",
    ],
)
def test_of_any_other_the_whole_file_is_sent(app: FastAPI, asked: str) -> None:
    answer = part(app, asked)
    assert (answer.status_code, answer.content) == (200, BODY)
    assert "content-range" not in answer.headers


@pytest.mark.parametrize("asked", ["bytes=0-", "bytes=-1", "bytes=0-0"])
def test_of_nothing_there_is_no_part(app: FastAPI, asked: str) -> None:
    answer = part(app, asked, "none")
    assert (answer.status_code, answer.content) == (200, b"")
