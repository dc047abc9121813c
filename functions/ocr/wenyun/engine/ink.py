"""Which pixels of a small picture are ink."""

import cv2
import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Image


def ink_of(image: Image) -> npt.NDArray[np.bool_]:
    """(H, W) bool: the pixels that differ from the ground, by Otsu's threshold (1979).

    The ground is whichever side of the threshold holds most of the border.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    _, light = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    border = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    return np.asarray(light != round(float(border.mean())), np.bool_)
