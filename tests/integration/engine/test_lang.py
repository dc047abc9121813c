"""A text for each value of `lang` that the others read differently."""

import numpy as np
import pytest

from tests.enginekit.draw import text_line
from tests.enginekit.reading import texts
from tests.integration.engine.conftest import Read
from wenyun.engine.charset import LANGUAGES


def read_as(read: Read, lang: str, text: str, font: str, profile: str = "fast") -> str:
    page = read(text_line(text, font), lang=lang, profile=profile)
    return "".join(texts(page)).replace(" ", "")


@pytest.mark.parametrize("profile", ["fast", "balanced", "accurate"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_comes_out_that_the_language_does_not_let_through(
    lang: str, profile: str, read: Read
) -> None:
    text = "Ω发票πマ（Aé）、25℃"
    found = read_as(read, lang, text, "noto-sans", profile)
    assert all(LANGUAGES[lang](character) for character in found)


def test_chinese_is_read_by_zh_and_not_by_en(read: Read) -> None:
    found = {lang: read_as(read, lang, "发票号码", "noto-sans") for lang in LANGUAGES}
    assert found["zh"] == found["mix"] == "发票号码"
    assert found["en"] != "发票号码"
    assert found["en"].isascii()


def test_en_reads_ascii_where_the_others_read_chinese_signs(read: Read) -> None:
    """Full-width brackets between letters."""
    found = {lang: read_as(read, lang, "（A）、B", "wqy-zenhei") for lang in LANGUAGES}
    assert found["en"].isascii()
    assert "A" in found["en"]
    assert "B" in found["en"]
    for lang in ("zh", "mix"):
        assert any(character in found[lang] for character in "（）、")


@pytest.mark.parametrize("font", ["noto-sans", "lato", "uming"])
def test_mix_reads_accents_where_the_others_read_plain_letters(font: str, read: Read) -> None:
    found = {lang: read_as(read, lang, "café", font) for lang in LANGUAGES}
    assert found == {"zh": "cafe", "en": "cafe", "mix": "café"}


@pytest.mark.parametrize("font", ["noto-sans", "liberation-sans", "lato", "uming"])
def test_accents_among_other_words(font: str, read: Read) -> None:
    """By itself the word is read with a capital in one font: nothing beside it tells its size."""
    found = {lang: read_as(read, lang, "un café noir", font) for lang in LANGUAGES}
    assert found == {"zh": "uncafenoir", "en": "uncafenoir", "mix": "uncafénoir"}


def test_mix_reads_greek_where_the_others_may_not(read: Read) -> None:
    found = {lang: read_as(read, lang, "π=3.14", "dejavu-sans") for lang in LANGUAGES}
    assert found["mix"] == "π=3.14"
    assert "π" not in found["zh"] + found["en"]
    assert found["zh"].endswith("3.14")


def test_mix_reads_kana_with_the_second_model(read: Read) -> None:
    text = "ひらがなとカタカナ"
    found = {lang: read_as(read, lang, text, "noto-sans", "accurate") for lang in LANGUAGES}
    assert found["mix"] == text
    assert not any("\u3040" <= character <= "\u30ff" for character in found["zh"] + found["en"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_spaces_between_words_are_kept_in_every_language(lang: str, read: Read) -> None:
    page = read(text_line("Total amount due", "liberation-sans"), lang=lang, profile="fast")
    assert " ".join(texts(page)) == "Total amount due"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_read_alike_in_every_language(lang: str, read: Read) -> None:
    assert read_as(read, lang, "2026-11-24", "liberation-sans") == "2026-11-24"


def test_a_language_changes_no_place(read: Read) -> None:
    line = text_line("2026-11-24", "liberation-sans")
    boxes = [[one.box for one in read(line, lang=lang).lines()] for lang in LANGUAGES]
    assert np.allclose(boxes[0], boxes[1])
    assert np.allclose(boxes[0], boxes[2])
