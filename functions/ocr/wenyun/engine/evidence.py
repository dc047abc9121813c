"""How much speaks for a way of reading: the characters that were read surely."""

from collections.abc import Iterable

from wenyun.engine.lines import Line

EVEN = 0.5
"""A character less sure than this says nothing: readers find something in any picture."""


def evidence(lines: Iterable[Line]) -> float:
    """How many characters were surely read, each counting by how sure it is.

    Sums tell the right way from the wrong ones better than means do: upside down, few characters
    are found at all, but those may be sure.
    """
    return sum(
        (sure - EVEN) / (1 - EVEN)
        for line in lines
        if line.reading
        for sure in line.reading.confidences
        if sure > EVEN
    )


def sureness(lines: Iterable[Line]) -> float:
    """Mean probability of all characters; 0 where none was read."""
    values = [sure for line in lines if line.reading for sure in line.reading.confidences]
    return sum(values) / len(values) if values else 0.0


def is_han(line: Line) -> bool:
    """Whether most characters that were read are Han."""
    text = line.reading.text if line.reading else ""
    return 2 * sum("\u4e00" <= mark <= "\u9fff" for mark in text) > len(text)
