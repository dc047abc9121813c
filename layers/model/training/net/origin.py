"""The published readers that a keeper can start from, with their characters and ours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import onnx
import torch
from onnx import numpy_helper

from builder.fetch import read_file
from training.net import small, tiny
from training.net.charset import carried_characters, load_characters
from training.paths import RECIPE

CHARSET = "weights/PP-OCRv6_rec_tiny.txt"
CHARSET_SHA256 = "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc"


@dataclass(frozen=True, slots=True)
class Origin:
    """A published reader: convolutions, a few layers behind them, a last layer.

    `eyes` is the tensor that its convolutions give, (N, `channels`, 1, W/8), `way` what its last
    layer is given, (N, W/8, `width`). `stored` says that the shards hold the way's end beside the
    convolutions' view, so that a keeper is given both, `channels + width` wide.
    """

    model: Callable[[], onnx.ModelProto]
    eyes: str
    channels: int
    way: str
    width: int
    stored: bool
    classifier: tuple[str, str]
    published: Callable[[], list[str]]

    @property
    def seen(self) -> int:
        """How wide what a keeper looks at is."""
        return self.channels + self.stored * self.width

    def last_layer(self) -> tuple[Any, Any]:
        """The published last layer as PyTorch has it: (classes, width) and (classes,)."""
        known = {item.name: item for item in self.model().graph.initializer}
        weight, bias = (
            torch.from_numpy(numpy_helper.to_array(known[name]).copy()) for name in self.classifier
        )
        return weight.T.contiguous(), bias

    def added(self) -> list[str]:
        """The characters of ours that it lacks."""
        known = set(self.published())
        return [one for one in load_characters() if one not in known]

    def characters(self) -> list[str]:
        """A keeper's characters in the order of its classes, without the blank."""
        return [*self.published(), *self.added()]

    def exported(self) -> list[str]:
        """The same with the space last, as the layer wants it."""
        return [*self.published()[:-1], *self.added(), " "]

    def ours(self) -> list[int]:
        """The classes of the blank and of our characters, in order."""
        mine = set(load_characters())
        return [0, *(n for n, one in enumerate(self.characters(), 1) if one in mine)]


def _tiny_characters() -> list[str]:
    """PP-OCRv6 tiny's characters in the order of its classes, the space last."""
    text = read_file(RECIPE, CHARSET, CHARSET_SHA256).decode("utf-8")
    return [*(row.rstrip("\r") for row in text.rstrip("\r\n").split("\n")), " "]


TINY = Origin(
    model=tiny.tiny,
    eyes=tiny.EYES,
    channels=tiny.CHANNELS,
    way=tiny.WAY,
    width=tiny.WAY_WIDTH,
    stored=False,
    classifier=("linear_1.w_0", "linear_1.b_0"),
    published=_tiny_characters,
)
SMALL = Origin(
    model=small.small,
    eyes=small.EYES,
    channels=small.CHANNELS,
    way=small.NECK,
    width=small.WIDTH,
    stored=True,
    classifier=("linear_8.w_0", "linear_8.b_0"),
    published=lambda: carried_characters(small.small()),
)
ORIGINS = {"tiny": TINY, "small": SMALL}
"""By the names that shards give to what they see (`shards.SIGHTS`)."""
