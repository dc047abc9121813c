"""Lines of any length: cut where there is no ink, read in pieces, joined without a seam."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.enginekit.colours import bar_reader, bars
from wenyun.deadline import Deadline
from wenyun.engine.chunks import LONGEST, OVERLAP, PIECE, Piece, join, plan, read_crops
from wenyun.engine.ctc import Reading
from wenyun.engine.geometry import Image
from wenyun.engine.recognise import MAX_RATIO, LineCrop

ALPHABET = "abAB19"


def whole(image: Image) -> LineCrop:
    return LineCrop(image.shape[1] / image.shape[0], lambda: image)


def text_of(length: int) -> str:
    """So many characters in an order that shows any lost or doubled one."""
    rng = np.random.default_rng(length)
    return "".join(ALPHABET[i] for i in rng.integers(0, len(ALPHABET), length))


def read(crops: Sequence[LineCrop]) -> list[Reading]:
    with ThreadPoolExecutor(2) as executor:
        recogniser, _ = bar_reader()
        return read_crops(crops, lambda own: recogniser.read(own, executor, Deadline()))


@pytest.mark.parametrize("length", [5, 200, 217, 400, 1000, 1307])
def test_no_character_is_lost_or_doubled(length: int) -> None:
    text = text_of(length)
    image = bars(text)
    (reading,) = read([whole(image)])
    assert reading.text == text
    assert len(reading.positions) == len(reading.confidences) == length


def test_positions_are_those_of_the_whole_line() -> None:
    image = bars(text_of(1200))
    (reading,) = read([whole(image)])
    assert image.shape[1] > MAX_RATIO * image.shape[0]
    centres = (4 + 12 * np.arange(1200) + 4) / image.shape[1]
    assert list(reading.positions) == sorted(reading.positions)
    assert np.abs(np.array(reading.positions) - centres).max() * image.shape[1] < 6


def test_every_character_has_its_span() -> None:
    image = bars(text_of(1200))
    (reading,) = read([whole(image)])
    starts = 4 + 12 * np.arange(1200)
    spans = np.array(reading.spans) * image.shape[1]
    assert spans.shape == (1200, 2)
    assert np.abs(spans - np.stack([starts, starts + 8], axis=1)).max() < 2


def test_short_and_long_lines_come_back_in_order() -> None:
    texts = ["ab", text_of(900), "19", text_of(700), "BA"]
    assert [one.text for one in read([whole(bars(text)) for text in texts])] == texts


def test_short_lines_go_to_the_reader_together() -> None:
    calls: list[int] = []

    def answer(crops: Sequence[LineCrop]) -> list[Reading]:
        calls.append(len(crops))
        return [Reading("", (), ())] * len(crops)

    read_crops([whole(bars("ab"))] * 3, answer)
    assert calls == [3]


def test_a_piece_is_never_much_wider_than_it_should_be() -> None:
    widths: list[float] = []

    def answer(crops: Sequence[LineCrop]) -> list[Reading]:
        widths.extend(crop.ratio for crop in crops)
        return [Reading("", (), ())] * len(crops)

    read_crops([whole(bars(text_of(1300)))], answer)
    assert len(widths) > 10
    assert max(widths) <= PIECE + 8


@pytest.mark.parametrize("width", [100, 4000, 12_345])
def test_pieces_cover_a_line_once(width: int) -> None:
    ink = np.random.default_rng(2).random((32, width)) < 0.01
    pieces = plan(ink)
    assert (pieces[0].start, pieces[-1].end) == (0, width)
    assert [piece.start for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]
    for piece in pieces:
        assert piece.seen_start == max(0, piece.start - round(OVERLAP * 32))
        assert piece.seen_end == min(width, piece.end + round(OVERLAP * 32))


def test_a_line_is_cut_in_its_widest_gap() -> None:
    ink = np.ones((32, 2560), np.bool_)
    ink[:, 1240:1244] = False
    ink[:, 1300:1330] = False
    first, _ = plan(ink)
    assert first.end == 1315


def test_a_line_without_a_gap_is_cut_where_there_is_least_ink() -> None:
    ink = np.ones((32, 2560), np.bool_)
    ink[4:, 1250:1260] = False
    first, _ = plan(ink)
    assert 1250 <= first.end <= 1260


PIECES = [Piece(0, 1000, 0, 1032), Piece(1000, 2000, 968, 2000)]


def said(text: str, *pixels: float, piece: Piece) -> Reading:
    seen = piece.seen_end - piece.seen_start
    places = tuple((at - piece.seen_start) / seen for at in pixels)
    return Reading(text, (0.9,) * len(text), places)


def test_what_both_pieces_see_counts_once() -> None:
    left = said("abc", 500, 980, 1016, piece=PIECES[0])
    right = said("bcd", 980, 1016, 1500, piece=PIECES[1])
    assert join([left, right], PIECES, 2000, 32).text == "abcd"


@pytest.mark.parametrize(("left_at", "right_at"), [(997, 1003), (1003, 997), (999, 998)])
def test_a_space_at_the_seam_counts_once(left_at: float, right_at: float) -> None:
    left = said("a b", 970, left_at, 1020, piece=PIECES[0])
    right = said("a b", 970, right_at, 1020, piece=PIECES[1])
    assert join([left, right], PIECES, 2000, 32).text == "a b"


def test_a_space_behind_the_seam_stays_behind_its_letter() -> None:
    left = said("a i ", 970, 997, 1003, 1007, piece=PIECES[0])
    right = said("i b", 1003, 1007, 1020, piece=PIECES[1])
    assert join([left, right], PIECES, 2000, 32).text == "a i b"


def test_the_last_character_may_end_the_line() -> None:
    right = Reading("z", (0.9,), (1.0,))
    assert join([Reading("", (), ()), right], PIECES, 2000, 32).text == "z"


def test_unread_ink_is_that_of_the_pieces() -> None:
    left, right = Reading("a", (0.9,), (0.2,), 0.5), Reading("b", (0.9,), (0.7,), 0.0)
    assert join([left, right], PIECES, 2000, 32).unread == pytest.approx(0.258)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_long_line_of_nothing(value: int) -> None:
    image = np.full((10, 5000, 3), value, np.uint8)
    (reading,) = read([whole(image)])
    assert 0 <= reading.confidence <= 1


@pytest.mark.parametrize("height", [1, 3, 10])
def test_the_work_on_a_line_is_bounded(height: int) -> None:
    ratios: list[float] = []

    def answer(crops: Sequence[LineCrop]) -> list[Reading]:
        ratios.extend(crop.ratio for crop in crops)
        return [Reading("", (), ())] * len(crops)

    read_crops([whole(np.full((height, 40_000, 3), 200, np.uint8))], answer)
    assert sum(ratios) <= LONGEST + 2 * (OVERLAP + 1) * len(ratios)
    assert len(ratios) <= LONGEST / PIECE + 1
