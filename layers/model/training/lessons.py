"""What a student is taught with and judged by: a teacher's neck, or what it was at first."""

import math
from collections.abc import Iterable
from itertools import chain
from typing import Any, Protocol

import torch

from training import losses
from training.batches import Batch
from training.config import Config, Phase
from training.net.charset import load_characters
from training.net.keeper import Keeper
from training.net.origin import ORIGINS
from training.net.student import Student, teacher_classifier
from training.validate import folded, spell, validate, validate_kept

Parts = dict[str, Any]
DOUBT = 0.25
"""How much of the published reader is kept on lines that it reads wrongly."""

HOPELESS = 1.0
"""Cost a character of a line that a keeper is taught half as hard."""

CHANCE = 512
"""Classes by chance on which a batch is trained beside those that it needs."""


class Lesson(Protocol):
    """A student with its losses."""

    student: Any

    def losses(self, batch: Batch, phase: Phase) -> Parts:
        """`distil`, and `ctc` where the phase has it."""

    def judge(self, student: Any, batches: Iterable[Batch]) -> dict[str, float]:
        """Shares of validation lines, among them `exact` and `spaced`."""


class Taught:
    """A student that learns to give what the teacher's neck gives.

    `taught` is the last layer that the shards' targets belong to; the teacher's if None.
    """

    def __init__(self, config: Config, taught: Any, device: str) -> None:
        taught = teacher_classifier() if taught is None else taught
        student = make_student(config)
        student.classifier.load_state_dict(taught.state_dict())
        self.student = student.to(device, memory_format=torch.channels_last)
        self._places = class_places(load_characters())
        self._taught = taught.to(device).requires_grad_(False)
        self._pictures = config.source == "pictures"
        self._source = config.source
        self._device = device

    def losses(self, batch: Batch, phase: Phase) -> Parts:
        """Error to the teacher's neck and its likeliest classes; CTC."""
        student = self.student
        seen, target = batch.seen.to(self._device), batch.target.to(self._device)
        if self._pictures:
            seen = student.see(seen.contiguous(memory_format=torch.channels_last))
        neck = student(seen)
        error = losses.relative_error(neck.float(), target)
        assert batch.likely is not None
        classes, logits = (one.to(self._device) for one in batch.likely)
        likeness = losses.divergence(neck, classes, logits, student.classifier)
        parts = {"distil": error + likeness}
        if phase.ctc:
            logs = student.classifier(neck).float().log_softmax(2)
            parts["ctc"] = losses.ctc(logs, classes_of(batch.texts, self._places))
        return parts

    def judge(self, student: Any, batches: Iterable[Batch]) -> dict[str, float]:
        """Exact lines, and agreement with the teacher."""
        return validate(student, self._taught, batches, self._source, self._device)


class Kept:
    """A student that starts as a published reader: CTC, and a price for reading otherwise.

    Whether a gap is a space is left to CTC. Lines with characters that the published reader does
    not know cost nothing, those that it reads wrongly little. Features are shaken, so that what is
    kept is kept around drawn lines too, where real ones lie.
    """

    def __init__(self, config: Config, device: str) -> None:
        self.student = make_student(config).to(device)
        self._characters = self.student.origin.characters()
        self._places = class_places(self._characters)
        self._known = self.student.origin.published()
        self._readable = set(self._known)
        self._shake = config.shake
        self._device = device

    def losses(self, batch: Batch, phase: Phase) -> Parts:
        """Divergence from the published reader; CTC."""
        seen = shaken(batch.seen.to(self._device), self._shake)
        first = self.student.published_neck(seen).detach()
        neck = self.student.neck(seen)
        told = self.student.published_best(first)
        texts = classes_of(batch.texts, self._places)
        chosen, offset = self._some(told, neck, texts)
        logs = (self.student.some(neck, chosen) + offset).float().log_softmax(2)
        known = chosen[chosen <= len(self._known)]
        origin = self.student.published_some(first, known) + offset[: len(known)]
        parts = {"distil": losses.kept(logs, origin, self._weights(told, batch.texts))}
        if phase.ctc:
            places = {one: place for place, one in enumerate(chosen.tolist())}
            there = [[places[one] for one in text] for text in texts]
            parts["ctc"] = losses.ctc(logs, there, HOPELESS)
        return parts

    def _some(self, told: Any, neck: Any, texts: list[list[int]]) -> tuple[Any, Any]:
        """The classes that matter to a batch and some by chance, in order, and what to add.

        Nine tenths of the time would go into classes that nobody takes for right. Those drawn by
        chance stand for all others: their scores are raised by the logarithm of how many each
        stands for (sampled softmax, Jean et al. 2015).
        """
        with torch.no_grad():
            mine = self.student.best(neck)
        count = len(self._characters) + 1
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

    def judge(self, student: Any, batches: Iterable[Batch]) -> dict[str, float]:
        """Exact lines, and how many of the published reader's right ones are right still."""
        return validate_kept(student, batches, self._characters, self._known, self._device)


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


def make_student(config: Config) -> Any:
    """A student with the weights that it starts with."""
    if config.keeps:
        return Keeper(ORIGINS[config.source], config.hidden, config.layers)
    return Student(config.cut, config.blocks, config.hidden, config.layers)


def lesson(config: Config, taught: Any, device: str) -> Lesson:
    """The lesson that a config asks for."""
    return Kept(config, device) if config.keeps else Taught(config, taught, device)
