"""Where paragraphs begin."""

from itertools import count

import pytest

from tests.unit.engine.layout.setting import SIZE, strip
from wenyun.engine.layout.column import Column, column_edges
from wenyun.engine.layout.paragraphs import first_word, paragraphs
from wenyun.engine.layout.strips import Strip

HAN = "清晨的雾气贴着江面慢慢散开摆渡的老人把缆绳"
LATIN = "the ferry left at a quarter past six and"


def grouped(*strips: Strip) -> list[int]:
    """How many lines each paragraph has."""
    return [len(block) for block in paragraphs(strips)]


def full(
    number: float,
    text: str = HAN,
    x0: float = 0,
    x1: float = 400,
    size: float = SIZE,
    weight: float = 0.1,
) -> Strip:
    return strip(text, number, x0, x1, size, weight)


def test_lines_of_one_width_are_one_paragraph() -> None:
    assert grouped(*(full(n) for n in range(6))) == [6]


def test_an_indent_of_two_characters_begins_a_paragraph() -> None:
    lines = [full(0, x0=40), full(1), full(2), full(3, x0=40), full(4), full(5)]
    assert grouped(*lines) == [3, 3]


def test_a_short_line_ends_a_paragraph() -> None:
    assert grouped(full(0), full(1), full(2, x1=200), full(3), full(4)) == [3, 2]


def test_a_line_short_by_less_than_the_next_word_goes_on() -> None:
    """As in text that is not justified."""
    lines = [full(n, LATIN, x1=400 - 30 * (n % 2)) for n in range(5)]
    assert grouped(*lines) == [5]


def test_a_long_word_explains_a_short_line() -> None:
    lines = [full(0, LATIN), full(1, LATIN, x1=270), full(2, "incomprehensibilities follow here")]
    assert grouped(*lines, full(3, LATIN)) == [4]


def test_white_between_paragraphs() -> None:
    lines = [full(n) for n in range(3)] + [full(n + 0.6) for n in range(3, 6)]
    assert grouped(*lines) == [3, 3]


def test_another_size_is_another_paragraph() -> None:
    assert grouped(full(0, size=26), full(1.2), full(2.2), full(3.2)) == [1, 3]


def test_another_weight_is_another_paragraph() -> None:
    assert grouped(full(0, weight=0.16), full(1), full(2)) == [1, 2]


def test_short_lines_do_not_show_size_and_weight() -> None:
    """`one.` is lower than a line with tall letters, and its strokes are few."""
    lines = [full(n) for n in range(3)]
    assert grouped(*lines, strip("花。", 3, x1=40, size=17, weight=0.13)) == [4]


def test_items_begin_with_their_marks() -> None:
    texts = ["• 今天下班顺路买两斤排骨", "和一把葱", "• 谢谢你", "• 明天再来"]
    lines = [strip(t, n, x0=30 * (n == 1), x1=400 - 150 * (n > 0)) for n, t in enumerate(texts)]
    assert grouped(*lines) == [2, 1, 1]


def test_a_number_within_a_sentence_begins_nothing() -> None:
    lines = [full(0, LATIN), full(1, "12. of them were lost at sea, and the"), full(2, LATIN)]
    assert grouped(*lines) == [3]


def test_rows_of_pieces_that_stand_apart_are_each_a_block() -> None:
    lines = [strip("姓名 王伟", n, alone=False) for n in range(3)]
    assert grouped(*lines, full(3)) == [1, 1, 1, 1]


def test_centred_lines_of_a_title_are_one() -> None:
    assert grouped(strip(HAN, 0, 20, 380, 40), strip("研究与展望", 1.7, 140, 260, 40)) == [2]


def test_centred_lines_that_end_early_are_two() -> None:
    """The shop's name and its street: there was room for the next word."""
    assert grouped(
        strip("AT THE MILL", 0, 150, 250), strip("14 Harbour Street", 1, 120, 280), full(2, LATIN)
    ) == [1, 1, 1]


def test_lines_of_an_address_are_paragraphs() -> None:
    """None of them reaches the edge that prose nearby has."""
    address = [strip(f"{n} Harbour Street", n, x1=150 + 25 * n) for n in range(3)]
    assert grouped(*address, *(full(n + 0.8, LATIN) for n in range(3, 8))) == [1, 1, 1, 5]


def test_a_narrower_block_has_its_own_edges() -> None:
    """An abstract, indented on both sides."""
    abstract = [strip(HAN, n, 50, 350) for n in range(3)]
    assert grouped(*abstract, *(full(n + 1) for n in range(3, 7))) == [3, 4]


def test_a_stray_line_beyond_the_edge_does_not_move_it() -> None:
    lines = [full(n) for n in range(9)]
    lines[4] = full(4, x0=-60, x1=520)
    edges = column_edges(lines, Column(lines))
    assert (edges[0].left, edges[0].right) == (0, 520)
    many = [full(n) for n in range(40)]
    many[20] = full(20, x0=-60)
    assert column_edges(many, Column(many))[20].left == 0


@pytest.mark.parametrize(("text", "width"), [("字数", 20), ("word by", 100), ("字word", 20)])
def test_how_wide_the_first_word_is(text: str, width: float) -> None:
    units = {"字数": 4, "word by": 7, "字word": 6}[text]
    found = first_word(strip(text, 0, x1=25.0 * units))
    assert found == pytest.approx(width)


def test_the_edges_of_thousands_of_lines_are_found_line_by_line() -> None:
    """Each strip is looked at from its neighbours alone."""
    looks = count()

    class Counted(list[Strip]):
        def __getitem__(self, key: object) -> object:  # type: ignore[override]
            next(looks)
            return super().__getitem__(key)  # type: ignore[call-overload]

    column_edges(Counted(full(n) for n in range(5_000)), Column([full(0)]))
    assert next(looks) < 40_000


def test_nothing() -> None:
    assert paragraphs([]) == []
