"""Which characters each language lets through, and how a charset's file is read."""

from pathlib import Path

import pytest

from wenyun.engine.charset import LANGUAGES, Charset, is_fullwidth, is_han, load_charset

ASCII = [chr(code) for code in range(32, 127)]


@pytest.mark.parametrize("character", [*ASCII, *"£€¥°²×"])
def test_english(character: str) -> None:
    assert LANGUAGES["en"](character)
    assert LANGUAGES["mix"](character)


@pytest.mark.parametrize("character", [*"发億かΩéü，。：￥①Ａ½³÷一"])
def test_not_english(character: str) -> None:
    assert not LANGUAGES["en"](character)
    assert LANGUAGES["mix"](character)


@pytest.mark.parametrize(
    "character",
    [
        *ASCII,
        *"发票億壹〇々",
        "㐀",
        "𠮷",
        "豈",
        *"，。：；？！“”‘’《》（）【】、—…·",
        *"￥℃×÷①±°²≥√→★",
        *"ＡＺａｚ０９！～",
        "\u3000",
    ],
)
def test_chinese(character: str) -> None:
    assert LANGUAGES["zh"](character)


@pytest.mark.parametrize("character", [*"かカΩαЯяéüñ한ก", "ﾊ", "ー", "ε", "発か"])
def test_not_chinese(character: str) -> None:
    assert not LANGUAGES["zh"](character)


def test_everything_but_nothing_is_mixed() -> None:
    assert not LANGUAGES["mix"]("")
    assert all(LANGUAGES["mix"](c) for c in "かΩЯ한é")


@pytest.mark.parametrize(
    ("character", "han"),
    [
        ("一", True),
        ("龥", True),
        ("〇", True),
        ("か", False),
        ("A", False),
        ("", False),
        ("一二", False),
    ],
)
def test_han(character: str, han: bool) -> None:
    assert is_han(character) is han


@pytest.mark.parametrize(
    ("character", "wide"), [("Ａ", True), ("！", True), ("～", True), ("A", False), ("。", False)]
)
def test_fullwidth(character: str, wide: bool) -> None:
    assert is_fullwidth(character) is wide


def test_a_mask_has_a_place_for_every_class() -> None:
    charset = Charset(("", *"aか发"), 0)
    assert charset.mask("en").tolist() == [True, True, False, False]
    assert charset.mask("zh").tolist() == [True, True, False, True]
    assert charset.mask("mix").tolist() == [True, True, True, True]


@pytest.mark.parametrize(("blank", "characters"), [(0, ("", "a", "b")), (2, ("a", "b", ""))])
def test_the_blank_is_put_in_its_place(
    blank: int, characters: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "c.txt").write_text("a\nb\n", encoding="utf-8")
    assert load_charset(tmp_path / "c.txt", blank).characters == characters


def test_a_space_and_a_line_separator_are_characters(tmp_path: Path) -> None:
    """Nothing but a newline ends a line: U+2028 and others that `splitlines` knows are classes."""
    (tmp_path / "c.txt").write_bytes("a\n\u2028\n\u3000\n \n".encode())
    assert load_charset(tmp_path / "c.txt", 0).characters == ("", "a", "\u2028", "\u3000", " ")


def test_a_last_line_without_its_newline(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_bytes(b"a\nb")
    assert load_charset(tmp_path / "c.txt", 0).characters == ("", "a", "b")
