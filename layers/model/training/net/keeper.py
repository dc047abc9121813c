"""The fast reader: PP-OCRv6 tiny as published, and a BiLSTM beside its last layers.

The BiLSTM's share of what is summed starts at nothing, so that the reader starts as good as the
published one and has only to learn what that one lacks: spaces, signs, characters, context.
"""

from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from builder.fetch import read_file
from training.net.charset import load_characters
from training.net.onnxtorch import GraphModule
from training.net.student import trained
from training.net.tiny import CHANNELS, EYES, WAY, WAY_WIDTH, tiny
from training.paths import RECIPE

CHARSET = "weights/PP-OCRv6_rec_tiny.txt"
CHARSET_SHA256 = "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc"
CLASSIFIER = ("linear_1.w_0", "linear_1.b_0")
UNSEEN = -8.0
"""The bias that a new character starts with: it must not disturb those that are known."""


class Keeper(nn.Module):
    """A reader of PP-OCRv6 tiny's characters and of those of ours that it lacks.

    Classes are the blank, the characters of the published reader with the space last, ours. The
    published last layer stays beside the trained one for `published`; it is no part of the state.
    """

    def __init__(self, hidden: int, layers: int) -> None:
        super().__init__()
        self.eyes = GraphModule(tiny(), EYES).requires_grad_(False)
        self.way = GraphModule(tiny(), WAY, EYES).requires_grad_(False)
        self.lstm = nn.LSTM(CHANNELS, hidden, layers, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * hidden, WAY_WIDTH)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        weight, bias = last_layer(tiny())
        self.known, self.fresh = nn.Linear(*weight.T.shape), nn.Linear(WAY_WIDTH, len(added()))
        with torch.no_grad():
            self.known.weight.copy_(weight)
            self.known.bias.copy_(bias)
            self.fresh.weight.mul_(0.1)
            self.fresh.bias.fill_(UNSEEN)
        self.register_buffer("_weight", weight, persistent=False)
        self.register_buffer("_bias", bias, persistent=False)

    def groups(self, eyes: float, classifier: float) -> list[dict[str, Any]]:
        """What is trained, with the share of the rate for each; 0 leaves a part as it is."""
        self.way.requires_grad_(bool(eyes))
        self.known.requires_grad_(bool(classifier))
        parts = [(self.lstm, 1.0), (self.out, 1.0), (self.fresh, 1.0)]
        return trained([*parts, (self.known, classifier), (self.way, eyes)])

    def see(self, pictures: Any) -> Any:
        """(N, 3, 48, W) pictures to the features of its convolutions."""
        with torch.no_grad():
            return self.eyes(pictures)

    def forward(self, features: Any) -> Any:
        """(N, 160, 1, T) features to scores, (N, T, classes)."""
        return self.classify(self.neck(features))

    def neck(self, features: Any) -> Any:
        """(N, 160, 1, T) features to what its last layer is given, (N, T, 80)."""
        return self.way(features) + self.out(self.lstm(features[:, :, 0].transpose(1, 2))[0])

    def classify(self, neck: Any) -> Any:
        """(N, T, 80) to the scores of all classes."""
        return torch.cat([self.known(neck), self.fresh(neck)], 2)

    def best(self, neck: Any) -> Any:
        """(N, T, 80) to the likeliest classes, (N, T)."""
        known, fresh = self.known(neck).max(2), self.fresh(neck).max(2)
        other = fresh.indices + self.known.out_features
        return torch.where(known.values >= fresh.values, known.indices, other)

    def some(self, neck: Any, classes: Any) -> Any:
        """The scores of some classes alone, (N, T, K)."""
        weight = torch.cat([self.known.weight, self.fresh.weight])[classes]
        bias = torch.cat([self.known.bias, self.fresh.bias])[classes]
        return nn.functional.linear(neck, weight, bias)

    def blend(self, share: float) -> None:
        """Go back towards the published reader: 1 stays as trained, 0 is as published.

        Weights half-way between both often read better than either where lines differ from those
        trained on (WiSE-FT, Wortsman et al. 2021, arXiv 2109.01903).
        """
        with torch.no_grad():
            self.known.weight.copy_(torch.lerp(self._weight, self.known.weight, share))
            self.known.bias.copy_(torch.lerp(self._bias, self.known.bias, share))
            self.out.weight.mul_(share)
            self.out.bias.mul_(share)

    def last_layer(self) -> nn.Linear:
        """Its last layer as one, with the classes in the order of `exported_characters`."""
        space = self.known.out_features - 1
        layer = nn.Linear(WAY_WIDTH, self.known.out_features + self.fresh.out_features)
        for mine, known, fresh in (
            (layer.weight, self.known.weight, self.fresh.weight),
            (layer.bias, self.known.bias, self.fresh.bias),
        ):
            mine.data.copy_(torch.cat([known[:space], fresh, known[space:]]))
        return layer

    def published(self, features: Any) -> Any:
        """What PP-OCRv6 tiny scores, (N, T, its classes)."""
        with torch.no_grad():
            return nn.functional.linear(self.way(features), self._weight, self._bias)


def last_layer(model: onnx.ModelProto) -> tuple[Any, Any]:
    """The published last layer as PyTorch has it: (classes, 80) and (classes,)."""
    known = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    weight, bias = (torch.from_numpy(known[name].copy()) for name in CLASSIFIER)
    return weight.T.contiguous(), bias


def published_characters() -> list[str]:
    """PP-OCRv6 tiny's characters in the order of its classes, the space last."""
    text = read_file(RECIPE, CHARSET, CHARSET_SHA256).decode("utf-8")
    return [*(row.rstrip("\r") for row in text.rstrip("\r\n").split("\n")), " "]


def added() -> list[str]:
    """The characters of ours that PP-OCRv6 tiny lacks."""
    known = set(published_characters())
    return [one for one in load_characters() if one not in known]


def keeper_characters() -> list[str]:
    """A keeper's characters in the order of its classes, without the blank."""
    return [*published_characters(), *added()]


def exported_characters() -> list[str]:
    """The same with the space last, as the layer wants it."""
    return [*published_characters()[:-1], *added(), " "]
