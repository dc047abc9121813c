"""Headers and footers that come back from page to page."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from wenyun.documents.running import mark_running
from wenyun.result import Block, Box, Line, Page

WIDTH, HEIGHT = 800, 1000


def box(y: float, x: float = 100, width: float = 400) -> Box:
    return (x, y), (x + width, y), (x + width, y + 20), (x, y + 20)


def line(text: str, y: float) -> Line:
    return Line(text, 0.9, box(y), "crnn")


def page(number: int, *blocks: list[Line]) -> Page:
    made = tuple(Block("text", lines[0].box, tuple(lines)) for lines in blocks)
    return Page(number, WIDTH, HEIGHT, 0, made)


def body(number: int) -> list[Line]:
    words = ("rain", "wool", "salt", "mill", "tea", "ice", "oak", "fog")
    return [
        line(f"{words[(number + n) % 8]} {'abcdefgh'[number % 8]}", 300 + 30 * n) for n in range(5)
    ]


def texts(pages: tuple[Page, ...], kind: str) -> list[str]:
    return [one.text for p in pages for b in p.blocks if b.type == kind for one in b.lines]


def book(count: int) -> list[Page]:
    """A running title that stands close to the text, and a page number below it."""
    return [
        page(n, [line("A Short History", 100), *body(n), line(f"- {n + 41} -", 960)])
        for n in range(count)
    ]


def test_a_running_title_and_numbers_are_marked() -> None:
    pages = mark_running(book(4))
    assert texts(pages, "header") == ["A Short History"] * 4
    assert texts(pages, "footer") == [f"- {n + 41} -" for n in range(4)]


def test_the_header_comes_first_and_the_footer_last() -> None:
    kinds = [block.type for block in mark_running(book(3))[0].blocks]
    assert kinds == ["header", "text", "footer"]


def test_what_remains_of_the_block_is_framed_anew() -> None:
    block = mark_running(book(3))[0].blocks[1]
    assert [one.text for one in block.lines] == [one.text for one in body(0)]
    assert (block.box[0], block.box[2]) == ((100, 300), (500, 440))


def test_two_pages_are_too_few() -> None:
    assert mark_running(book(2)) == tuple(book(2))


def test_no_pages() -> None:
    assert mark_running([]) == ()


def test_titles_of_left_and_right_pages_differ() -> None:
    pages = [page(n, [line(("The Mill", "Chapter Nine")[n % 2], 60)], body(n)) for n in range(8)]
    assert len(texts(mark_running(pages), "header")) == 8


def test_a_title_on_few_pages_is_text() -> None:
    pages = [
        page(n, [line("Chapter" if n in (0, 9) else f"{'qwertyuiop'[n]} text", 60)], body(n))
        for n in range(12 - 2)
    ]
    assert texts(mark_running(pages), "header") == []


def test_the_middle_of_the_page_may_say_the_same_on_each() -> None:
    pages = [page(n, [line("top " + "abc"[n], 50)], [line("same", 500)]) for n in range(3)]
    assert texts(mark_running(pages), "header") == []


def test_pages_on_their_side_are_left_alone() -> None:
    pages = [replace(one, angle=90) for one in book(4)]
    assert mark_running(pages) == tuple(pages)


def test_tables_keep_their_lines() -> None:
    pages = [replace(one, blocks=(replace(one.blocks[0], type="table"),)) for one in book(4)]
    assert mark_running(pages) == tuple(pages)


def test_a_header_that_moves_a_little() -> None:
    pages = [page(n, [line("Running", 60 + 4 * n)], body(n)) for n in range(5)]
    assert len(texts(mark_running(pages), "header")) == 5


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 980)), max_size=6), max_size=6
    )
)
def test_no_line_is_lost_or_doubled(drawn: list[list[tuple[str, int]]]) -> None:
    pages = [page(n, *[[line(t, y)] for t, y in lines]) for n, lines in enumerate(drawn)]
    for before, after in zip(pages, mark_running(pages), strict=True):
        assert sorted(map(repr, before.lines())) == sorted(map(repr, after.lines()))
        assert all(block.lines for block in after.blocks)
