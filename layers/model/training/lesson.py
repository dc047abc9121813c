"""What a keeper is taught with: what lines say, and a price for reading otherwise than at first."""

import math
from itertools import chain
from typing import Any

import torch

from training import losses
from training.batches import Batch
from training.config import Config
from training.net.keeper import Keeper
from training.net.origin import ORIGINS
from training.validate import folded, spell

DOUBT = 0.25
"""How much of the published reader is kept on lines that it reads wrongly."""

HOPELESS = 1.0
"""Cost a character of a line that a keeper is taught half as hard."""

CHANCE = 512
"""Classes by chance on which a batch is trained beside those that it needs."""


class Lesson:
    """A keeper, which starts as a published reader, with its losses.

    Whether a gap is a space is left to CTC. Lines with characters that the published reader does
    not know cost nothing, those that it reads wrongly little. Features are shaken, so that what is
    kept is kept around drawn lines too, where real ones lie.
    """

    def __init__(self, config: Config, device: str) -> None:
        self.keeper = make_keeper(config).to(device)
        characters = self.keeper.origin.characters()
        self._places = class_places(characters)
        self._known = self.keeper.origin.published()
        self._readable = set(self._known)
        self._shake = config.shake
        self._device = device

    def losses(self, batch: Batch) -> dict[str, Any]:
        """`distil`, the divergence from the published reader, and `ctc`."""
        seen = shaken(batch.seen.to(self._device), self._shake)
        first = self.keeper.published_neck(seen).detach()
        neck = self.keeper.neck(seen)
        told = self.keeper.published_best(first)
        texts = classes_of(batch.texts, self._places)
        chosen, offset = self._some(told, neck, texts)
        logs = (self.keeper.some(neck, chosen) + offset).float().log_softmax(2)
        known = chosen[chosen <= len(self._known)]
        origin = self.keeper.published_some(first, known) + offset[: len(known)]
        places = {one: place for place, one in enumerate(chosen.tolist())}
        there = [[places[one] for one in text] for text in texts]
        return {
            "distil": losses.kept(logs, origin, self._weights(told, batch.texts)),
            "ctc": losses.ctc(logs, there, HOPELESS),
        }

    def _some(self, told: Any, neck: Any, texts: list[list[int]]) -> tuple[Any, Any]:
        """The classes that matter to a batch and some by chance, in order, and what to add.

        Nine tenths of the time would go into classes that nobody takes for right. Those drawn by
        chance stand for all others: their scores are raised by the logarithm of how many each
        stands for (sampled softmax, Jean et al. 2015).
        """
        with torch.no_grad():
            mine = self.keeper.best(neck)
        count = len(self._places) + 1
        asked = torch.tensor([0, len(self._known), *chain.from_iterable(texts)]).to(mine.device)
        needed = torch.cat([asked, told.flatten(), mine.flatten()]).unique()
        offset = torch.full((count,), -math.inf, device=told.device)
        chance = torch.randperm(count, device=told.device)[:CHANCE]
        offset[chance] = math.log(count / CHANCE)
        offset[needed] = 0.0
        chosen = torch.nonzero(offset > -math.inf)[:, 0]
        return chosen, offset[chosen]

    def _weights(self, told: Any, texts: list[str]) -> Any:
        weights = [
            (1.0 if folded(mine) == folded(text) else DOUBT) * (set(text) <= self._readable)
            for mine, text in zip(spell(told, self._known), texts, strict=True)
        ]
        return torch.tensor(weights, device=self._device)


def class_places(characters: list[str]) -> dict[str, int]:
    """Character to class, the blank being class 0."""
    return {one: number + 1 for number, one in enumerate(characters)}


def classes_of(texts: list[str], places: dict[str, int]) -> list[list[int]]:
    """The classes of each text's characters."""
    return [[places[one] for one in text] for text in texts]


def shaken(seen: Any, much: float) -> Any:
    """Features (N, C, 1, T) with gain and offset of each channel of a line changed, and noise."""
    if not much:
        return seen
    spread = seen.std((0, 3), keepdim=True) * much
    line = torch.randn(*seen.shape[:2], 1, 1, device=seen.device)
    gain = 1 + much * torch.randn_like(line)
    return seen * gain + spread * (line + torch.randn_like(seen))


def make_keeper(config: Config) -> Keeper:
    """A keeper with the weights that it starts with."""
    return Keeper(ORIGINS[config.source], config.hidden, config.layers)
