"""Numbers check as the standards say, and every word can be drawn."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.scenes import flow, fonts, words

RNG = np.random.default_rng


def test_id_number_of_the_standard_example() -> None:
    class Fixed:
        def integers(self, low: int, high: int, count: int) -> list[int]:
            return [0, 0, 2]

    number = words.id_number(Fixed(), "110105", date(1949, 12, 31))  # type: ignore[arg-type]
    assert number == "11010519491231002X"


@pytest.mark.parametrize("seed", range(20))
def test_credit_codes_check(seed: int) -> None:
    code = words.credit_code(RNG(seed), "320506")
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(words.CREDIT_ALPHABET.index(c) * w for c, w in zip(code[:17], weights, strict=True))
    assert len(code) == 18
    assert (total + words.CREDIT_ALPHABET.index(code[17])) % 31 == 0


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (100, "壹圆整"),
        (12_345, "壹佰贰拾叁圆肆角伍分"),
        (100_100, "壹仟零壹圆整"),
        (1_000_000, "壹万圆整"),
        (1_000_600, "壹万零陆圆整"),
        (2_050_007, "贰万零伍佰圆零柒分"),
        (101_000_050, "壹佰零壹万圆伍角整"),
    ],
)
def test_capital_amounts(fen: int, text: str) -> None:
    assert words.capital_amount(fen) == text


def test_people_and_places_are_drawn_by_the_seed() -> None:
    assert words.person(RNG(1)) == words.person(RNG(1))
    assert len({words.person(RNG(seed)) for seed in range(50)}) > 30


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("file", "role"),
    [
        ("prose", "song"),
        ("prose", "kai"),
        ("notes", "hand"),
        ("people", "hei"),
        ("places", "hei"),
        ("places", "hei-bold"),
        ("food", "kai"),
        ("mixed", "hei"),
        ("trade", "song"),
        ("english", "latin"),
    ],
)
def test_a_font_of_the_role_draws_each_text(file: str, role: str) -> None:
    for text in _texts(words.material(file)):
        assert fonts.choose(RNG(0), role, [text]).covers(text)


def test_a_font_without_the_character_is_not_chosen() -> None:
    assert not fonts.face("long-cang").covers("粝")
    with pytest.raises(LookupError, match="hand"):
        fonts.choose(RNG(0), "hand", ["粝"])


def test_a_missing_font_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "_files", dict)
    with pytest.raises(fonts.FontMissingError, match="fonts-lato"):
        fonts.face.__wrapped__("lato")


def test_every_package_of_the_table_is_installed_by_the_project() -> None:
    tests = Path(__file__).parents[1]
    listed = (tests / "packages.txt").read_text("utf-8") + (
        tests / "fonts/package-lock.json"
    ).read_text("utf-8")
    for entry in fonts.table()["fonts"].values():
        assert entry["package"] in listed


def test_chinese_lines_fit_and_no_stop_begins_one() -> None:
    face, text = fonts.face("noto-sans"), "他说，" * 60
    lines = flow.chinese(text, face, 20, 210, first=40)
    assert "".join(lines) == text
    assert all(line[0] not in flow.NOT_FIRST for line in lines)
    assert all(face.at(20).getlength(line.rstrip("，")) <= 210 for line in lines)


def test_latin_lines_keep_words_whole() -> None:
    face, text = fonts.face("lato"), "the ferry left at a quarter past six " * 5
    lines = flow.latin(text, face, 20, 200)
    assert " ".join(lines).split() == text.split()
    assert all(face.at(20).getlength(line) <= 200 for line in lines)
