"""Our own reader on one document; says when a page is done."""

import json
import sys
from pathlib import Path


def main(job_file: str) -> None:
    """Read the job's PDF and write down each page's lines."""
    job = json.loads(Path(job_file).read_text("utf-8"))
    from tests.bench.runners.common import pin
    from wenyun.deadline import Deadline
    from wenyun.options import Options
    from wenyun.settings import Settings
    from wenyun.wiring import make_reader

    pin(job["threads"])
    reader = make_reader(Settings.from_env())
    data = Path(job["pdf"]).read_bytes()
    document = reader.read(data, Options(**job["options"]), Deadline(), progress=_told)
    pages = [[line.text for line in page.lines()] for page in document.pages]
    Path(job["out"]).write_text(json.dumps(pages, ensure_ascii=False), "utf-8")


def _told(done: int, _: int) -> None:
    sys.stdout.write(f"page {done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
