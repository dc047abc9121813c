"""PP-OCRv6 tiny, whose convolutions and own way to its classes the fast student begins with."""

from functools import cache

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from builder.fetch import read_file
from training.net import teacher
from training.net.charset import load_characters
from training.paths import RECIPE

FILE = "weights/PP-OCRv6_rec_tiny.onnx"
SHA256 = "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6"
CHARSET = "weights/PP-OCRv6_rec_tiny.txt"
CHARSET_SHA256 = "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc"

EYES = "p2o.pd_op.pool2d.0.0"
"""What its convolutions give, (N, 160, 1, W/8)."""

CHANNELS = 160
WAY = "p2o.pd_op.add.40.0"
"""Where its own few layers behind them end, (N, W/8, WAY_WIDTH)."""

WAY_WIDTH = 80
CLASSIFIER = ("linear_1.w_0", "linear_1.b_0")

Floats = npt.NDArray[np.float32]


@cache
def tiny() -> onnx.ModelProto:
    """The published model, as the layer has it."""
    return onnx.load_model_from_string(read_file(RECIPE, FILE, SHA256))


def tiny_characters() -> list[str]:
    """The characters of its classes; class 0 is the blank."""
    lines = read_file(RECIPE, CHARSET, CHARSET_SHA256).decode().rstrip("\r\n").split("\n")
    return ["", *(line.rstrip("\r") for line in lines), " "]


def tiny_classifier_weights() -> tuple[Floats, Floats]:
    """Its last layer for our classes: (WAY_WIDTH, classes) and (classes,).

    It lacks some rare characters of ours. Theirs come from the teacher's last layer, through the
    linear map that takes the teacher's weights nearest to its own where both know a character.
    """
    known = {item.name: item for item in tiny().graph.initializer}
    weight, bias = (numpy_helper.to_array(known[name]) for name in CLASSIFIER)
    places = {one: number for number, one in enumerate(tiny_characters())}
    classes = [places.get(one, -1) for one in ["", *load_characters()]]
    held = np.array(classes) >= 0
    mine = np.concatenate([weight, bias[None]])[:, classes]
    theirs = np.concatenate([part.reshape(-1, len(held)) for part in teacher.classifier_weights()])
    shift = np.ones((1, len(held)), np.float32)
    basis = np.concatenate([theirs, shift])
    carried, *_ = np.linalg.lstsq(basis[:, held].T, mine[:, held].T, rcond=None)
    mine[:, ~held] = (basis[:, ~held].T @ carried).T
    return mine[:-1].astype(np.float32), mine[-1].astype(np.float32)


class Eyes:
    """Runs its convolutions with onnxruntime."""

    def __init__(self, threads: int = 1) -> None:
        self._session = teacher.session(tiny(), [EYES], threads)

    def run(self, pictures: list[teacher.Picture]) -> Floats:
        """(N, T, CHANNELS) for lines of one bucket."""
        (found,) = self._session.run([EYES], {"x": teacher.tensor(pictures)})
        features: Floats = found[:, :, 0].transpose(0, 2, 1)
        return features
