"""What a paragraph is."""

import pytest

from tests.unit.engine.layout.setting import strip
from wenyun.engine.layout.kinds import Body, kinds
from wenyun.engine.layout.markers import (
    ends_sentence,
    is_caption,
    is_numbered_heading,
    is_page_number,
    item_mark,
    names_itself,
)
from wenyun.engine.layout.strips import Strip

BODY = Body(size=20, latin_weight=0.1, han_weight=0.08, lines=30)


def kind(
    text: str, size: float = 20, weight: float = 0.0, lines: int = 1, body: Body = BODY
) -> str:
    return kinds([[strip(text, n, size=size, weight=weight) for n in range(lines)]], body)[0]


@pytest.mark.parametrize(
    ("text", "size", "weight"),
    [
        ("渡口旧事", 30, 0),
        ("A Short History of the Mill", 26, 0),
        ("渡口旧事", 20, 0.12),
        ("Terms of Delivery", 20, 0.15),
        ("第一章 渡口旧事", 20, 0),
        ("摘要", 20, 0),
        ("References", 20, 0),
        ("一、渡口旧事", 22, 0),
        ("2.1 Terms of Delivery", 22, 0),
        ("3 Terms of Delivery", 20, 0.115),
        ("今日特价。", 40, 0),
    ],
)
def test_titles(text: str, size: float, weight: float) -> None:
    assert kind(text, size, weight) == "title"


@pytest.mark.parametrize(
    ("text", "size", "weight", "lines"),
    [
        ("渡口旧事", 20, 0, 1),
        ("清晨的雾气贴着江面慢慢散开。", 26, 0, 1),
        ("图1 渡口旧事", 26, 0, 1),
        ("Figure 2: the mill", 20, 0.15, 1),
        ("2024", 26, 0, 1),
        ("Some words in bold", 20, 0.15, 3),
        ("large words of a notice", 26, 0, 5),
        ("1. 清晨的雾气贴着江面。", 20, 0, 1),
    ],
)
def test_no_titles(text: str, size: float, weight: float, lines: int) -> None:
    assert kind(text, size, weight, lines) == "text"


def test_a_sign_has_no_title() -> None:
    assert kind("出口", 90, body=Body(30, 0, 0, 3)) == "text"


def test_the_weight_of_one_script_says_nothing_of_the_other() -> None:
    thin = Body(size=20, latin_weight=0.0, han_weight=0.05, lines=30)
    assert kind("Oliver Bennett", weight=0.1, body=thin) == "text"


def listed(*texts: str) -> list[str]:
    blocks: list[list[Strip]] = [[strip(text, n)] for n, text in enumerate(texts)]
    return kinds(blocks, BODY)


def test_items() -> None:
    assert listed("• one", "• two") == ["list", "list"]
    assert listed("1. 一把葱。", "2. 两斤排骨。") == ["list", "list"]
    assert listed("（一）一把葱", "prose") == ["list", "text"]


def test_a_number_alone_is_no_list() -> None:
    assert listed("prose", "3. and more.", "prose") == ["text"] * 3


def test_numbers_of_different_kinds_are_no_company() -> None:
    assert listed("3. and more.", "* a note below") == ["text"] * 2


@pytest.mark.parametrize(
    "text", ["• a", "①甲", "- item", "– item", "（二）乙", "(3) c", "[12] d", "● 点"]
)
def test_sure_marks(text: str) -> None:
    assert item_mark(text) == "sure"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1. a", "number"),
        ("2、乙", "number"),
        ("3）丙", "number"),
        ("a) b", "letter"),
        ("三、丙", "han"),
        ("* note", "star"),
        ("iv. four", "letter"),
    ],
)
def test_other_marks(text: str, kind: str) -> None:
    assert item_mark(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "1.5 metres",
        "2024. Then",
        "-5 degrees",
        "·5",
        "word",
        "一把葱",
        "A. Smith and",
        "I. e.",
        "(see below)",
        "3.14",
    ],
)
def test_no_marks(text: str) -> None:
    assert item_mark(text) in ("", "letter") if text[0].isupper() else item_mark(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "第三章 渡口",
        "第十二节 渡口",
        "四、渡口",
        "2.1 Mill",
        "2.1.3 渡口",
        "3 渡口",
        "Chapter 9",
        "Appendix B",
        "参考文献",
    ],
)
def test_numbered_headings(text: str) -> None:
    assert is_numbered_heading(text)


@pytest.mark.parametrize(
    "text", ["第三章讲到渡口。", "2.5 kg", "3 of them", "12.50", "Chapter and verse"]
)
def test_no_numbered_headings(text: str) -> None:
    assert not is_numbered_heading(text)


def test_headings_that_name_themselves() -> None:
    assert names_itself("目 录")
    assert names_itself("第 3 章 渡口")
    assert not names_itself("目录如下：")


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "- 12 -",
        "— 3 —",
        "第 5 页",
        "第5页 共9页",
        "Page 7",
        "3 / 12",
        "p. 4 of 9",
        "xii",
        "· 8 ·",
        "第十二页",
    ],
)
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["", "12 kg", "the mill", "12.50", "第五章", "2024-11-25"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


def test_captions_and_ends() -> None:
    assert is_caption("图 3 渡口")
    assert is_caption("Fig. 3")
    assert not is_caption("图书馆")
    assert ends_sentence("完。")
    assert not ends_sentence("and so on...")
