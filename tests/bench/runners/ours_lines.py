"""One of our recognisers alone: each file is a line, read as the engine reads it."""

import os
from typing import Any

import cv2
import numpy as np

from tests.bench.runners.common import Job, Page, ReadFiles, run


def make(job: Job) -> tuple[ReadFiles, Any]:
    """Open the recogniser of `options["role"]`."""
    from wenyun.deadline import Deadline
    from wenyun.engine.recognise import LineCrop
    from wenyun.engine.toolbox import Toolbox
    from wenyun.models.manifest import load_manifest
    from wenyun.models.sessions import SessionCache
    from wenyun.settings import find_model_dir

    sessions = SessionCache(load_manifest(find_model_dir(os.environ)), job["threads"])
    tools = Toolbox(sessions, job["threads"])
    recogniser = tools.recogniser(job["options"]["role"], job["options"]["lang"])

    def lines(files: list[str]) -> list[Page]:
        crops = [_crop(file, LineCrop) for file in files]
        readings = recogniser.read(crops, tools.executor, Deadline())
        return [{"lines": [{"text": reading.text}]} for reading in readings]

    return lines, dict


def _crop(file: str, crop: Any) -> Any:
    picture = np.asarray(cv2.imread(file), np.uint8)
    return crop(picture.shape[1] / picture.shape[0], lambda: picture)


if __name__ == "__main__":
    run(make)
