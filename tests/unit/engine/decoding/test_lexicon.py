"""The caller's words: taken where the ink speaks for them, and nowhere else."""

import pytest

from tests.unit.engine.decoding.kit import MARKS, read, spelled
from wenyun.engine.decoding.aids import Wishes

DISHES = Wishes(lexicon=("宫保鸡丁", "红烧茄子", "鱼香肉丝"))


def test_a_near_word_that_the_ink_allows() -> None:
    line = spelled("官保鸡丁", p0={"官": 0.9, "宫": 0.09})
    assert read(line, Wishes()) == ("官保鸡丁", "sight")
    assert read(line, DISHES) == ("宫保鸡丁", "lexicon")


def test_a_near_word_that_the_ink_does_not_allow() -> None:
    assert read(spelled("官保鸡丁"), DISHES) == ("官保鸡丁", "sight")


def test_a_clearly_different_line_stays() -> None:
    line = spelled("红烧鱼", p2={"鱼": 0.5, "茄": 0.4})
    assert read(line, DISHES)[0] == "红烧鱼"
    doubtful = spelled("官香鸡子", p0={"官": 0.5, "宫": 0.4}, p1={"香": 0.5, "保": 0.4})
    assert read(doubtful, Wishes(lexicon=("鱼香肉丝",)))[0] == "官香鸡子"


def test_a_word_within_a_line() -> None:
    line = spelled("官保鸡丁 ¥28", p0={"官": 0.8, "宫": 0.15})
    assert read(line, DISHES)[0] == "宫保鸡丁 ¥28"


def test_two_words_within_a_line() -> None:
    line = spelled("官保鸡丁 鱼香肉日", p0={"官": 0.8, "宫": 0.15}, p8={"日": 0.7, "丝": 0.2})
    assert read(line, DISHES)[0] == "宫保鸡丁 鱼香肉丝"


def test_a_character_that_was_passed_over() -> None:
    line = spelled("宫保鸡丁", p2={"鸡": 0.4})
    assert read(line, Wishes()) == ("宫保丁", "sight")
    assert read(line, DISHES) == ("宫保鸡丁", "lexicon")


def test_a_word_that_is_read_is_not_made_another() -> None:
    both = Wishes(lexicon=("红烧茄子", "红烧茄丁"))
    line = spelled("红烧茄子", p3={"子": 0.6, "丁": 0.35})
    assert read(line, both) == ("红烧茄子", "lexicon")


def test_the_likelier_of_two_words() -> None:
    both = Wishes(lexicon=("红烧茄子", "红烧茄丁"))
    line = spelled("红烧茄肉", p3={"肉": 0.6, "丁": 0.25, "子": 0.1})
    assert read(line, both)[0] == "红烧茄丁"


def test_words_of_another_width() -> None:
    line = spelled("￥2B", p2={"B": 0.6, "8": 0.3})
    assert read(line, Wishes(lexicon=("¥28",))) == ("￥28", "lexicon")
    assert read(spelled("¥28"), Wishes(lexicon=("￥28",))) == ("¥28", "lexicon")


@pytest.mark.parametrize("words", [("龘龘",), ("宫",), ("宫保鸡丁龘",), ("保" * 60,)])
def test_words_that_cannot_be_read_do_no_harm(words: tuple[str, ...]) -> None:
    assert read(spelled("宫保鸡丁"), Wishes(lexicon=words)) == ("宫保鸡丁", "sight")


def test_an_empty_line() -> None:
    assert read(spelled(" ")[1:], DISHES)[0] == ""


def test_a_thousand_words_and_a_long_line() -> None:
    words = tuple(a + b + c for a in MARKS[:10] for b in MARKS[10:20] for c in MARKS[20:30])
    text = "0a1bkc2cm" * 12
    assert read(spelled(text), Wishes(lexicon=words))[0] == text


def test_confidence_says_how_sure_the_word_is() -> None:
    from tests.unit.engine.decoding.kit import decoder

    close = decoder(DISHES).decode(spelled("官保鸡丁", p0={"官": 0.5, "宫": 0.45}), 8)
    far = decoder(DISHES).decode(spelled("官保鸡丁", p0={"官": 0.99, "宫": 0.005}), 8)
    assert close.text == far.text == "宫保鸡丁"
    assert close.confidence > far.confidence > 0.5
