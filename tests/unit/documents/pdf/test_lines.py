"""Characters become lines: by their places alone, without a file."""

import math

import pytest

from wenyun.documents.pdf.geometry import around
from wenyun.documents.pdf.glyphs import Glyph, apart, upright
from wenyun.documents.pdf.joining import joined
from wenyun.documents.pdf.spans import extent, is_wide, span
from wenyun.documents.pdf.textlines import text_lines

SIZE = 10.0


def width_of(char: str) -> float:
    return SIZE if is_wide(char) else SIZE / 2


def run(text: str, x: float = 0.0, y: float = 0.0, **more: object) -> list[Glyph]:
    """Characters set one after another from x on; a blank takes room and is told."""
    glyphs = []
    for char in text:
        width = width_of(char)
        glyphs.append(Glyph(char, x + width / 2, y, width, SIZE, 0.0, 1, **more))  # type: ignore[arg-type]
        x += width
    return glyphs


def texts(*runs: list[Glyph]) -> list[str]:
    return [line.text for line in text_lines([glyph for one in runs for glyph in one])]


def test_one_run_is_one_line() -> None:
    assert texts(run("中文 and English")) == ["中文 and English"]


@pytest.mark.parametrize(
    ("before", "after", "gap", "made", "text"),
    [
        ("ab", "cd", 3.0, None, "ab cd"),
        ("ab", "cd", 1.0, None, "abcd"),
        ("ab", "cd", 1.0, False, "ab cd"),
        ("ab", "cd", 1.0, True, "ab cd"),
        ("中", "文", 2.0, True, "中文"),
        ("中", "文", 4.0, None, "中文"),
        ("姓", "名", 8.0, False, "姓 名"),
        ("姓", "名", 8.0, None, "姓 名"),
        ("中", "ab", 2.5, True, "中ab"),
        ("中", "ab", 2.5, False, "中 ab"),
        ("ab", "文", 2.5, None, "ab文"),
        ("ab", "文", 6.0, None, "ab 文"),
    ],
)
def test_where_a_space_is(
    before: str, after: str, gap: float, made: bool | None, text: str
) -> None:
    """`made` is None without a blank between, else whether PDFium put it in."""
    first = run(before)
    end = extent(first).end
    blank = [] if made is None else [Glyph(" ", end + gap / 2, 0, gap, SIZE, 0.0, 1, made=made)]
    assert texts(first, blank, run(after, end + gap)) == [text]


def test_a_space_lies_between_its_neighbours() -> None:
    (line,) = text_lines(run("ab") + run("cd", 14))
    space = span(line.glyphs[2])
    assert (space.start, space.end) == (10, 14)


def test_a_wide_gap_is_another_cell() -> None:
    assert texts(run("品名"), run("数量", 40)) == ["品名", "数量"]
    assert texts(run("品名"), run("数量", 28)) == ["品名 数量"]


def test_another_height_is_another_line() -> None:
    assert texts(run("第一行"), run("第二行", 0, 12)) == ["第一行", "第二行"]
    assert texts(run("H"), run("2", 5, 3), run("O", 10)) == ["H2O"]


def test_a_line_that_goes_back_is_another_one() -> None:
    assert sorted(texts(run("abc", 100), run("def", 20))) == ["abc", "def"]


def test_parts_in_any_order_are_joined() -> None:
    assert texts(run("efgh", 23, 0.5), run("other", 0, 40), run("abcd")) == ["abcd efgh", "other"]


def test_what_is_drawn_twice_is_there_once() -> None:
    assert texts(run("bold text"), run("bold text", 0.4)) == ["bold text"]
    assert texts(run("bold"), run("bold", 0.4), run("text", 23), run("text", 23.4)) == ["bold text"]
    assert texts(run("ha"), run("ha", 10.5)) == ["haha"], "a word may come twice"


def test_what_is_hidden_stays_apart() -> None:
    lines = text_lines(run("seen") + run("hid", 21, hidden=True))
    assert sorted((line.text, line.hidden) for line in lines) == [("hid", True), ("seen", False)]


def test_a_line_with_a_doubtful_character_is_not_sound() -> None:
    lines = text_lines(run("good") + run("ba", 0, 40, sound=False))
    assert [(line.text, line.sound) for line in lines] == [("good", True), ("ba", False)]


def column(text: str, x: float, pitch: float = SIZE) -> list[Glyph]:
    return [glyph for n, char in enumerate(text) for glyph in run(char, x, pitch * n)]


def test_columns() -> None:
    lines = text_lines(column("竖排的文字", 100) + column("第二列", 80, 1.2 * SIZE))
    assert [(line.text, line.column) for line in lines] == [("竖排的文字", True), ("第二列", True)]


@pytest.mark.parametrize(
    "glyphs",
    [column("竖排的文字", 100, 1.6 * SIZE), column("12345", 100), column("竖排", 100)],
)
def test_what_is_no_column(glyphs: list[Glyph]) -> None:
    assert not any(line.column for line in text_lines(glyphs))


def test_blanks_at_the_ends_are_dropped() -> None:
    assert texts(run("  ab  ")) == ["ab"]
    assert texts(run("   ")) == []
    assert texts([]) == []


def test_glyphs_of_several_characters_are_taken_apart() -> None:
    place = Glyph("ffi", 15.0, 0.0, 9.0, SIZE, 0.0, 1)
    named = [Glyph(char, 40.0, 0.0, 8.0, SIZE, 0.0, 1) for char in "fi"]
    parts = list(apart([place, *named]))
    assert [part.text for part in parts] == ["f", "f", "i", "f", "i"]
    assert [part.x for part in parts] == [12, 15, 18, 38, 42]
    assert [part.width for part in parts] == [3, 3, 3, 4, 4]


def test_a_ligature_of_turned_text() -> None:
    down = list(apart([Glyph("fi", 5.0, 20.0, 8.0, SIZE, 90.0, 1)]))
    assert [(part.x, part.y) for part in down] == [pytest.approx((5, 18)), pytest.approx((5, 22))]


@pytest.mark.parametrize("angle", [0, 10, 30, 60, 75, 90, 135 + 20, 180, 270, 350])
def test_the_size_of_turned_characters(angle: float) -> None:
    turn = math.radians(angle)
    c, s = math.cos(turn), math.sin(turn)
    rect = around((c, s, -s, c, 50, 50), -4, -6, 4, 6)
    assert upright(rect, angle, 10.0) == pytest.approx((8, 12))


def test_near_half_a_right_angle_the_font_tells() -> None:
    turn = math.radians(45)
    c, s = math.cos(turn), math.sin(turn)
    rect = around((c, s, -s, c, 50, 50), -4, -5.85, 4, 5.85)
    assert upright(rect, 45, 10.0) == pytest.approx((8, 11.7), abs=0.1)


def test_many_parts_take_no_time() -> None:
    """Ten thousand characters on one line, each by itself and in a mixed order."""
    runs = [[glyph] for glyph in run("x" * 10_000)]
    (line,) = joined(runs[::2] + runs[1::2])
    assert len(line) == 10_000
