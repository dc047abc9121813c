"""Ink that a reading passed over lowers its confidence and sends it on."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pytest

from wenyun.engine.ctc import Reading
from wenyun.engine.ink import ink_of
from wenyun.engine.unread import unread_share

Ink = npt.NDArray[np.bool_]
HEIGHT, PITCH, COUNT = 32, 30, 20


def line(characters: Iterable[int] = range(COUNT), top: int = 2, bottom: int = 30) -> Ink:
    """Ink of characters at these of twenty places."""
    ink = np.zeros((HEIGHT, PITCH * COUNT), np.bool_)
    for place in characters:
        ink[top:bottom, PITCH * place + 2 : PITCH * (place + 1) - 2] = True
    return ink


def reading(places: Iterable[int]) -> Reading:
    centres = tuple((place + 0.5) / COUNT for place in places)
    return Reading("文" * len(centres), (0.9,) * len(centres), centres)


def test_a_line_that_is_read_whole() -> None:
    assert unread_share(reading(range(COUNT)), line()) == 0


@pytest.mark.parametrize(
    "read", [range(10), range(10, COUNT), [*range(5), *range(15, COUNT)]], ids=str
)
def test_a_line_read_in_part(read: Iterable[int]) -> None:
    """Half of the characters are passed over, at the end, the start or in the middle."""
    assert unread_share(reading(read), line()) == pytest.approx(0.5, abs=0.06)


def test_nothing_read_at_all() -> None:
    assert unread_share(reading([]), line()) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("read", [range(8), [0, COUNT - 1]], ids=str)
def test_paper_is_not_to_be_read(read: Iterable[int]) -> None:
    assert unread_share(reading(read), line(read)) == 0


def test_a_rule_or_leader_dots_are_not_to_be_read() -> None:
    ink = line([0, 1, 2, 17, 18, 19])
    ink[26:29] = True
    assert unread_share(reading([0, 1, 2, 17, 18, 19]), ink) == 0


def test_no_ink() -> None:
    assert unread_share(reading([]), line([])) == 0


def test_what_is_unread_lowers_the_confidence() -> None:
    whole = Reading("ab", (0.9, 0.8), (0.2, 0.8))
    half = Reading("ab", (0.9, 0.8), (0.2, 0.8), unread=0.5)
    assert half.confidence == pytest.approx(whole.confidence / 2)
    assert (whole.weakest, half.weakest) == (0.8, 0.0)


@pytest.mark.parametrize(("paper", "ink"), [(240, 20), (20, 240), (140, 100)])
def test_ink_is_what_differs_from_the_border(paper: int, ink: int) -> None:
    image = np.full((30, 60, 3), paper, np.uint8)
    image[8:22, 10:50] = ink
    found = ink_of(image)
    assert found[8:22, 10:50].all()
    assert found.sum() == 14 * 40
