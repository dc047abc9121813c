"""Line breaks undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenyun.exports.prose import join_lines


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        (["", "  "], ""),
        (["one"], "one"),
        (
            ["清晨的雾气贴着", "江面慢慢散开，", "摆渡的老人"],
            "清晨的雾气贴着江面慢慢散开，摆渡的老人",
        ),
        (["ひらがな", "カタカナ"], "ひらがなカタカナ"),
        (["他说：“来", "了。”然后"], "他说：“来了。”然后"),
        (["the quick", "brown fox"], "the quick brown fox"),
        ([" the quick ", "", " brown fox "], "the quick brown fox"),
        (["ends with a stop.", "And goes on"], "ends with a stop. And goes on"),
        (["and/", "or"], "and/or"),
        (["quick—", "and easy"], "quick—and easy"),
        (["a dash —", "and more"], "a dash — and more"),
        (["the “quoted”", "word"], "the “quoted” word"),
    ],
)
def test_words_and_characters(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["采用", "CPU制造"], "采用CPU制造"),
        (["请在 Settings 页面打开", "Wi-Fi 开关"], "请在 Settings 页面打开 Wi-Fi 开关"),
        (["请在Settings页面打开", "Wi-Fi开关"], "请在Settings页面打开Wi-Fi开关"),
        (["打开 Wi-Fi 的时候，", "Settings 页面"], "打开 Wi-Fi 的时候，Settings 页面"),
        (["增长 5% 和 7%", "左右"], "增长 5% 和 7% 左右"),
    ],
)
def test_between_han_and_latin_the_paragraph_decides(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["was recog-", "nised at once"], "was recognised at once"),
        (["was recog\u2010", "nised"], "was recognised"),
        (["was recog\u00ad", "nised"], "was recognised"),
        (["(inter-", "national)"], "(international)"),
        (["state-of-", "the-art"], "state-of-the-art"),
        (["a state-", "of-the-art"], "a state-of-the-art"),
        (["Jean-", "Paul"], "Jean-Paul"),
        (["2019-", "2020"], "2019-2020"),
        (["COVID-", "19 cases"], "COVID-19 cases"),
        (["self-", "made"], "self-made"),
        (["long-term and long-", "term"], "long-term and long-term"),
        (["this - ", "that"], "this - that"),
        (["-", "item"], "- item"),
        (["Umwelt-", "und Naturschutz"], "Umweltund Naturschutz"),
    ],
)
def test_hyphens(lines: list[str], text: str) -> None:
    """The last is the price of having no dictionary: docs/layout.md says so."""
    assert join_lines(lines) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["see https://example.org/a/", "b?c=1 for more"],
            "see https://example.org/a/b?c=1 for more",
        ),
        (["see https://example.org", "/a/b"], "see https://example.org/a/b"),
        (["see https://example.org/a-", "b"], "see https://example.org/a-b"),
        (["mail someone@", "example.org"], "mail someone@example.org"),
        (["mail someone", "@example.org"], "mail someone@example.org"),
        (["see www.example.org/a", "and read"], "see www.example.org/a and read"),
        (["访问 www.example.org/", "路径"], "访问 www.example.org/路径"),
    ],
)
def test_addresses(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


@given(st.lists(st.text(max_size=12), max_size=6))
def test_nothing_but_spaces_and_hyphens_comes_or_goes(lines: list[str]) -> None:
    def bare(text: str) -> str:
        return "".join(c for c in text if not c.isspace() and c not in "-\u2010\u00ad")

    assert bare(join_lines(lines)) == bare("".join(lines))
