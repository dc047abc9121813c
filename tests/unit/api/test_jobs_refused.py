"""What of jobs is refused, and how a store that fails shows."""

import errno
from pathlib import Path
from typing import Any

import pytest

from tests.api_fakes import error_of
from tests.jobkit.reader import order
from tests.unit.api.jobs_house import NOBODY, Office, office
from wenyun.stores.objects import StoreFaultError, StoreFullError


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "empty_file"),
        (b"hello, world", 415, "unsupported_image"),
        (b"PK\3\4 OFD.xml", 415, "unsupported_image"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 10_000, 413, "file_too_large"),
    ],
)
def test_files_that_are_refused_at_once(at: Office, data: bytes, status: int, code: str) -> None:
    error_of(at.send(data), status, code)
    assert at.home.left() == set()
    assert at.home.ports.jobs.load().jobs == 0


@pytest.mark.parametrize(
    ("said", "status", "code", "field"),
    [
        ({}, 422, "invalid_option", "size"),
        ({"size": "10"}, 422, "invalid_option", "size"),
        ({"size": True}, 422, "invalid_option", "size"),
        ({"size": 0}, 422, "empty_file", "size"),
        ({"size": -5}, 422, "empty_file", "size"),
        ({"size": 10**30}, 413, "file_too_large", None),
        ({"size": 10, "name": 5}, 422, "invalid_option", "name"),
        ({"size": 10, "options": "lang=zh"}, 422, "invalid_option", "options"),
        ({"size": 10, "options": {"lang": "fr"}}, 422, "invalid_option", "lang"),
        ({"size": 10, "options": {"tongue": "zh"}}, 422, "unknown_option", "tongue"),
        ({"size": 10, "lang": "zh"}, 422, "unknown_option", "lang"),
        ({"size": 10, "type": "video/mp4"}, 415, "unsupported_image", "type"),
        ([], 422, "missing_image", None),
    ],
)
def test_bad_announcements(
    at: Office, said: Any, status: int, code: str, field: str | None
) -> None:
    error = error_of(at.call("POST", "/api/jobs", json=said), status, code)
    assert error.get("field") == field
    assert at.home.ports.jobs.load().jobs == 0


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_announcements_that_are_no_json(at: Office, content: bytes) -> None:
    error_of(at.call("POST", "/api/jobs", content=content), 422, "missing_image")


def test_an_announcement_without_end(at: Office) -> None:
    content = b'{"name": "' + b"x" * 300_000 + b'"}'
    assert at.call("POST", "/api/jobs", content=content).status_code in (413, 422)


def test_a_full_line_is_busy(at: Office) -> None:
    for _ in range(5):
        at.announce(10)
    answer = at.send(order(pages=1))
    error_of(answer, 503, "busy")
    assert answer.headers["retry-after"] == "30"
    assert at.home.left() == set()


def test_a_full_disk_is_told_at_acceptance(tmp_path: Path) -> None:
    with office(tmp_path, room=1000) as at:
        assert "no room" in error_of(at.send(order(pages=1)), 503, "busy")["message"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_while_it_is_written(
    at: Office, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "told to")

    monkeypatch.setattr("os.fsync", fail)
    status, code = (503, "busy") if number == errno.ENOSPC else (500, "internal")
    error_of(at.send(order(pages=1)), status, code)
    assert at.home.ports.jobs.load().jobs == 0


def test_a_store_that_cannot_be_opened(at: Office) -> None:
    at.faults[:] = [StoreFaultError("broken /srv/secret"), StoreFullError("full")]
    error_of(at.send(order(pages=1)), 503, "busy")
    said = error_of(at.send(order(pages=1)), 500, "internal")
    assert "/srv/secret" not in said["message"]
    assert at.send(order(pages=1)).status_code == 202, "a failure is not remembered"


def test_a_broken_database(at: Office) -> None:
    at.home.database.close()
    error_of(at.send(order(pages=1)), 500, "internal")
    error_of(at.call("GET", f"/api/jobs/{NOBODY}"), 500, "internal")
    assert at.home.left() == set()
