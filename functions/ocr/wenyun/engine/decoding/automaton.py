"""Patterns of texts, followed character by character: what may come next, and where a text may end.

A pattern is written with literal characters, `[sets]`, `#` for a digit and `?` behind what may be
left out. Several are followed at once (Thompson 1968); states are made when they are first met.
"""

from collections.abc import Iterable

Element = tuple[frozenset[str], bool]
"""Characters that may stand in a place, and whether the place may be left out."""

Place = tuple[int, int]
"""A pattern and an element of it that comes next."""

DIGITS = frozenset("0123456789")


class Automaton:
    """Any of some patterns, whole."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [parsed(pattern) for pattern in patterns]
        self._moves: dict[tuple[frozenset[Place], str], frozenset[Place]] = {}
        self.first = self._open((number, 0) for number in range(len(self._patterns)))
        self.alphabet = frozenset(
            mark for pattern in self._patterns for marks, _ in pattern for mark in marks
        )

    def step(self, state: frozenset[Place], mark: str) -> frozenset[Place]:
        """The state behind a character; empty where it may not stand there."""
        key = (state, mark)
        if key not in self._moves:
            self._moves[key] = self._open(
                (number, at + 1)
                for number, at in state
                if at < len(self._patterns[number]) and mark in self._patterns[number][at][0]
            )
        return self._moves[key]

    def ends(self, state: frozenset[Place]) -> bool:
        """Whether a text may end here."""
        return any(at == len(self._patterns[number]) for number, at in state)

    def takes(self, text: str) -> bool:
        """Whether a text is of a pattern."""
        state = self.first
        for mark in text:
            state = self.step(state, mark)
        return self.ends(state)

    def _open(self, places: Iterable[Place]) -> frozenset[Place]:
        """Places, and those behind what may be left out."""
        found = set()
        for number, at in places:
            pattern = self._patterns[number]
            found.add((number, at))
            while at < len(pattern) and pattern[at][1]:
                at += 1
                found.add((number, at))
        return frozenset(found)


def parsed(pattern: str) -> list[Element]:
    """A pattern's elements."""
    elements: list[Element] = []
    at = 0
    while at < len(pattern):
        if pattern[at] == "[":
            end = pattern.index("]", at)
            marks, at = frozenset(pattern[at + 1 : end]), end + 1
        else:
            marks = DIGITS if pattern[at] == "#" else frozenset(pattern[at])
            at += 1
        optional = pattern[at : at + 1] == "?"
        at += optional
        elements.append((marks, optional))
    return elements
