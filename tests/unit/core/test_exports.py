"""The result tree, and what people take away of it."""

import json

import pytest

from wenyun.exports.json import document_json
from wenyun.exports.text import document_text
from wenyun.options import Options
from wenyun.result import Block, Box, Document, Line, Page

BOX: Box = ((1.04, 2.06), (10, 2), (10, 5), (1, 5))


def line(text: str, confidence: float = 0.98765, model: str = "crnn") -> Line:
    return Line(text, confidence, BOX, model)


def page(number: int, *blocks: tuple[str, ...], **timings: float) -> Page:
    made = tuple(Block("text", BOX, tuple(line(text) for text in texts)) for texts in blocks)
    return Page(number, 640, 480, 90, made, timings)


TWO = Document((page(1, ("a", "b"), ("c",), detect=0.25), page(2, ("d",), detect=0.5, decode=1)))


def answer(document: Document, timings: bool = False) -> dict[str, object]:
    made = document_json(document, Options(timings=timings), total_time=0.123456, request_id="r-1")
    read: dict[str, object] = json.loads(json.dumps(made))
    assert read == made
    return made


def test_lines_of_a_page_in_order() -> None:
    assert [one.text for one in TWO.pages[0].lines()] == ["a", "b", "c"]


def test_timings_of_a_document_are_added_up() -> None:
    assert TWO.timings() == {"detect": 0.75, "decode": 1}
    assert Document(()).timings() == {}


def test_the_keys_that_stay_for_ever() -> None:
    found = answer(Document((page(1, ("发票",)),)))
    assert found["success"] is True
    assert found["total_time"] == 0.1235
    assert found["text"] == [
        {
            "text": "发票",
            "confidence": 0.9877,
            "box": [[1.0, 2.1], [10, 2], [10, 5], [1, 5]],
            "page": 1,
            "model": "crnn",
        }
    ]


def test_the_keys_beside_them() -> None:
    found = answer(Document((page(1, ("a",)),), ("animated_first_frame",)))
    assert (found["profile"], found["lang"], found["request_id"]) == ("balanced", "zh", "r-1")
    assert found["warnings"] == ["animated_first_frame"]
    assert found["pages"] == [
        {
            "page": 1,
            "width": 640,
            "height": 480,
            "angle": 90,
            "blocks": [
                {
                    "type": "text",
                    "box": [[1.0, 2.1], [10, 2], [10, 5], [1, 5]],
                    "lines": [
                        {
                            "text": "a",
                            "confidence": 0.9877,
                            "box": [[1.0, 2.1], [10, 2], [10, 5], [1, 5]],
                        }
                    ],
                }
            ],
        }
    ]


def test_lines_of_all_pages_say_their_page() -> None:
    found = answer(TWO)["text"]
    assert isinstance(found, list)
    assert [(one["text"], one["page"]) for one in found] == [("a", 1), ("b", 1), ("c", 1), ("d", 2)]


def test_timings_on_request_alone() -> None:
    assert "timings" not in answer(TWO)
    assert answer(TWO, timings=True)["timings"] == {"detect": 0.75, "decode": 1}


def test_no_text_is_no_error() -> None:
    found = answer(Document((page(1),)))
    assert (found["success"], found["text"]) == (True, [])


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (TWO, "a\nb\n\nc\n\nd\n"),
        (Document((page(1, ("a",)),)), "a\n"),
        (Document((page(1),)), ""),
        (Document(()), ""),
        (Document((page(1, (), ("a",), ()),)), "a\n"),
        (Document((page(1), page(2, ("b",)))), "b\n"),
    ],
)
def test_text(document: Document, text: str) -> None:
    assert document_text(document) == text
