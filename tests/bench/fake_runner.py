"""A reader that knows each file's text by a .txt beside it; `broken` files make it fail."""

from pathlib import Path
from typing import Any

from tests.bench.runners.common import Job, Page, ReadFiles, run, upright


def make(job: Job) -> tuple[ReadFiles, Any]:
    if job["options"].get("closed"):
        raise SystemExit("the reader does not open")

    def one(file: str) -> Page:
        path = Path(file)
        if "broken" in path.name:
            raise ValueError("cannot read this")
        texts = path.with_suffix(".txt").read_text("utf-8").splitlines()
        boxes = [upright(0, 30 * row, 200, 30 * row + 20) for row in range(len(texts))]
        return {
            "lines": [{"text": t, "box": b} for t, b in zip(texts, boxes, strict=True)],
            "sent": 1,
        }

    return lambda files: [one(file) for file in files], lambda: {"threads": job["threads"]}


if __name__ == "__main__":
    run(make)
