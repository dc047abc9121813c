"""Lines to words and characters."""

import pytest

from tests.exportkit.trees import block, column, document, line, turned
from wenyun.exports.json import document_json
from wenyun.exports.words import area, runs_down, words
from wenyun.options import Options
from wenyun.result import Line


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("春眠不觉晓", ["春眠不觉晓"]),
        ("Hello big world", ["Hello", "big", "world"]),
        ("在Settings 页面打开Wi-Fi开关", ["在", "Settings", "页面打开", "Wi-Fi", "开关"]),
        ("合计：¥12.50元", ["合计：¥", "12.50", "元"]),
        ("INV-2024/07  x", ["INV-2024/07", "x"]),
        ("，。", ["，。"]),
        ("𠮷野家 2店", ["𠮷野家", "2", "店"]),
    ],
)
def test_words_end_at_spaces_and_where_scripts_meet(text: str, parts: list[str]) -> None:
    assert [word.text for word in words(line(text))] == parts


def test_a_word_reaches_from_its_first_character_to_its_last() -> None:
    first, second = words(line("ab 发票", 10, 20, 20))
    assert list(first.box) == [(10, 20), (30, 20), (30, 40), (10, 40)]
    assert list(second.box) == [(40, 20), (80, 20), (80, 40), (40, 40)]


def test_a_column_is_one_word_from_top_to_bottom() -> None:
    (word,) = words(column("平沙雁影", 10, 20, 20))
    assert list(word.box) == [(10, 20), (30, 20), (30, 100), (10, 100)]


def test_characters_are_all_but_the_spaces() -> None:
    assert [word.text for word in words(line("a 发"), "char")] == ["a", "发"]


def test_a_line_without_places_is_one_word() -> None:
    whole = line("a b")
    bare = Line(whole.text, 0.5, whole.box, "crnn")
    for detail in ("word", "char"):
        (word,) = words(bare, detail)
        assert (word.text, word.confidence, word.box) == ("a b", 0.5, whole.box)


def test_which_lines_run_down() -> None:
    assert runs_down(column("平沙"))
    assert not runs_down(line("平沙"))
    assert not runs_down(turned(line("平沙"), 400))
    assert not runs_down(column("平"))


def test_area_of_either_order_of_corners() -> None:
    assert area(line("发").box) == 400


@pytest.mark.parametrize(
    ("detail", "found"),
    [("line", None), ("word", ["发票", "No"]), ("char", ["发", "票", "N", "o"])],
)
def test_json_has_words_on_request(detail: str, found: list[str] | None) -> None:
    made = document_json(
        document(block("text", line("发票 No"))),
        Options(detail=detail),
        total_time=0,
        request_id="r",
    )
    (given,) = made["pages"][0]["blocks"][0]["lines"]
    assert [word["text"] for word in given.get("words", [])] == (found or [])
    assert ("words" in given) == (found is not None)
    assert "words" not in made["text"][0]
