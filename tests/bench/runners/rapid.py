"""rapidocr with its default models (PP-OCRv6 small); single lines go to its recogniser alone."""

import logging
from typing import Any

from tests.bench.runners.common import Job, Page, ReadFiles, run


def make(job: Job) -> tuple[ReadFiles, Any]:
    """Open rapidocr."""
    logging.disable(logging.CRITICAL)
    from rapidocr import RapidOCR  # type: ignore[import-not-found]

    engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": job["threads"]})

    def pages(files: list[str]) -> list[Page]:
        return [_page(engine(file)) for file in files]

    def lines(files: list[str]) -> list[Page]:
        import cv2
        from rapidocr.ch_ppocr_rec.typings import TextRecInput  # type: ignore[import-not-found]

        engine(files[0], use_det=False, use_cls=False, use_rec=True)  # opens the recogniser
        found = engine.text_rec(TextRecInput(img=[cv2.imread(file) for file in files]))
        return [{"lines": [{"text": text}]} for text in found.txts]

    return (lines if job["lines"] else pages), dict


def _page(found: Any) -> Page:
    texts = found.txts or ()
    boxes = found.boxes.tolist() if texts else []
    return {"lines": [{"text": t, "box": b} for t, b in zip(texts, boxes, strict=True)]}


if __name__ == "__main__":
    run(make)
