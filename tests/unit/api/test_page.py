"""The page's files: those that exist, and nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import call, error_of
from tests.unit.api.conftest import MakeApp
from wenyun.api import page
from wenyun.api.headers import PAGE_CSP, page_csp
from wenyun.api.page import find_page_dir, list_files
from wenyun.settings import Settings


def test_the_page_and_its_files(app: FastAPI) -> None:
    for url in ("/", "/index.html"):
        answer = call(app, "GET", url)
        assert "文云" in answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    script = call(app, "GET", "/js/main.js")
    assert script.text == "export {}"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("region", "domain"), [("eu-west-1", "amazonaws.com"), ("cn-north-1", "amazonaws.com.cn")]
)
def test_the_policy_lets_files_go_to_the_buckets_of_the_deployment_alone(
    make_app: MakeApp, region: str, domain: str
) -> None:
    deployed = Settings(region=region, upload_bucket="in", result_bucket="out")
    places = f"https://in.s3.{region}.{domain} https://out.s3.{region}.{domain}"
    assert page_csp(deployed) == f"{PAGE_CSP}; connect-src 'self' {places}"
    for without in (Settings(), Settings(region=region), replace(deployed, region="")):
        assert page_csp(without) == PAGE_CSP
    app = make_app(region=region, upload_bucket="in", result_bucket="out")
    assert places in call(app, "GET", "/").headers["content-security-policy"]


def test_a_file_that_has_not_changed_is_not_sent_again(app: FastAPI, page_dir: Path) -> None:
    first = call(app, "GET", "/")
    known = {"if-none-match": first.headers["etag"]}
    again = call(app, "GET", "/", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["x-request-id"]
    (page_dir / "index.html").write_text("a longer page than it was before", "utf-8")
    assert call(app, "GET", "/", headers=known).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/.hidden.html",
        "/notes.secret",
        "/js",
        "/js/",
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/js/..%2findex.html",
        "/js/../../api",
        "//etc/passwd",
        "/index.html%00",
        "/js\\main.js",
    ],
)
def test_nothing_else_is_served(app: FastAPI, url: str) -> None:
    error_of(call(app, "GET", url), 404, "not_found")


@pytest.mark.parametrize("url", ["/", "/js/main.js", "/api/docs"])
def test_files_are_only_read(app: FastAPI, url: str) -> None:
    answer = call(app, "POST", url, content=b"x")
    error_of(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"
    assert call(app, "HEAD", url).content == b""


def test_the_page_below_a_base_path(make_app: MakeApp) -> None:
    app = make_app(base_path="/ocr")
    for url in ("/ocr/", "/", "/ocr/js/main.js", "/js/main.js"):
        assert call(app, "GET", url).status_code == 200
    error_of(call(app, "GET", "/ocr/ocr/"), 404, "not_found")


def test_a_file_that_vanished_is_not_found(app: FastAPI, page_dir: Path) -> None:
    (page_dir / "index.html").unlink()
    error_of(call(app, "GET", "/"), 404, "not_found")


def test_links_are_not_followed(page_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.txt").write_text("private")
    (page_dir / "link.txt").symlink_to(outside / "a.txt")
    (page_dir / "folder").symlink_to(outside, target_is_directory=True)
    assert set(list_files(page_dir)) == {"/", "/index.html", "/js/main.js"}


def test_the_page_is_found_beside_the_handler_or_beside_its_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "functions/ocr/wenyun/api/page.py"
    monkeypatch.setattr(page, "__file__", str(module))
    assert find_page_dir() is None
    checkout, image = tmp_path / "functions/webui", tmp_path / "functions/ocr/webui"
    for place in (checkout, image):
        place.mkdir(parents=True)
        (place / "index.html").touch()
        assert find_page_dir() == place


def test_without_a_page_the_api_still_answers(
    make_app: Any, monkeypatch: pytest.MonkeyPatch, reader: Any
) -> None:
    from wenyun.api import app as module
    from wenyun.settings import Settings

    monkeypatch.setattr(module, "find_page_dir", lambda: None)
    app = module.create_app(Settings(), reader)
    error_of(call(app, "GET", "/"), 404, "not_found")
    assert call(app, "GET", "/api/health").status_code == 200
