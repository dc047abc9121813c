"""One start of the function in stages, each timed: `python -m tests.bench.runners.stages PICTURE`.

The answer goes to standard output: `{"stages": {name: seconds}, "cpu": seconds}`, CPU time over all
threads.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Stages = dict[str, float]


def main() -> None:
    """Start, and read the picture that the command line names twice."""
    stages: Stages = {}
    _timed(stages, "numpy, OpenCV", _pixels)
    _timed(stages, "onnxruntime", _runtime)
    _timed(stages, "web framework", _framework)
    handler = _timed(stages, "our modules, sessions", _handler)
    event = _event(Path(sys.argv[1]).read_bytes())
    context = SimpleNamespace(aws_request_id="1", get_remaining_time_in_millis=lambda: 29_000)
    answer = _timed(stages, "first picture", lambda: handler.handler(event, context))
    if answer["statusCode"] != 200:
        raise RuntimeError(answer["body"][:300])
    _timed(stages, "the same again", lambda: handler.handler(event, context))
    sys.stdout.write(json.dumps({"stages": stages, "cpu": time.process_time()}))


def _timed(stages: Stages, name: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    stages[name] = time.perf_counter() - start
    return result


def _pixels() -> None:
    # It settles how many threads the next two start. The collector rests as in a real start.
    from wenyun import collector

    collector.hold()
    import cv2  # noqa: F401
    import numpy  # noqa: F401


def _runtime() -> None:
    import onnxruntime  # noqa: F401


def _framework() -> None:
    import fastapi  # noqa: F401
    import mangum  # noqa: F401


def _handler() -> Any:
    import handler

    return handler


def _event(picture: bytes) -> dict[str, Any]:
    from tests.awskit.http_events import Request, rest

    return rest(Request("POST", "/api/ocr", content_type="image/png", body=picture))


if __name__ == "__main__":
    main()
