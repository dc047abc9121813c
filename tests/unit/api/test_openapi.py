"""The API's description: valid, complete, true, and the same as its copy in docs/."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import call
from tests.jobkit.reader import order
from tests.unit.api.jobs_house import Office
from wenyun.api import openapi
from wenyun.api.openapi import build_openapi
from wenyun.errors import KINDS
from wenyun.options import SPECS
from wenyun.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
BODIES = {
    "multipart/form-data",
    "application/json",
    "image/*",
    "application/pdf",
    "application/octet-stream",
}


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    found: dict[str, Any] = call(app, "GET", "/api/openapi.json").json()
    return found


def test_it_is_valid_openapi(document: dict[str, Any]) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(document)


def test_every_route_is_described(app: FastAPI, document: dict[str, Any]) -> None:
    undescribed = {"/api/docs", "/api/openapi.json", "/api/docs/docs.js", "/api/docs/docs.css"}
    for path, methods in document["paths"].items():
        for method in methods:
            assert call(app, method.upper(), path).status_code not in (404, 405)
    for path in ("/api/ocr", "/api/options", "/api/health", "/api/ready"):
        assert path in document["paths"]
    assert not undescribed & set(document["paths"])


def test_the_bodies_options_and_errors_are_all_there(document: dict[str, Any]) -> None:
    ocr = document["paths"]["/api/ocr"]["post"]
    assert set(ocr["requestBody"]["content"]) == BODIES
    assert [parameter["name"] for parameter in ocr["parameters"]] == list(SPECS)
    for kind in ("multipart/form-data", "application/json"):
        body = ocr["requestBody"]["content"][kind]["schema"]
        assert set(body["properties"]) == {"image", *SPECS}
    words = json.dumps(ocr["responses"])
    for code, meaning in KINDS.items():
        if code not in ("not_found", "job_not_found"):
            assert f"`{code}`" in words
            assert str(meaning.status) in ocr["responses"]
    codes = document["components"]["schemas"]["Failure"]["properties"]["error"]["properties"]
    assert codes["code"]["enum"] == list(KINDS)


@pytest.mark.parametrize(
    ("method", "url", "schema"),
    [
        ("POST", "/api/ocr?timings=true", "Answer"),
        ("POST", "/api/ocr?nope=1", "Failure"),
        ("POST", "/api/ocr?lang=nope", "Failure"),
        ("GET", "/api/options", "Capabilities"),
        ("GET", "/api/health", "Health"),
        ("GET", "/api/ready", "Ready"),
    ],
)
def test_real_answers_are_as_described(
    app: FastAPI, document: dict[str, Any], method: str, url: str, schema: str
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    content = b"picture" if method == "POST" else None
    answer = call(app, method, url, content=content).json()
    rules = {**document, "$ref": f"#/components/schemas/{schema}"}
    jsonschema.Draft202012Validator(rules).validate(answer)
    described = document["components"]["schemas"][schema]["properties"]
    assert set(answer) <= set(described)


def test_the_deployment_shows_in_it() -> None:
    document = build_openapi(Settings(base_path="/Prod", api_key="k", profile="fast"))
    assert document["servers"] == [{"url": "/Prod"}]
    assert document["paths"]["/api/ocr"]["post"]["security"] == [{"key": []}]
    assert '"default": "fast"' in json.dumps(document)
    assert "securitySchemes" not in build_openapi(Settings())["components"]


def test_jobs_are_described_where_they_are_taken(at: Office) -> None:
    document = at.call("GET", "/api/openapi.json").json()
    assert "/api/jobs" not in build_openapi(Settings())["paths"]
    described = {
        (method, path) for path, one in document["paths"].items() for method in one if "job" in path
    }
    assert described == {
        ("post", "/api/jobs"),
        ("get", "/api/jobs/{job_id}"),
        ("delete", "/api/jobs/{job_id}"),
        ("post", "/api/jobs/{job_id}/file"),
        ("get", "/api/jobs/{job_id}/results/{format}"),
    }
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(document)


def test_answers_of_jobs_are_as_described(at: Office) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = at.call("GET", "/api/openapi.json").json()

    def check(answer: Any, schema: str) -> None:
        rules = {**document, "$ref": f"#/components/schemas/{schema}"}
        jsonschema.Draft202012Validator(rules).validate(answer)
        assert set(answer) <= set(document["components"]["schemas"][schema]["properties"])

    check(at.announce(10), "Accepted")
    for data in (order(pages=1), order(pages=1, refuse="corrupt_pdf")):
        accepted = at.send(data).json()
        check(accepted, "Accepted")
        at.home.run()
        check(at.call("GET", f"/api/jobs/{accepted['job_id']}").json(), "Job")
    check(at.call("GET", "/api/options").json(), "Capabilities")


def test_with_a_key_all_but_the_open_routes_need_it() -> None:
    paths = build_openapi(Settings(api_key="k"), jobs=True)["paths"]
    needs = {
        (method, path)
        for path, methods in paths.items()
        for method, one in methods.items()
        if one["security"]
    }
    assert needs == {
        ("post", "/api/ocr"),
        ("post", "/api/jobs"),
        ("get", "/api/jobs/{job_id}"),
        ("delete", "/api/jobs/{job_id}"),
    }


def test_the_copy_in_docs_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert openapi.main() == 0
    copy = (ROOT / "docs/openapi.json").read_text("utf-8")
    assert capsys.readouterr().out == copy, "python -m wenyun.api.openapi > docs/openapi.json"


def test_the_docs_page_asks_nobody_else(app: FastAPI) -> None:
    page = call(app, "GET", "/api/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert {"docs/docs.js", "docs/docs.css", "openapi.json"} <= set(addresses)
    for name in ("/api/docs", "/api/docs/docs.js", "/api/docs/docs.css"):
        text = call(app, "GET", name).text
        assert "//" not in re.sub(r"^// .*$", "", text, flags=re.MULTILINE)
