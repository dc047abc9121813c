"""OCRmyPDF with Tesseract on one document; its text comes from the sidecar, a form feed a page."""

import json
import subprocess
import sys
from pathlib import Path


def main(job_file: str) -> None:
    """Read the job's PDF and write down each page's lines."""
    job = json.loads(Path(job_file).read_text("utf-8"))
    from tests.bench.runners.common import pin

    pin(job["threads"])
    out = Path(job["out"])
    text, searchable = out.with_suffix(".txt"), out.with_suffix(".pdf")
    command = [
        *(sys.executable, "-m", "ocrmypdf", "--language", "chi_sim+eng", "--quiet"),
        *("--jobs", str(job["threads"]), "--output-type", "pdf", "--optimize", "0"),
        *("--sidecar", str(text), job["pdf"], str(searchable)),
    ]
    subprocess.run(command, check=True)
    pages = pages_of(text.read_text("utf-8"))
    out.write_text(json.dumps(pages, ensure_ascii=False), "utf-8")


def pages_of(text: str) -> list[list[str]]:
    """The lines of each page; empty ones are none."""
    parts = text.split("\f")
    if parts and not parts[-1].strip():
        parts.pop()
    return [[line for line in part.splitlines() if line.strip()] for part in parts]


if __name__ == "__main__":
    main(sys.argv[1])
