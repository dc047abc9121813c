"""What a line is expected to hold: the likeliest spelling that is a date, amount, number at all.

A part of the line that looks near such a field is searched again among the spellings that the field
allows. The best of them takes the part's place where the picture speaks for it hardly less than for
what was read; all else stays.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from wenyun.engine.decoding.align import score
from wenyun.engine.decoding.alphabet import Alphabet
from wenyun.engine.decoding.beam import Found, beam_search
from wenyun.engine.decoding.draft import Draft, agreed
from wenyun.engine.decoding.near import edits
from wenyun.engine.decoding.steps import SURE, Step

FloatArray = npt.NDArray[np.float32]

MARGIN = 6.0
"""What a changed character may cost in ln of the probability: 400 to 1."""

LENGTH, FIGURE = 4.0, 6.0
"""What a character more or less adds to that cost, and a figure where none was read, or none where
one was: no number is made of what is none."""

FAINT = 1e-5
"""Classes of the field less probable than this are never right."""

MOST, WIDTH = 6, 24
"""Classes a step, and prefixes that are kept: a number of 18 digits ends in a check, so that the
right one may have to come from far down."""

TRUE_DIGITS = 0.5
"""A field of figures has so many of its characters read as digits."""

LOOKALIKES = frozenset("ODQoCUlIi|!]JZzSsBbGgqAT")
"""Letters and marks that are read where digits stand, and the other way round."""

KINDS = ("date", "amount", "id_number")
FIGURES = frozenset("0123456789壹贰叁肆伍陆柒捌玖拾佰仟万亿")
KEPT = frozenset("年月日号元圆万亿¥$€£.,-/+:;' ·，。")
NUMERALS = frozenset("〇零○一二三四五六七八九十")


class Patterns(Protocol):
    """Texts, followed character by character."""

    alphabet: frozenset[str]

    @property
    def first(self) -> Any:
        """The state before the first character."""

    def step(self, state: Any, mark: str) -> Any:
        """The state behind a character; nothing where it may not stand there."""

    def ends(self, state: Any) -> bool:
        """Whether a text may end here."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a kind of field looks like, the texts that it allows, and which of them exist."""

    kind: str
    shapes: tuple[re.Pattern[str], ...]
    patterns: tuple[Patterns, ...]
    exists: Callable[[str], bool]


class FieldGuide:
    """Lets through what patterns allow."""

    def __init__(self, patterns: Patterns, alphabet: Alphabet) -> None:
        self._patterns = patterns
        self._marks = alphabet.folded

    def start(self) -> Any:
        """As in `Guide`."""
        return self._patterns.first

    def step(self, state: Any, label: int) -> tuple[Any, float] | None:
        """As in `Guide`."""
        ahead = self._patterns.step(state, self._marks[label])
        return (ahead, 0.0) if ahead else None

    def ends(self, state: Any) -> bool:
        """As in `Guide`."""
        return self._patterns.ends(state)


class FieldReader:
    """Looks for fields of one kind in lines that one recogniser reads."""

    def __init__(self, field: Field, alphabet: Alphabet) -> None:
        self._field = field
        self._alphabet = alphabet
        self._searches = [
            (FieldGuide(patterns, alphabet), _columns(patterns, alphabet))
            for patterns in field.patterns
        ]

    def __call__(self, draft: Draft, probabilities: FloatArray) -> Draft:
        """The draft with its fields spelled as such; a line holds fields of one kind."""
        if draft.by in KINDS and draft.by != self._field.kind:
            return draft
        done = 0
        for start, end in self._parts(self._alphabet.read(draft.labels)):
            if start < done:
                continue
            found = self._settled(draft, start, end, probabilities)
            if found is not None:
                done = end
                if len(found.labels) != len(draft.labels):
                    return found
                draft = found
        return draft

    def _parts(self, text: str) -> Iterator[tuple[int, int]]:
        """Where fields may be, left to right; of those that begin together the longest first."""
        shape = "".join(map(shape_of, text)) if self._field.kind != "amount" else _money_shape(text)
        spans = {match.span() for form in self._field.shapes for match in form.finditer(shape)}
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            part = text[start:end]
            figures = [mark for mark in part if mark.isdigit()]
            if not figures or len(figures) >= TRUE_DIGITS * len(part.replace(" ", "")) - 3:
                yield start, end

    def _settled(
        self, draft: Draft, start: int, end: int, probabilities: FloatArray
    ) -> Draft | None:
        """The draft with one part spelled as a field; None where it is none."""
        first, last = draft.window(start, end, len(probabilities))
        part = probabilities[first:last]
        now, blank = draft.labels[start:end], self._alphabet.blank
        found = [one for search in self._searches for one in self._spellings(part, *search)]
        if not found:
            return None
        said = self._alphabet.read(now)
        found.sort(key=lambda one: toll(said, self._alphabet.read(one.labels)) - one.score)
        best = self._alphabet.read(found[0].labels)
        cost = score(part, now, blank) - score(part, found[0].labels, blank)
        changed = edits(said, best)
        if cost + toll(said, best) > MARGIN * max(1, changed):
            return None
        if changed:
            labels, sure = found[0].labels, agreed(found)
            draft = draft.spliced(start, end, labels, sure, probabilities, blank)
        return replace(draft, by=self._field.kind)

    def _spellings(
        self, part: FloatArray, guide: FieldGuide, columns: npt.NDArray[np.intp]
    ) -> list[Found]:
        steps = _steps(part, columns, self._alphabet.blank)
        found = beam_search(steps, self._alphabet.blank, guide, WIDTH)
        return [one for one in found if self._field.exists(self._alphabet.read(one.labels))]


def _columns(patterns: Patterns, alphabet: Alphabet) -> npt.NDArray[np.intp]:
    """The blank and every class that the patterns may hold."""
    marks = sorted(patterns.alphabet)
    return np.array([alphabet.blank, *(one for mark in marks for one in alphabet.classes(mark))])


def _steps(part: FloatArray, columns: npt.NDArray[np.intp], blank: int) -> list[Step]:
    """What each step says of a field's classes."""
    few = part[:, columns]
    order = np.argsort(-few, axis=1)[:, :MOST]
    steps: list[Step] = []
    for row, places in zip(few, order, strict=True):
        if row[0] > SURE:
            if not steps or steps[-1] != [(blank, 1.0)]:
                steps.append([(blank, 1.0)])
            continue
        kept = [(int(columns[at]), float(row[at])) for at in places if row[at] > FAINT]
        # A step that shows none of the field's characters costs as much as the faintest.
        steps.append(kept or [(blank, FAINT)])
    return steps


def toll(said: str, best: str) -> float:
    """What it costs beside the picture to read one text for another."""
    had = sum(mark in FIGURES for mark in said)
    may = had + sum(mark in LOOKALIKES or shape_of(mark) == "h" for mark in said)
    has = sum(mark in FIGURES for mark in best)
    return LENGTH * abs(len(said) - len(best)) + FIGURE * (max(0, has - may) + max(0, had - has))


def shape_of(mark: str) -> str:
    """What a character looks like, as the shapes of fields are written."""
    if (mark.isascii() and mark.isdigit()) or mark in LOOKALIKES:
        return "0"
    if mark in KEPT:
        return mark
    if mark in NUMERALS:
        return "一"
    if mark.isascii() and mark.isalpha():
        return "X" if mark in "Xx" else "a"
    return "h" if mark.isalpha() else "?"


def _money_shape(text: str) -> str:
    from wenyun.engine.decoding.amounts import CAPITALS

    return "".join(
        "壹" if mark in CAPITALS and mark not in "元圆万亿" else shape_of(mark).replace("一", "h")
        for mark in text
    )


@cache
def field_of(kind: str) -> Field:
    """The field of a kind; what it needs is imported when it is first asked for."""
    if kind == "date":
        from wenyun.engine.decoding import dates

        return Field(kind, dates.SHAPES, (dates.PATTERNS,), dates.is_day)
    if kind == "amount":
        from wenyun.engine.decoding import amounts

        patterns = (amounts.PATTERNS, amounts.Capitals())
        return Field(kind, amounts.SHAPES, patterns, amounts.is_amount)
    from wenyun.engine.decoding import identity

    return Field(kind, identity.SHAPES, (identity.PATTERNS,), identity.is_identity)
