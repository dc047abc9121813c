"""The api function takes jobs: over the runtime client, with S3, SQS and DynamoDB beside it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.awskit.buckets import CREDENTIALS, local_cloud
from tests.awskit.functions import Function, client_function
from tests.awskit.http_events import Request, http, rest
from tests.jobkit.cloud import CloudHome, cloud_home
from tests.jobkit.reader import order, text_of


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    with local_cloud() as url:
        yield url


@pytest.fixture
def home(emulator: str, tmp_path: Path) -> Iterator[CloudHome]:
    with cloud_home(emulator, tmp_path) as opened:
        yield opened


@pytest.fixture
def api(home: CloudHome, emulator: str, tmp_path: Path) -> Iterator[Function]:
    places = asdict(home.settings)
    env = CREDENTIALS | {
        "OCR_ROLE": "api",
        "AWS_ENDPOINT_URL": emulator,
        "OCR_TABLE": places["table"],
        "OCR_QUEUE_URL": places["queue_url"],
        "OCR_UPLOAD_BUCKET": places["upload_bucket"],
        "OCR_RESULT_BUCKET": places["result_bucket"],
    }
    with client_function(tmp_path / "log", env) as function:
        yield function


def ask(api: Function, request: Request, shape: Any = rest) -> tuple[int, Any]:
    outcome = api.invoke(shape(request))
    assert outcome.kind == "response", outcome.value
    answer = outcome.value
    return answer["statusCode"], json.loads(answer["body"]) if answer.get("body") else None


@pytest.mark.parametrize("shape", [rest, http])
def test_a_job_from_first_to_last(api: Function, home: CloudHome, shape: Any) -> None:
    data = order(pages=2, seed="l")
    said = json.dumps({"name": "a.png", "type": "image/png", "size": len(data)}).encode()
    request = Request("POST", "/api/jobs", content_type="application/json", body=said)
    status, accepted = ask(api, request, shape)
    assert status == 202, accepted
    upload = accepted["upload"]
    sent = httpx.post(upload["url"], data=upload["fields"], files={"file": ("a.png", data)})
    assert sent.status_code in (200, 201, 204)
    home.wait_for_message()
    home.run()
    one = f"/api/jobs/{accepted['job_id']}"
    status, done = ask(api, Request("GET", one), shape)
    assert (status, done["state"], done["pages_done"]) == (200, "succeeded", 2)
    assert httpx.get(done["results"]["text"]).text == text_of("l", 1, 2)
    assert ask(api, Request("DELETE", one), shape)[0] == 204
    assert ask(api, Request("GET", one), shape)[0] == 404
    assert home.left() == set()


def test_the_sdk_is_loaded_with_the_first_job(api: Function) -> None:
    def loaded() -> set[str]:
        return {name.partition(".")[0] for name in api.invoke({"probe": "modules"}).value}

    assert ask(api, Request("GET", "/api/options"))[1]["jobs"] is True
    assert "boto3" not in loaded()
    assert ask(api, Request("GET", f"/api/jobs/{'0' * 32}"))[0] == 404
    assert "boto3" in loaded()
