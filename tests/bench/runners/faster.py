"""faster-paddle, tiny or small; its boxes are upright."""

from pathlib import Path
from typing import Any

from tests.bench.runners.common import Job, Page, ReadFiles, run, upright


def make(job: Job) -> tuple[ReadFiles, Any]:
    """Open faster-paddle."""
    from faster_paddle import OcrEngine  # type: ignore[import-not-found]

    engine = OcrEngine(model_size=job["options"]["size"], threads=job["threads"])

    def pages(files: list[str]) -> list[Page]:
        return [_page(engine.ocr(Path(file).read_bytes())) for file in files]

    return pages, dict


def _page(found: Any) -> Page:
    return {
        "lines": [
            {"text": b["text"], "box": upright(*b["topLeftCoord"], *b["bottomRightCoord"])}
            for b in found["bounds"].values()
        ]
    }


if __name__ == "__main__":
    run(make)
