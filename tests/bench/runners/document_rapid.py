"""rapidocr-pdf on one document, every page read as a picture."""

import json
import logging
import sys
from pathlib import Path
from typing import Any


def main(job_file: str) -> None:
    """Read the job's PDF and write down each page's lines."""
    job = json.loads(Path(job_file).read_text("utf-8"))
    from tests.bench.runners.common import pin

    pin(job["threads"])
    logging.disable(logging.CRITICAL)
    from rapidocr_pdf import RapidOCRPDF  # type: ignore[import-not-found]

    settings = {"EngineConfig.onnxruntime.intra_op_num_threads": job["threads"]}
    reader = RapidOCRPDF(ocr_params=settings)
    found: list[list[Any]] = reader(job["pdf"], force_ocr=True)
    pages = [str(page[1]).splitlines() for page in sorted(found, key=lambda page: int(page[0]))]
    Path(job["out"]).write_text(json.dumps(pages, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
