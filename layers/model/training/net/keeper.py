"""A keeper: a published reader as it is, and a BiLSTM beside its last layers.

The BiLSTM's share of what is summed starts at nothing, so that the reader starts as good as the
published one and has only to learn what that one lacks: spaces, signs, characters, context.
"""

from typing import Any

import torch
from torch import nn

from training.net.onnxtorch import GraphModule
from training.net.origin import Origin

UNSEEN = -8.0
"""The bias that a new character starts with: it must not disturb those that are known."""


class Keeper(nn.Module):
    """A reader of the published reader's characters and of those of ours that it lacks.

    Classes are the blank, the characters of the published reader with the space last, ours. The
    published last layer stays beside the trained one for `published`; it is no part of the state.
    """

    def __init__(self, origin: Origin, hidden: int, layers: int) -> None:
        super().__init__()
        self.origin = origin
        self.eyes = GraphModule(origin.model(), origin.eyes).requires_grad_(False)
        self.way = GraphModule(origin.model(), origin.way, origin.eyes).requires_grad_(False)
        self.lstm = nn.LSTM(origin.seen, hidden, layers, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * hidden, origin.width)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        weight, bias = origin.last_layer()
        self.known, self.fresh = nn.Linear(*weight.T.shape), Fresh(origin)
        with torch.no_grad():
            self.known.weight.copy_(weight)
            self.known.bias.copy_(bias)
        self.register_buffer("_weight", weight, persistent=False)
        self.register_buffer("_bias", bias, persistent=False)
        self.register_buffer("_ours", torch.tensor(origin.ours()), persistent=False)

    def groups(self, classifier: float) -> list[dict[str, Any]]:
        """What is trained, with the share of the rate for each.

        Args:
            classifier: The share for the published last layer; 0 leaves it as it is.
        """
        self.known.requires_grad_(bool(classifier))
        parts = [(self.lstm, 1.0), (self.out, 1.0), (self.fresh, 1.0), (self.known, classifier)]
        return [{"params": [*part.parameters()], "scale": scale} for part, scale in parts if scale]

    def see(self, pictures: Any) -> Any:
        """(N, 3, 48, W) pictures to what it looks at, (N, origin.seen, 1, T)."""
        with torch.no_grad():
            seen = self.eyes(pictures)
            if not self.origin.stored:
                return seen
            return torch.cat([seen, self.way(seen).transpose(1, 2)[:, :, None]], 1)

    def forward(self, seen: Any) -> Any:
        """(N, origin.seen, 1, T) to scores, (N, T, classes)."""
        return self.classify(self.neck(seen))

    def neck(self, seen: Any) -> Any:
        """(N, origin.seen, 1, T) to what its last layer is given, (N, T, origin.width)."""
        steps = seen[:, :, 0].transpose(1, 2)
        return self.published_neck(seen) + self.out(self.lstm(steps)[0])

    def published_neck(self, seen: Any) -> Any:
        """What the published last layer is given, (N, T, origin.width)."""
        if self.origin.stored:
            return seen[:, self.origin.channels :, 0].transpose(1, 2)
        return self.way(seen)

    def classify(self, neck: Any) -> Any:
        """(N, T, origin.width) to the scores of all classes."""
        return torch.cat([self.known(neck), self.fresh(neck)], 2)

    def best(self, neck: Any) -> Any:
        """(N, T, origin.width) to the likeliest of our classes, (N, T)."""
        return self._ours[self.some(neck, self._ours).max(2).indices]

    def some(self, neck: Any, classes: Any) -> Any:
        """The scores of some classes alone, (N, T, K)."""
        weight = torch.cat([self.known.weight, self.fresh.weight])[classes]
        bias = torch.cat([self.known.bias, self.fresh.bias])[classes]
        return nn.functional.linear(neck, weight, bias)

    def published_best(self, neck: Any) -> Any:
        """The likeliest of our classes that the published last layer knows, (N, T)."""
        ours = self._ours[self._ours < len(self._bias)]
        return ours[self.published_some(neck, ours).max(2).indices]

    def published_some(self, neck: Any, classes: Any) -> Any:
        """What the published last layer scores some of its classes, (N, T, K)."""
        with torch.no_grad():
            return nn.functional.linear(neck, self._weight[classes], self._bias[classes])

    def published(self, seen: Any) -> Any:
        """What the published reader scores, (N, T, its classes)."""
        with torch.no_grad():
            return nn.functional.linear(self.published_neck(seen), self._weight, self._bias)

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
        """Its last layer as one, with the classes in the order of `Origin.exported`."""
        space = self.known.out_features - 1
        layer = nn.Linear(self.origin.width, space + 1 + len(self.fresh.bias))
        for mine, known, fresh in (
            (layer.weight, self.known.weight, self.fresh.weight),
            (layer.bias, self.known.bias, self.fresh.bias),
        ):
            mine.data.copy_(torch.cat([known[:space], fresh, known[space:]]))
        return layer


class Fresh(nn.Module):
    """The last layer's rows for characters that the published reader lacks, which may be none."""

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        count, span = len(origin.added()), origin.width**-0.5
        self.weight = nn.Parameter(torch.empty(count, origin.width).uniform_(-span, span) * 0.1)
        self.bias = nn.Parameter(torch.full((count,), UNSEEN))

    def forward(self, neck: Any) -> Any:
        """(N, T, width) to scores, (N, T, characters)."""
        return nn.functional.linear(neck, self.weight, self.bias)
