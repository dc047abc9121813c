"""Characters are kept where they are asked for, and nowhere else."""

import pytest

from wenyun.documents.reading import plain
from wenyun.options import parse_options
from wenyun.result import Block, Box, Line, Page, Word

BOX: Box = ((0, 0), (20, 0), (20, 10), (0, 10))
WORDS = (Word("a", 0.5, BOX), Word("b", 0.75, BOX))


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [({}, False), ({"detail": "word"}, True), ({"detail": "char", "format": "csv"}, True),
     ({"format": "json,text,markdown,csv"}, False), ({"format": "text,pdf"}, True),
     ({"format": "hocr"}, True), ({"format": "alto"}, True)],
)  # fmt: skip
def test_what_needs_characters(asked: dict[str, str], wanted: bool) -> None:
    assert parse_options(asked).wants_characters is wanted


def test_all_but_the_characters_stays() -> None:
    line = Line("ab", 0.6, BOX, "crnn", WORDS)
    page = Page(3, 40, 20, 90, (Block("title", BOX, (line,)), Block("figure", BOX, ())), {"a": 1.0})
    left = plain(page)
    assert [one.characters for one in left.lines()] == [()]
    assert [one.text for one in left.lines()] == ["ab"]
    assert (left.number, left.angle, left.timings) == (3, 90, {"a": 1.0})
    assert [block.type for block in left.blocks] == ["title", "figure"]
