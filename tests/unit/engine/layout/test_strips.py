"""Pieces of lines joined."""

import numpy as np
import pytest

from wenyun.engine.layout.sheet import Sheet
from wenyun.engine.layout.strips import strip_of


def sheet(*pieces: tuple[str, float, float]) -> Sheet:
    rects = np.array([(x0, 100, x1, 120) for _, x0, x1 in pieces], np.float32)
    count = len(pieces)
    sizes, weights = np.full(count, 20, np.float32), np.full(count, 0.1, np.float32)
    return Sheet(rects, sizes, weights, [text for text, _, _ in pieces], np.zeros(count, np.int8))


def test_pieces_close_together_are_one_line() -> None:
    strip = strip_of([0, 1], sheet(("清晨的雾气", 0, 100), ("贴着江面", 125, 205)))
    assert strip.alone
    assert (strip.text, strip.x0, strip.x1) == ("清晨的雾气 贴着江面", 0, 205)
    assert (strip.members, strip.units) == ((0, 1), 19)


@pytest.mark.parametrize(("first", "alone"), [("姓名", False), ("第1节", True), ("2.1", True)])
def test_pieces_far_apart_are_one_line_only_in_headings(first: str, alone: bool) -> None:
    assert strip_of([0, 1], sheet((first, 0, 60), ("如何刷新目录", 130, 250))).alone is alone


def test_the_longest_piece_shows_the_size() -> None:
    both = sheet(("1", 0, 10), ("a long piece", 20, 140))
    both.sizes[0] = 40
    assert strip_of([0, 1], both).size == 20


def test_where_letters_stand() -> None:
    strip = strip_of([0], sheet(("gym", 0, 60)))
    assert (strip.middle, strip.centre, strip.base) == (110, 30, 116)
