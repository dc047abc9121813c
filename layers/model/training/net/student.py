"""The student, a CRNN (Shi et al. 2015): convolutions, a BiLSTM, a linear layer a step, CTC.

Its convolutions are the teacher's, whole or up to a cut. Its neck learns to give what the teacher's
neck gives, so that the teacher's own classifier can stand behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from training.net.onnxtorch import GraphModule
from training.net.teacher import CUTS, STRIDE, WIDTH, classifier_weights, teacher


@dataclass(frozen=True, slots=True)
class Block:
    """A depthwise 3×3 and a pointwise convolution; `down` halves rows, columns or both."""

    channels: int
    down: tuple[int, int] = (1, 1)


class Separable(nn.Module):
    """A block with a residual where shapes allow one."""

    def __init__(self, channels: int, block: Block) -> None:
        super().__init__()
        self.depth = nn.Conv2d(channels, channels, 3, block.down, 1, groups=channels, bias=False)
        self.depth_norm = nn.BatchNorm2d(channels)
        self.point = nn.Conv2d(channels, block.channels, 1, bias=False)
        self.point_norm = nn.BatchNorm2d(block.channels)
        self.act = nn.Hardswish()
        self.residual = channels == block.channels and block.down == (1, 1)

    def forward(self, x: Any) -> Any:
        """(N, C, H, W) to (N, channels, H / down, W / down)."""
        y = self.act(self.depth_norm(self.depth(x)))
        y = self.act(self.point_norm(self.point(y)))
        return x + y if self.residual else y


class Bridge(nn.Module):
    """From a cut of the convolutions to a row of steps: blocks, then the mean over rows."""

    def __init__(self, cut: str, blocks: list[Block]) -> None:
        super().__init__()
        _, channels, self.rows, self.stride = CUTS[cut]
        layers = []
        for block in blocks:
            layers.append(Separable(channels, block))
            channels, self.rows = block.channels, -(-self.rows // block.down[0])
            self.stride *= block.down[1]
        if self.stride != STRIDE:
            raise ValueError(f"the blocks end at a stride of {self.stride}, not {STRIDE}")
        self.blocks = nn.ModuleList(layers)
        self.channels = channels

    def forward(self, x: Any) -> Any:
        """(N, C, H, W) to (N, T, channels)."""
        for block in self.blocks:
            x = block(x)
        return x.mean(2).transpose(1, 2)


class Neck(nn.Module):
    """Two BiLSTM layers with a linear way around them."""

    def __init__(self, channels: int, hidden: int, layers: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(channels, hidden, layers, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * hidden, WIDTH)
        self.skip = nn.Linear(channels, WIDTH, bias=False)

    def forward(self, steps: Any) -> Any:
        """(N, T, channels) to (N, T, WIDTH)."""
        return self.out(self.lstm(steps)[0]) + self.skip(steps)


class Student(nn.Module):
    """A reader of our charset.

    Args:
        cut: Where the teacher's convolutions end, a key of CUTS.
        blocks: What follows them; none behind the full convolutions.
        hidden: Cells a direction.
        layers: BiLSTM layers.
    """

    def __init__(self, cut: str, blocks: list[Block], hidden: int = 128, layers: int = 2) -> None:
        super().__init__()
        self.cut = cut
        self.eyes = GraphModule(teacher(), CUTS[cut][0])
        self.bridge = Bridge(cut, blocks)
        self.neck = Neck(self.bridge.channels, hidden, layers)
        self.classifier = teacher_classifier()
        self.freeze(eyes=True, classifier=True)

    def freeze(self, eyes: bool, classifier: bool) -> None:
        """Say which of the teacher's own weights stay as they are."""
        self.eyes.requires_grad_(not eyes)
        self.classifier.requires_grad_(not classifier)

    def groups(self, eyes: float, classifier: float) -> list[dict[str, Any]]:
        """What is trained, with the share of the rate for each; 0 leaves a part as it is."""
        self.freeze(eyes=not eyes, classifier=not classifier)
        parts = [(self.bridge, 1.0), (self.neck, 1.0), (self.classifier, classifier)]
        return trained([*parts, (self.eyes, eyes)])

    def see(self, pictures: Any) -> Any:
        """(N, 3, 48, W) pictures to the features of the cut."""
        if any(one.requires_grad for one in self.eyes.parameters()):
            return self.eyes(pictures)
        with torch.no_grad():
            return self.eyes(pictures)

    def forward(self, features: Any) -> Any:
        """The cut's features to the neck's output, (N, T, WIDTH)."""
        return self.neck(self.bridge(features))


def trained(parts: Iterable[tuple[nn.Module, float]]) -> list[dict[str, Any]]:
    """Groups of an optimiser: what of each part is trained, and at which share of the rate."""
    groups = [
        {"params": [one for one in part.parameters() if one.requires_grad], "scale": scale}
        for part, scale in parts
    ]
    return [group for group in groups if group["params"]]


def teacher_classifier() -> nn.Linear:
    """The teacher's last layer, with our characters alone."""
    weight, bias = classifier_weights()
    layer = nn.Linear(WIDTH, len(bias))
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weight.T.copy()))
        layer.bias.copy_(torch.from_numpy(bias))
    return layer
