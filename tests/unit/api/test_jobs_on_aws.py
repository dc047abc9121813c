"""The routes of jobs where files go straight to the buckets, as the api function has them."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call, error_of
from tests.awskit.clients import aws_at
from tests.awskit.scripted import json_error, scripted
from tests.jobkit.cloud import CloudHome, cloud_home
from tests.jobkit.reader import order, text_of
from tests.unit.api.jobs_house import NOBODY
from wenyun.api.app import create_app
from wenyun.api.job_cloud_door import CloudDoor
from wenyun.settings import Settings
from wenyun.stores.jobs import Job, ResultFile
from wenyun.wiring import make_cloud_jobs

PLACES = Settings(store="aws", table="t", queue_url="q", upload_bucket="up", result_bucket="res")


@dataclass
class Office:
    app: FastAPI
    home: CloudHome

    def call(self, method: str, url: str, **request: Any) -> httpx.Response:
        return call(self.app, method, url, **request)

    def announce(self, size: int, **more: Any) -> dict[str, Any]:
        said = {"name": "a.png", "type": "image/png", "size": size} | more
        answer = self.call("POST", "/api/jobs", json=said)
        assert answer.status_code == 202, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def at(emulator: str, tmp_path: Path) -> Iterator[Office]:
    with cloud_home(emulator, tmp_path) as home:
        yield Office(app_of(home.settings), home)


def app_of(settings: Settings) -> FastAPI:
    return create_app(settings, FakeReader(), jobs=make_cloud_jobs(settings))


def policy_of(upload: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.b64decode(upload["fields"]["policy"]))
    return found


def test_a_file_that_is_announced(at: Office) -> None:
    accepted = at.announce(1234, options={"lang": "en"})
    assert set(accepted) == {"job_id", "upload", "expires_at"}
    job, upload = at.home.job(accepted["job_id"]), accepted["upload"]
    assert (job.state, job.size, job.options["lang"]) == ("waiting", 1234, "en")
    assert set(upload) == {"url", "fields"}
    policy = policy_of(upload)
    key = f"jobs/{job.id}/upload"
    assert upload["fields"]["key"] == key
    for condition in (
        ["content-length-range", 1234, 1234],
        {"Content-Type": "image/png"},
        {"bucket": at.home.settings.upload_bucket},
        {"key": key},
    ):
        assert condition in policy["conditions"]
    left = datetime.fromisoformat(policy["expiration"]) - datetime.now(UTC)
    assert 600 < left.total_seconds() <= 900
    assert upload["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert at.home.waiting() == 0, "its arrival starts it, and nothing else"


@pytest.mark.parametrize("given", ["", "image/é", "image/png x", "image/" + "x" * 150])
def test_a_type_that_no_form_can_send(at: Office, given: str) -> None:
    fields = at.announce(10, type=given)["upload"]["fields"]
    assert fields["Content-Type"] == "application/octet-stream"


def test_a_file_in_a_form(at: Office) -> None:
    file = {"image": ("报告 1.png", order(pages=2, seed="a"))}
    answer = at.call("POST", "/api/jobs", files=file, data={"lang": "en"})
    assert answer.status_code == 202, answer.text
    job_id = answer.json()["job_id"]
    assert at.home.left() == {f"{job_id}/upload"}
    at.home.wait_for_message()
    assert at.home.waiting() == 1
    at.home.run()
    done = at.call("GET", f"/api/jobs/{job_id}").json()
    assert (done["state"], done["pages_done"], done["pages_total"]) == ("succeeded", 2, 2)
    assert set(done["results"]) == {"json", "text"}
    assert httpx.get(done["results"]["text"]).text == text_of("a", 1, 2)
    query = parse_qs(urlsplit(done["results"]["text"]).query)
    assert query["X-Amz-Expires"] == ["3600"]
    assert query["response-content-type"] == ["text/plain; charset=utf-8"]
    assert query["response-content-disposition"][0].startswith('attachment; filename="')
    assert "%E6%8A%A5%E5%91%8A%201.png.txt" in query["response-content-disposition"][0]


def test_progress_is_not_streamed(at: Office) -> None:
    job_id = at.announce(10)["job_id"]
    answer = at.call("GET", f"/api/jobs/{job_id}", headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["state"] == "waiting"


def test_withdrawn(at: Office) -> None:
    file = {"image": ("a.png", order(pages=1))}
    job_id = at.call("POST", "/api/jobs", files=file).json()["job_id"]
    for _ in range(2):
        assert at.call("DELETE", f"/api/jobs/{job_id}").status_code == 204
    error_of(at.call("GET", f"/api/jobs/{job_id}"), 404, "job_not_found")
    assert at.home.left() == set()


def test_what_is_refused_leaves_nothing(at: Office) -> None:
    said = {"name": "a", "size": 10}
    error_of(at.call("POST", "/api/jobs", json=said | {"size": 10**9}), 413, "file_too_large")
    bad = said | {"options": {"lang": "fr"}}
    error_of(at.call("POST", "/api/jobs", json=bad), 422, "invalid_option")
    file = {"image": ("a.txt", b"no picture")}
    error_of(at.call("POST", "/api/jobs", files=file), 415, "unsupported_image")
    assert at.home.left() == set()
    assert at.home.ports.jobs.idle(1e12) == []


def test_there_are_no_routes_for_files(at: Office) -> None:
    job_id = at.announce(10)["job_id"]
    error_of(at.call("POST", f"/api/jobs/{job_id}/file"), 404, "not_found")
    error_of(at.call("GET", f"/api/jobs/{job_id}/results/json"), 404, "not_found")
    paths = at.call("GET", "/api/openapi.json").json()["paths"]
    assert {path for path in paths if "jobs" in path} == {"/api/jobs", "/api/jobs/{job_id}"}


def test_a_key_is_asked_for() -> None:
    app = app_of(replace(PLACES, api_key="k"))
    error_of(call(app, "POST", "/api/jobs", json={"size": 1}), 401, "unauthorized")
    error_of(call(app, "GET", f"/api/jobs/{NOBODY}"), 401, "unauthorized")
    error_of(call(app, "DELETE", f"/api/jobs/{NOBODY}"), 401, "unauthorized")


def test_options_tell_of_jobs_and_ask_nobody() -> None:
    found = call(app_of(PLACES), "GET", "/api/options").json()
    assert found["jobs"] is True
    assert found["limits"]["job_bytes"] == 100_000_000


@pytest.mark.parametrize(
    ("status", "named", "answer", "code"),
    [
        (503, "ServiceUnavailable", 503, "busy"),
        (400, "ThrottlingException", 503, "busy"),
        (400, "AccessDeniedException", 500, "internal"),
        (400, "ResourceNotFoundException", 500, "internal"),
    ],
)
def test_a_table_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, status: int, named: str, answer: int, code: str
) -> None:
    monkeypatch.setattr("wenyun.stores.aws.ATTEMPTS", 1)
    with scripted(json_error(status, named)) as script, aws_at(script.url):
        app = app_of(PLACES)
        for found in (
            call(app, "POST", "/api/jobs", json={"size": 1}),
            call(app, "POST", "/api/jobs", files={"image": ("a.png", order(pages=1))}),
            call(app, "GET", f"/api/jobs/{NOBODY}"),
            call(app, "DELETE", f"/api/jobs/{NOBODY}"),
        ):
            said = error_of(found, answer, code)
            assert named not in said["message"]
            assert found.headers.get("retry-after") == ("5" if code == "busy" else None)


def test_nothing_of_jobs_is_loaded_before_the_first_one() -> None:
    script = (
        "import sys\n"
        "from tests.api_fakes import FakeReader, call\n"
        "from wenyun.settings import Settings\n"
        "from wenyun.api.app import create_app\n"
        "from wenyun.wiring import make_cloud_jobs\n"
        "app = create_app(Settings(), FakeReader(), jobs=make_cloud_jobs(Settings()))\n"
        "assert call(app, 'GET', '/api/options').json()['jobs']\n"
        "print(*sorted(n for n in sys.modules if n.startswith(('wenyun', 'boto'))))\n"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    loaded = set(ran.stdout.split())
    assert "wenyun.jobs.cloud" in loaded
    late = ("boto", "wenyun.stores.", "wenyun.api.jobs", "wenyun.jobs.desk", "wenyun.jobs.local")
    assert not [name for name in loaded if name.startswith(late)]


@dataclass
class Links:
    seconds: int = 0

    def upload(self, *_: Any) -> dict[str, Any]:
        return {}

    def result(self, key: str, media_type: str, disposition: str, seconds: int) -> str:
        self.seconds = seconds
        return f"{key} {media_type} {disposition}"


@pytest.mark.parametrize(("left", "seconds"), [(10_000.0, 3600), (60.5, 60), (-5.0, 1)])
def test_an_address_is_good_for_no_longer_than_its_job(left: float, seconds: int) -> None:
    result = ResultFile("a1/results/text", "text/plain", ".txt")
    job = Job("a1", "发 票.pdf", "", 1, {}, 0.0, 100.0 + left, results={"text": result})
    links = Links()
    said = CloudDoor(links, lambda: 100.0).result(job, "text")
    assert links.seconds == seconds
    assert said == (
        'a1/results/text text/plain attachment; filename="_ _.pdf.txt"; '
        "filename*=UTF-8''%E5%8F%91%20%E7%A5%A8.pdf.txt"
    )
