"""The routes of jobs."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.api_fakes import error_of
from tests.jobkit.reader import order, text_of
from tests.unit.api.jobs_house import NOBODY, Office, office

KEYS = {"job_id", "state", "pages_done", "pages_total", "error", "results", "expires_at"}
ID = re.compile(r"[0-9a-f]{32}")


def job_of(at: Office, job_id: str) -> dict[str, Any]:
    answer = at.call("GET", f"/api/jobs/{job_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert set(found) == KEYS
    return found


def test_a_file_in_a_form(at: Office) -> None:
    answer = at.send(order(pages=2, seed="a"), data={"lang": "en"})
    assert answer.status_code == 202
    assert set(answer.json()) == {"job_id"}
    job_id = answer.json()["job_id"]
    assert ID.fullmatch(job_id)
    assert at.supervisor.woken == 1
    waiting = job_of(at, job_id)
    assert (waiting["state"], waiting["pages_done"], waiting["pages_total"]) == ("waiting", 0, None)
    assert (waiting["error"], waiting["results"]) == (None, {})
    at.home.run()
    done = job_of(at, job_id)
    assert (done["state"], done["pages_done"], done["pages_total"]) == ("succeeded", 2, 2)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", done["expires_at"])


def test_results_need_no_key_and_are_files(tmp_path: Path) -> None:
    with office(tmp_path, api_key="k") as at:
        key = {"x-api-key": "k"}
        job_id = at.send(order(pages=1, seed="a"), headers=key).json()["job_id"]
        at.home.run()
        results = at.call("GET", f"/api/jobs/{job_id}", headers=key).json()["results"]
        assert set(results) == {"json", "text"}
        text = at.call("GET", results["text"])
        assert (text.status_code, text.text) == (200, text_of("a", 1))
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert "filename*=UTF-8''" in text.headers["content-disposition"]
        assert "报告 1.png.txt" in unquote(text.headers["content-disposition"])
        assert text.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in text.headers["content-security-policy"]
        assert at.call("GET", results["json"]).json()["text"][0]["text"] == "a: page 1"
        assert at.call("HEAD", results["json"]).content == b""


def test_only_what_is_signed_needs_no_key(tmp_path: Path) -> None:
    with office(tmp_path, api_key="k") as at:
        data = order(pages=1)
        error_of(at.send(data), 401, "unauthorized")
        error_of(at.call("GET", f"/api/jobs/{NOBODY}"), 401, "unauthorized")
        error_of(at.call("DELETE", f"/api/jobs/{NOBODY}"), 401, "unauthorized")
        error_of(at.call("GET", f"/api/jobs/{NOBODY}/results/json"), 401, "unauthorized")
        said = {"size": len(data)}
        answer = at.call("POST", "/api/jobs", json=said, headers={"x-api-key": "k"})
        upload = answer.json()["upload"]
        assert at.upload(upload, data).status_code == 204


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("signature=", "signature=0"),
        lambda url: url.replace("expires=", "expires=9"),
        lambda url: url.replace("/results/text", "/results/json"),
        lambda url: url.partition("?")[0],
    ],
)
def test_a_result_s_address_cannot_be_bent(at: Office, change: Any) -> None:
    job_id = at.send(order(pages=1)).json()["job_id"]
    at.home.run()
    url = job_of(at, job_id)["results"]["text"]
    assert at.call("GET", url).status_code == 200
    error_of(at.call("GET", change(url)), 401, "unauthorized")


def test_a_result_that_is_gone(at: Office) -> None:
    job_id = at.send(order(pages=1)).json()["job_id"]
    at.home.run()
    url = job_of(at, job_id)["results"]["text"]
    assert at.call("DELETE", f"/api/jobs/{job_id}").status_code == 204
    error_of(at.call("GET", url), 404, "job_not_found")


def test_a_file_that_is_announced(at: Office) -> None:
    data = order(pages=3, seed="b")
    accepted = at.announce(len(data), pages="2-")
    assert set(accepted) == {"job_id", "upload", "expires_at"}
    assert accepted["upload"]["url"] == f"http://test/api/jobs/{accepted['job_id']}/file"
    assert at.supervisor.woken == 0
    assert at.upload(accepted["upload"], data).status_code == 204
    assert at.supervisor.woken == 1
    assert at.upload(accepted["upload"], data).status_code == 204, "it may be sent again"
    at.home.run()
    done = job_of(at, accepted["job_id"])
    assert at.call("GET", done["results"]["text"]).text == text_of("b", 2, 3)


def test_an_upload_that_is_not_signed(at: Office) -> None:
    data = order(pages=1)
    one, other = at.announce(len(data)), at.announce(len(data))
    for fields in ({"signature": "0" * 64}, {"expires": "9999999999"}, other["upload"]["fields"]):
        changed = fields if fields != one["upload"]["fields"] else {"signature": ""}
        error_of(at.upload(one["upload"], data, **changed), 401, "unauthorized")
    late = at.call("POST", one["upload"]["url"], files={"file": ("a.png", data)})
    error_of(late, 401, "unauthorized")
    assert at.home.left() == set()


def test_an_upload_of_another_size(at: Office) -> None:
    data = order(pages=1)
    short = at.announce(len(data) + 1)
    assert error_of(at.upload(short["upload"], data), 422, "invalid_option")["field"] == "size"
    long = at.announce(len(data) - 1)
    error_of(at.upload(long["upload"], data), 413, "file_too_large")
    assert at.home.left() == set()


def test_an_upload_for_nobody(at: Office) -> None:
    accepted = at.announce(10)
    at.call("DELETE", f"/api/jobs/{accepted['job_id']}")
    error_of(at.upload(accepted["upload"], b"0123456789"), 404, "job_not_found")


def test_options_in_the_query_count_too(at: Office) -> None:
    said = {"size": 10, "options": {"lang": "en"}}
    job_id = at.call("POST", "/api/jobs?profile=fast&lang=mix", json=said).json()["job_id"]
    assert at.home.job(job_id).options == {"profile": "fast", "lang": "en"}


def test_unknown_jobs(at: Office) -> None:
    for job_id in (NOBODY, "x", "A" * 32, NOBODY + "0"):
        error_of(at.call("GET", f"/api/jobs/{job_id}"), 404, "job_not_found")
        assert at.call("DELETE", f"/api/jobs/{job_id}").status_code == 204


def test_odd_ids_reach_nothing(at: Office) -> None:
    """A path with more parts is no address of ours; none is ever joined to a directory."""
    for job_id in ("..%2f..%2fsecret", "%2e%2e", "../x", "a%00b", "."):
        assert at.call("GET", f"/api/jobs/{job_id}").status_code in (404, 405)


def test_a_failed_job_says_why(at: Office) -> None:
    job_id = at.send(order(pages=1, refuse="pdf_password_required")).json()["job_id"]
    at.home.run()
    failed = job_of(at, job_id)
    assert failed["state"] == "failed"
    assert set(failed["error"]) == {"code", "message", "message_zh"}
    assert failed["error"]["code"] == "pdf_password_required"


def test_options_tell_of_jobs(at: Office) -> None:
    found = at.call("GET", "/api/options").json()
    assert found["jobs"] is True
    assert found["limits"]["job_bytes"] == 10_000


def test_the_base_path_is_in_all_addresses(tmp_path: Path) -> None:
    with office(tmp_path, base_path="/Prod") as at:
        data = order(pages=1, seed="c")
        accepted = at.call("POST", "/Prod/api/jobs", json={"size": len(data)}).json()
        assert accepted["upload"]["url"].startswith("http://test/Prod/api/jobs/")
        assert at.upload(accepted["upload"], data).status_code == 204
        at.home.run()
        results = at.call("GET", f"/api/jobs/{accepted['job_id']}").json()["results"]
        assert at.call("GET", results["text"]).text == text_of("c", 1)


def test_a_host_that_is_none_is_not_repeated(at: Office) -> None:
    answer = at.call("POST", "/api/jobs", json={"size": 1}, headers={"host": 'x"><b>'})
    assert answer.json()["upload"]["url"].startswith("/api/jobs/")


def test_without_jobs_there_are_no_such_routes(make_app: Any) -> None:
    from tests.api_fakes import call

    app = make_app()
    error_of(call(app, "POST", "/api/jobs", json={"size": 1}), 404, "not_found")
    error_of(call(app, "GET", f"/api/jobs/{NOBODY}"), 404, "not_found")
