"""Pages go through JSON and come back the same."""

from dataclasses import fields, is_dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wenyun import result
from wenyun.errors import KINDS, WenyunError
from wenyun.jobs.tree import pack, unpack
from wenyun.result import Block, Box, Cell, Document, Line, Page, Word

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
POINTS = st.tuples(NUMBERS, NUMBERS)
BOXES = st.tuples(POINTS, POINTS, POINTS, POINTS)
TEXTS = st.text()
WHOLE = st.integers(0, 10_000)
WORDS = st.builds(Word, TEXTS, NUMBERS, BOXES)
LINES = st.builds(Line, TEXTS, NUMBERS, BOXES, TEXTS, st.lists(WORDS, max_size=3).map(tuple))
CELLS = st.builds(Cell, WHOLE, WHOLE, WHOLE, WHOLE, TEXTS, BOXES)
BLOCKS = st.builds(
    Block,
    TEXTS,
    BOXES,
    st.lists(LINES, max_size=3).map(tuple),
    st.lists(CELLS, max_size=3).map(tuple),
)
PAGES = st.builds(
    Page,
    WHOLE,
    NUMBERS,
    NUMBERS,
    WHOLE,
    st.lists(BLOCKS, max_size=3).map(tuple),
    st.dictionaries(TEXTS, NUMBERS, max_size=3),
    TEXTS,
)
DOCUMENTS = st.builds(
    Document, st.lists(PAGES, max_size=2).map(tuple), st.lists(TEXTS, max_size=3).map(tuple)
)
BOX: Box = ((0.1, 0.2), (1 / 3, 2.0), (3.0, 4.0), (5.0, 6.0))


@given(DOCUMENTS)
def test_any_document(document: Document) -> None:
    assert unpack(pack(document)) == document


def test_the_strategies_know_every_part_of_the_tree() -> None:
    """Who adds a part to the tree adds it here."""
    parts = {
        name for name, one in vars(result).items() if isinstance(one, type) and is_dataclass(one)
    }
    assert parts == {"Word", "Line", "Cell", "Block", "Page", "Document"}


def test_half_characters_survive() -> None:
    line = Line("a\ud800b", 0.5, BOX, "pdf_text")
    document = Document((Page(1, 2.0, 3.0, 0, (Block("text", BOX, (line,)),)),))
    assert unpack(pack(document)) == document


def test_numbers_of_numpy_are_numbers() -> None:
    line = Line("a", np.float32(0.5), BOX, "crnn")  # type: ignore[arg-type]
    document = unpack(pack(Document((Page(1, 2.0, 3.0, 0, (Block("text", BOX, (line,)),)),))))
    assert isinstance(document, Document)
    (found,) = document.pages[0].lines()
    assert found.confidence == 0.5
    assert type(found.confidence) is float


def test_tuples_are_tuples_again() -> None:
    document = unpack(pack(Document((Page(1, 2.0, 3.0, 90, (Block("text", BOX, ()),)),), ("w",))))
    assert isinstance(document, Document)
    assert isinstance(document.pages, tuple)
    assert isinstance(document.pages[0].blocks[0].box[0], tuple)
    hash(document.pages[0].blocks[0])


def test_what_a_later_version_wrote_is_read_as_far_as_it_is_known() -> None:
    text = pack(Document((), ("w",))).replace(b'"pages"', b'"mood": "good", "pages"')
    assert unpack(text) == Document((), ("w",))
    assert {field.name for field in fields(Document)} == {"pages", "warnings"}


def test_failures() -> None:
    for code in KINDS:
        error = unpack(pack(WenyunError(code, "Why.", "为什么。")))
        assert isinstance(error, WenyunError)
        assert (error.code, error.message, error.message_zh) == (code, "Why.", "为什么。")
