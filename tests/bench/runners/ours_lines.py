"""One of our recognisers alone: each file is a line, read as the engine reads it."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import cv2
import numpy as np

from tests.bench.runners.common import Job, Page, ReadFiles, run


def make(job: Job) -> tuple[ReadFiles, Any]:
    """Open the recogniser of `options["role"]`."""
    from wenyun.engine.charset import load_charset
    from wenyun.engine.recognise import LineCrop, Recogniser
    from wenyun.models.manifest import load_manifest
    from wenyun.models.sessions import SessionCache

    from wenyun.deadline import Deadline
    from wenyun.settings import find_model_dir

    manifest = load_manifest(find_model_dir(os.environ))
    entry = manifest.entry(job["options"]["role"])
    session = SessionCache(manifest, job["threads"]).get(entry.role)
    assert entry.charset is not None
    charset = load_charset(entry.charset, entry.blank)
    recogniser = Recogniser(entry, session, charset, job["options"]["lang"])
    executor = ThreadPoolExecutor(job["threads"])

    def lines(files: list[str]) -> list[Page]:
        crops = [_crop(file, LineCrop) for file in files]
        readings = recogniser.read(crops, executor, Deadline())
        return [{"lines": [{"text": reading.text}]} for reading in readings]

    return lines, dict


def _crop(file: str, crop: Any) -> Any:
    picture = np.asarray(cv2.imread(file), np.uint8)
    return crop(picture.shape[1] / picture.shape[0], lambda: picture)


if __name__ == "__main__":
    run(make)
