"""Pictures with text for the images to read."""

from collections.abc import Iterator

import cv2
import numpy as np

from tests.pictures.make import save
from tests.scenes.catalogue import render

SCENES = ("invoice", "sign", "menu", "english", "vertical")
FORMATS = ("png", "jpeg", "webp", "tiff", "bmp")


def photo(width: int, height: int) -> bytes:
    """A scene enlarged to a camera's size, as JPEG."""
    picture = render("menu", 3).picture
    large = cv2.resize(picture, (width, height), interpolation=cv2.INTER_CUBIC)
    return save(np.asarray(large, np.uint8), "JPEG")


def scene_files() -> Iterator[tuple[str, bytes]]:
    """File name and bytes of scenes, each in another format."""
    for scene, kind in zip(SCENES, FORMATS, strict=True):
        yield f"{scene}.{kind}", save(render(scene, 7).picture, kind.upper())
