"""Jobs through the API's routes and S3 itself, which enforces what was signed (ministack)."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call
from tests.jobkit.cloud import CloudHome, cloud_home
from tests.jobkit.reader import order, text_of
from tests.serverless.ministack import Cloud, ministack
from wenyun.api import job_cloud_door
from wenyun.api.app import create_app
from wenyun.wiring import make_cloud_jobs

DATA = order(pages=2, seed="door")


@dataclass
class Office:
    app: FastAPI
    home: CloudHome

    def announce(self, size: int = len(DATA), kind: str = "image/png") -> dict[str, Any]:
        said = {"name": "发票.png", "type": kind, "size": size}
        answer = call(self.app, "POST", "/api/jobs", json=said)
        assert answer.status_code == 202, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def job(self, job_id: str) -> dict[str, Any]:
        found: dict[str, Any] = call(self.app, "GET", f"/api/jobs/{job_id}").json()
        return found

    def finished(self) -> dict[str, Any]:
        """A job that was sent whole, after its end."""
        answer = call(self.app, "POST", "/api/jobs", files={"image": ("a.png", DATA)})
        self.home.wait_for_message()
        self.home.run()
        return self.job(answer.json()["job_id"])


def post(upload: dict[str, Any], **changed: str) -> httpx.Response:
    """As a browser does: the fields that were given, then the file."""
    fields = upload["fields"] | changed
    return httpx.post(upload["url"], data=fields, files={"file": ("a.png", DATA)})


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = tmp_path_factory.mktemp("door")
    with ministack(folder, dict(os.environ), AUTH="true") as running:
        yield running


@pytest.fixture
def at(strict: Cloud, tmp_path: Path) -> Iterator[Office]:
    with cloud_home(strict.url, tmp_path) as home:
        jobs = make_cloud_jobs(home.settings)
        yield Office(create_app(home.settings, FakeReader(), jobs=jobs), home)


def test_announced_sent_read_and_fetched(at: Office) -> None:
    accepted = at.announce()
    assert post(accepted["upload"]).status_code in (200, 201, 204)
    at.home.wait_for_message()
    at.home.run()
    done = at.job(accepted["job_id"])
    assert (done["state"], done["pages_done"]) == ("succeeded", 2)
    found = httpx.get(done["results"]["text"])
    assert found.text == text_of("door", 1, 2)
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.headers["content-disposition"].startswith("attachment; filename=")
    assert "UTF-8''%E5%8F%91%E7%A5%A8.png.txt" in found.headers["content-disposition"]


@pytest.mark.parametrize("change", [-1, 1], ids=["short", "long"])
def test_a_file_of_another_size(at: Office, change: int) -> None:
    upload = at.announce(len(DATA) - change)["upload"]
    assert post(upload).status_code == 400
    assert at.home.left() == set()


@pytest.mark.parametrize(
    "changed",
    [{"Content-Type": "text/html"}, {"key": "jobs/0/upload"}, {"x-amz-signature": "0" * 64}],
    ids=["type", "key", "signature"],
)
def test_a_field_that_was_changed(at: Office, changed: dict[str, str]) -> None:
    assert post(at.announce()["upload"], **changed).status_code == 403
    assert at.home.left() == set()


def test_another_s_fields(at: Office) -> None:
    one, other = at.announce()["upload"], at.announce()["upload"]
    assert post(one, key=other["fields"]["key"]).status_code == 403
    assert at.home.left() == set()


def test_too_late(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_cloud_door, "UPLOAD_SECONDS", 1)
    upload = at.announce()["upload"]
    time.sleep(2.1)
    assert post(upload).status_code == 403
    assert at.home.left() == set()


def test_sent_twice_it_is_counted_once(at: Office) -> None:
    accepted = at.announce()
    for _ in range(2):
        assert post(accepted["upload"]).status_code in (200, 201, 204)
    at.home.wait_for_message()
    at.home.run()
    assert at.job(accepted["job_id"])["pages_done"] == 2
    assert post(accepted["upload"]).status_code in (200, 201, 204)
    at.home.wait_for_message()
    at.home.run()
    assert at.home.left() == {f"{accepted['job_id']}/results/{form}" for form in ("json", "text")}


def test_a_result_s_address_ends(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = at.finished()
    assert httpx.get(finished["results"]["text"]).status_code == 200
    monkeypatch.setattr(job_cloud_door, "LINK_SECONDS", 1)
    url = at.job(finished["job_id"])["results"]["text"]
    assert "X-Amz-Expires=1&" in url
    time.sleep(2.1)
    assert httpx.get(url).status_code == 403
    assert httpx.get(finished["results"]["text"]).status_code == 200


def test_an_address_that_was_bent(at: Office) -> None:
    url = at.finished()["results"]["text"]
    assert httpx.get(url.replace("/results/text", "/results/json")).status_code == 403
    assert httpx.get(url.partition("?")[0]).status_code == 403
