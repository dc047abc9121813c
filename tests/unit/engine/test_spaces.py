"""Spaces between Latin words are put back at gaps; beside punctuation of full width are none."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.enginekit.colours import bar_reader, bars
from tests.enginekit.ctckit import close
from wenyun.deadline import Deadline
from wenyun.engine.ctc import Reading
from wenyun.engine.recognise import LineCrop
from wenyun.engine.spaces import drop_spaces, insert_spaces, restore_spaces


def read(text: str, drops_spaces: bool = True, **drawn: int) -> Reading:
    """What is read of drawn bars; the model itself knows no spaces."""
    image = bars(text, **drawn)
    crop = LineCrop(image.shape[1] / image.shape[0], lambda: image)
    recogniser, _ = bar_reader(drops_spaces=drops_spaces)
    with ThreadPoolExecutor(1) as pool:
        (reading,) = recogniser.read([crop], pool, Deadline())
    return reading


@pytest.mark.parametrize("text", ["ab ab", "aba baB abA", "a ab A bab b", "aAb BAb"])
def test_words_are_parted_where_they_stand_apart(text: str) -> None:
    assert read(text).text == text


@pytest.mark.parametrize("text", ["ab", "ababABab", "a", "bab" * 8])
def test_a_word_stays_whole(text: str) -> None:
    assert read(text).text == text


@pytest.mark.parametrize("gap", [4, 8, 12, 16])
def test_spaced_out_letters_are_no_words(gap: int) -> None:
    """Wide as the gaps are, they are all alike."""
    assert read("abABab", gap=gap).text == "abABab"


@pytest.mark.parametrize("text", ["发 票", "1 9", "a 9", "9 b", "发 a"])
def test_only_latin_letters_have_words(text: str) -> None:
    """Figures and Chinese stand apart for other reasons."""
    assert read(text).text == text.replace(" ", "")


def test_a_gap_less_wide_than_a_word_gap() -> None:
    """Kerning: 8 pixels among gaps of 4, on ink 24 high."""
    assert read("ab ba", space=8).text == "abba"


def test_a_model_that_reads_spaces_is_left_alone() -> None:
    assert read("ab ab", drops_spaces=False).text == "abab"


def test_a_space_is_as_sure_as_the_less_sure_neighbour() -> None:
    reading = insert_spaces(Reading("abc", (0.9, 0.7, 0.8), (0.1, 0.5, 0.9)), [0, 1])
    assert reading.text == "a b c"
    assert close(reading.confidences, [0.9, 0.7, 0.7, 0.7, 0.8])
    assert close(reading.positions, [0.1, 0.3, 0.5, 0.7, 0.9])


def test_no_space_to_insert() -> None:
    reading = Reading("ab", (0.9, 0.8), (0.2, 0.8))
    assert insert_spaces(reading, []) == reading


@pytest.mark.parametrize("at", [0.0, 0.1, 0.2])
def test_a_margin_parts_no_words(at: float) -> None:
    """A first letter that the model sees too far to the left, before a margin as wide as a word
    gap: `I nvoice`."""
    ink = np.zeros((32, 200), np.bool_)
    for left in range(40, 180, 20):
        ink[4:28, left : left + 16] = True
    centres = (at, *[(left + 8) / 200 for left in range(60, 180, 20)])
    assert restore_spaces(Reading("Invoice", (0.9,) * 7, centres), ink).text == "Invoice"


def test_a_gap_in_which_a_centre_is_taken_to_lie_still_parts_words() -> None:
    """The first letter's centre lies right of its ink, in the gap itself."""
    ink = np.zeros((32, 200), np.bool_)
    for left in (20, 80, 100, 120):
        ink[4:28, left : left + 16] = True
    centres = (45 / 200, 88 / 200, 108 / 200, 128 / 200)
    assert restore_spaces(Reading("aman", (0.9,) * 4, centres), ink).text == "a man"


def test_a_gap_beyond_a_narrow_letter_is_not_taken_for_the_one_before_it() -> None:
    """`Total amount`: the centre of the `l` lies right of its ink, the word gap beyond it."""
    ink = np.zeros((32, 200), np.bool_)
    for left, right in ((10, 26), (30, 46), (50, 54), (74, 90), (94, 110)):
        ink[4:28, left:right] = True
    centres = tuple(at / 200 for at in (18, 38, 57, 82, 102))
    assert restore_spaces(Reading("talam", (0.9,) * 5, centres), ink).text == "tal am"


def said(text: str) -> Reading:
    count = len(text)
    return Reading(text, tuple(n / 100 for n in range(count)), tuple(n / 50 for n in range(count)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("联系人 Linda， 电话 138", "联系人 Linda，电话 138"),
        ("（小写） ¥5", "（小写）¥5"),
        ("见 （附件）", "见（附件）"),
        ("Well, then (a b) “c”", "Well, then (a b) “c”"),
        ("， ，", "，，"),
        ("姓 名", "姓 名"),
        (" a ", " a "),
        ("", ""),
    ],
)
def test_no_space_beside_wide_punctuation(text: str, wanted: str) -> None:
    assert drop_spaces(said(text)).text == wanted


def test_the_other_characters_keep_their_place() -> None:
    tidy = drop_spaces(said("a， b"))
    assert tidy.text == "a，b"
    assert tidy.confidences == (0.0, 0.01, 0.03)
    assert tidy.positions == (0.0, 0.02, 0.06)


def test_a_line_without_such_spaces_is_left_as_it_is() -> None:
    reading = said("中，a b")
    assert drop_spaces(reading) is reading


def test_the_recogniser_leaves_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser, _ = bar_reader(drops_spaces=False)
    monkeypatch.setattr(recogniser._decoder, "decode", lambda *_: said("中， a b"))
    image = bars("ab")
    with ThreadPoolExecutor(1) as pool:
        (reading,) = recogniser.read([LineCrop(2.0, lambda: image)], pool, Deadline())
    assert reading.text == "中，a b"
    assert len(reading.spans) == len(reading.text)
