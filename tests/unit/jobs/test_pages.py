"""Which pages a job reads: the same that the reader would choose."""

from hypothesis import given
from hypothesis import strategies as st

from wenyun.documents.sheets import chosen_pages
from wenyun.jobs.pages import page_numbers
from wenyun.values import MAX_PAGE, PageRange, page_ranges


@st.composite
def files(draw: st.DrawFn) -> tuple[list[PageRange], int]:
    count = draw(st.integers(1, 40))
    firsts = draw(st.lists(st.integers(1, count), max_size=5))
    return [PageRange(one, one + draw(st.integers(0, 60))) for one in firsts], count


@given(files())
def test_as_the_reader_chooses_them(file: tuple[list[PageRange], int]) -> None:
    ranges, count = file
    chosen = chosen_pages(ranges, count)
    assert page_numbers(ranges, len(chosen)) == chosen


def test_a_range_to_the_end_costs_nothing() -> None:
    assert page_numbers(page_ranges("2-,1"), 3) == [1, 2, 3]
    assert page_numbers([PageRange(1, MAX_PAGE)] * 1000, 2) == [1, 2]
    assert page_numbers([], 0) == []
