"""The files under events/: `python -m tests.awskit.corpus` writes them again."""

import base64
import json
from pathlib import Path
from typing import Any

from tests.awskit.http_events import Request, form, function_url, http, load_balancer, rest
from tests.awskit.object_events import notification_event, s3_event, sqs_event
from tests.awskit.picture import draw_picture

FOLDER = Path(__file__).resolve().parents[2] / "events"

JOB = "0123456789abcdef0123456789abcdef"
GIVEN_UP = "arn:aws:sqs:eu-central-1:123456789012:wenyun-given-up"

Event = dict[str, Any]


def build_events(picture: bytes) -> dict[str, Event]:
    """Name to event, around one picture."""
    others: dict[str, Event] = {
        "unknown": {"source": "aws.events", "id": 7},
        "keep_warm": {"wenyun": "warm"},
        "sweep": {"wenyun": "sweep"},
    }
    return _http_events(picture) | _object_events() | others


def load_event(name: str) -> Event:
    """One event as it lies in events/."""
    event: Event = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return event


def event_picture() -> bytes:
    """The picture that lies inside the events."""
    return base64.b64decode(load_event("api_v1_raw")["body"])


def _http_events(picture: bytes) -> dict[str, Event]:
    posted = form(picture, lang="en")
    text = json.dumps({"image": base64.b64encode(picture).decode(), "lang": "en"})
    as_json = Request("POST", "/api/ocr", content_type="application/json", body=text.encode())
    raw = Request("POST", "/api/ocr", {"lang": "en"}, "image/png", picture)
    health = Request(path="/api/health")
    shapes = {
        "api_v1": rest, "api_v2": http, "function_url": function_url, "alb": load_balancer,
    }  # fmt: skip
    found = {}
    for name, shape in shapes.items():
        found[name] = shape(posted)
        found[f"{name}_json"] = shape(as_json)
        found[f"{name}_raw"] = shape(raw)
        found[f"{name}_health"] = shape(health)
        found[f"{name}_page"] = shape(Request())
    return found


def _object_events() -> dict[str, Event]:
    put = s3_event("inbox/收据/hello 1+1.png")
    multipart = s3_event("inbox/big.PNG", name="ObjectCreated:CompleteMultipartUpload")
    arrived = s3_event(f"jobs/{JOB}/upload", name="ObjectCreated:Post")
    steps = [{"job": JOB, "step": "plan", "page": 0}, {"job": JOB, "step": "page", "page": 7}]
    given_up = sqs_event(steps[1])
    given_up["Records"][0]["eventSourceARN"] = GIVEN_UP
    return {
        "s3_put": put,
        "s3_multipart_complete": multipart,
        "s3_test_event": notification_event(),
        "s3_in_sqs": sqs_event(put),
        "sqs_test_event": sqs_event(notification_event()),
        "job_upload_in_sqs": sqs_event(arrived),
        "job_steps_in_sqs": sqs_event(*steps, {"job": JOB, "step": "assemble", "page": 0}),
        "job_step_given_up": given_up,
        "sqs_batch": sqs_event(put, multipart, s3_event("inbox/empty.png", "inbox/folder/")),
    }


def main() -> None:
    """Draw the picture and write every event."""
    FOLDER.mkdir(exist_ok=True)
    for name, event in build_events(draw_picture()).items():
        text = json.dumps(event, ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
