"""Our own reader through its front door, with one profile and one setting of enhancement."""

from pathlib import Path
from typing import Any

from tests.bench.runners.common import Job, Page, ReadFiles, run


def make(job: Job) -> tuple[ReadFiles, Any]:
    """Open the reader of the settings in the environment."""
    from tests.bench.runners.watch import Watch
    from wenyun.deadline import Deadline
    from wenyun.options import Options
    from wenyun.settings import Settings
    from wenyun.wiring import make_reader

    watch = Watch()
    reader = make_reader(Settings.from_env())
    options = Options(**job["options"])

    def one(file: str) -> Page:
        before = watch.sent
        document = reader.read(Path(file).read_bytes(), options, Deadline())
        return {
            "lines": [
                {"text": line.text, "box": line.box, "model": line.model}
                for page in document.pages
                for line in page.lines()
            ],
            "sent": watch.sent - before,
            "timings": document.timings(),
        }

    def pages(files: list[str]) -> list[Page]:
        return [one(file) for file in files]

    return pages, lambda: {"models": reader.models(), "used": sorted(watch.used)}


if __name__ == "__main__":
    run(make)
