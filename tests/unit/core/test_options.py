"""The options of a request, as every door sends them."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenyun.errors import WenyunError
from wenyun.options import SPECS, Options, describe_options, parse_options
from wenyun.values import MAX_AREAS, MAX_COORDINATE, MAX_PAGE, Area, PageRange
from wenyun.values_words import (
    MAX_LEXICON_BYTES,
    MAX_LEXICON_CHARS,
    MAX_WORD_CHARS,
    MAX_WORDS,
)


def refusal(raw: dict[str, Any]) -> WenyunError:
    with pytest.raises(WenyunError) as caught:
        parse_options(raw)
    return caught.value


def test_nothing_said() -> None:
    assert parse_options({}) == Options(
        "zh", "balanced", "auto", "auto", None, (), False, "line", ("json",), (), "", "mixed"
    )


def test_defaults_hold_where_nothing_is_said() -> None:
    defaults = Options(profile="fast", timings=True)
    assert parse_options({"lang": "en"}, defaults) == Options("en", "fast", timings=True)


@pytest.mark.parametrize("name", [name for name, spec in SPECS.items() if spec.enum])
def test_every_value_of_every_choice(name: str) -> None:
    for value in SPECS[name].enum or ():
        for said in (value, value.upper(), f" {value} ", [value]):
            found = getattr(parse_options({name: said}), name)
            several = {"format": (value,), "expect": (value,) if value != "none" else ()}
            assert found == several.get(name, value)


@pytest.mark.parametrize("value", ["", "no", None, 5, True, ["zh", "no"], [], {}, ["x"]])
@pytest.mark.parametrize("name", [name for name, spec in SPECS.items() if spec.enum])
def test_a_choice_that_there_is_not(name: str, value: object) -> None:
    error = refusal({name: value})
    assert (error.code, error.status, error.field) == ("invalid_option", 422, name)
    assert name in error.message
    assert name in error.message_zh


@pytest.mark.parametrize("name", ["", "Lang", "language", "formato", "x" * 1000, "区域"])
def test_an_unknown_option(name: str) -> None:
    error = refusal({name: "zh"})
    assert (error.code, error.status) == ("unknown_option", 422)
    assert error.field == name[:64]
    assert len(error.message) < 300
    assert "lang" in error.message


@pytest.mark.parametrize(
    ("value", "flag"),
    [(True, True), (False, False), ("true", True), ("FALSE", False), ("1", True), ("0", False),
     (1, True), (0, False), (["true"], True), (" true ", True)],
)  # fmt: skip
def test_flags(value: object, flag: bool) -> None:
    assert parse_options({"timings": value}).timings is flag


@pytest.mark.parametrize("value", ["", "yes", None, 2, [], ["true", "true"], {}])
def test_what_is_no_flag(value: object) -> None:
    assert refusal({"timings": value}).field == "timings"


@pytest.mark.parametrize(
    ("value", "formats"),
    [("json,text", ("json", "text")), (" PDF , json", ("pdf", "json")), (["csv", "hocr"],
     ("csv", "hocr")), ("text,text", ("text",)), (["alto,json"], ("alto", "json"))],
)  # fmt: skip
def test_several_formats(value: object, formats: tuple[str, ...]) -> None:
    assert parse_options({"format": value}).format == formats


@pytest.mark.parametrize(
    ("value", "ranges"),
    [("1-3,7", [(1, 3), (7, 7)]), (" 2 - 4 , 9", [(2, 4), (9, 9)]), ("5-", [(5, MAX_PAGE)]),
     (3, [(3, 3)]), ([1, "4-5"], [(1, 1), (4, 5)]), ("", []), (None, []), (",", []), ([], [])],
)  # fmt: skip
def test_pages(value: object, ranges: list[tuple[int, int]]) -> None:
    assert parse_options({"pages": value}).pages == tuple(PageRange(*pair) for pair in ranges)


@pytest.mark.parametrize(
    "value",
    ["0", "-3", "3-1", "a", "1-b", "1--2", "1.5", "٣", "99999999", True, 1.5, {}, [None],
     "1," * 2000, [[1]], -1, 0],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_are_no_pages(value: object) -> None:
    error = refusal({"pages": value})
    assert (error.code, error.field) == ("invalid_option", "pages")


def test_a_password_is_kept_as_it_is_and_never_repeated() -> None:
    assert parse_options({"password": " 密 码 "}).password == " 密 码 "
    error = refusal({"password": "secret" * 5000})
    assert "secretsecret" not in error.message + error.message_zh


FOUR = Area(1, 2, 30, 40)


@pytest.mark.parametrize(
    "value",
    ["1,2,30,40", " 1, 2 ,30,40 ", "1.2,2.4,30.1,39.9", "1,2,30,40;", ["1,2,30,40"],
     [1, 2, 30, 40], [[1, 2, 30, 40]], {"x": 1, "y": 2, "w": 30, "h": 40},
     [{"x": 1, "y": 2, "w": 30, "h": 40}], [1.0, 2.0, 30.0, 40.0]],
    ids=str,
)  # fmt: skip
def test_an_area_in_every_form(value: object) -> None:
    assert parse_options({"region": value}).region == FOUR
    assert parse_options({"ignore": value}).ignore == (FOUR,)


@pytest.mark.parametrize("value", [None, "", ";", " ; ", []], ids=str)
def test_no_area(value: object) -> None:
    assert parse_options({"region": value}).region is None
    assert parse_options({"ignore": value}).ignore == ()


@pytest.mark.parametrize(
    "value",
    ["1,2,30,40;5,6,7,8", ["1,2,30,40", "5,6,7,8"], [[1, 2, 30, 40], [5, 6, 7, 8]],
     ["1,2,30,40;5,6,7,8"], [[1, 2, 30, 40], "5,6,7,8"]],
    ids=str,
)  # fmt: skip
def test_several_areas(value: object) -> None:
    assert parse_options({"ignore": value}).ignore == (FOUR, Area(5, 6, 7, 8))
    assert refusal({"region": value}).field == "region"


@pytest.mark.parametrize(
    "value",
    ["1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,,4", "-1,2,3,4", "1,2,0,4", "1,2,3,0", "1,2,3,-4",
     "nan,1,1,1", "inf,1,1,1", f"{MAX_COORDINATE + 1},0,1,1", "1,2,3,4" * 5000, 5, True, 1.5,
     [1, 2, 3], [[1, 2, 3]], [True, 2, 3, 4], [None], {"x": 1}, {}, [{}], [[[1, 2, 3, 4]]],
     [{"x": 1, "y": 2, "w": 3, "h": "much"}]],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
@pytest.mark.parametrize("name", ["region", "ignore"])
def test_what_is_no_area(name: str, value: object) -> None:
    error = refusal({name: value})
    assert (error.code, error.field) == ("invalid_option", name)


@pytest.mark.parametrize("form", [list, ";".join])
def test_too_many_areas(form: Any) -> None:
    parse_options({"ignore": form(["1,2,3,4"] * MAX_AREAS)})
    assert "at most" in refusal({"ignore": form(["1,2,3,4"] * (MAX_AREAS + 1))}).message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(SPECS)) | st.text(max_size=9), JSON, max_size=3))
def test_whatever_a_client_sends_is_options_or_a_refusal(raw: dict[str, Any]) -> None:
    found = outcome(raw)
    if isinstance(found, WenyunError):
        assert found.code in ("unknown_option", "invalid_option")
        assert found.field is not None
    else:
        assert all(area.w > 0 and area.h > 0 for area in found.ignore)


def outcome(raw: dict[str, Any]) -> Options | WenyunError:
    """Any other exception is a failure of the test."""
    try:
        return parse_options(raw)
    except WenyunError as error:
        return error


def test_the_description_names_every_option_in_both_languages() -> None:
    described = describe_options(Options())
    assert [one["name"] for one in described] == [field.name for field in fields(Options)]
    for one in described:
        assert set(one) == {"name", "type", "enum", "default", "min", "max", "title", "help"}
        for words in (one["title"], one["help"]):
            assert set(words) == {"zh", "en"}
            assert all(words.values())


def test_described_defaults_can_be_sent_back() -> None:
    defaults = Options(profile="accurate", lang="mix")
    raw = {one["name"]: one["default"] for one in describe_options(defaults)}
    assert parse_options(raw) == defaults


@pytest.mark.parametrize(
    ("value", "words"),
    [("宫保鸡丁,鱼香肉丝", ("宫保鸡丁", "鱼香肉丝")),
     ("宫保鸡丁，鱼香肉丝", ("宫保鸡丁", "鱼香肉丝")),
     ("a, b\nc\r\n\n", ("a, b", "c")), (["a,b", " c  d "], ("a,b", "c d")), ("", ()), (None, ()),
     ([], ()), (["one", "one", ""], ("one",)), ("one", ("one",)), (["a\nb"], ("a", "b"))],
    ids=str,
)  # fmt: skip
def test_a_lexicon_in_every_form(value: object, words: tuple[str, ...]) -> None:
    assert parse_options({"lexicon": value}).lexicon == words


@pytest.mark.parametrize(
    "value",
    [5, True, {}, {"a": "b"}, [5], ["a", None], [["a"]], "x" * (MAX_WORD_CHARS + 1),
     [str(n) for n in range(MAX_WORDS + 1)], ",".join(map(str, range(MAX_WORDS + 1))),
     [f"{n:050}" for n in range(MAX_LEXICON_CHARS // 50 + 1)], "," * (MAX_LEXICON_BYTES + 1),
     ["a"] * 5000, "a\x00b", "a\u200bb", ["\ud800"], ["\u202eabc"]],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_what_is_no_lexicon(value: object) -> None:
    error = refusal({"lexicon": value})
    assert (error.code, error.field) == ("invalid_option", "lexicon")
    assert len(error.message) < 200


def test_the_largest_lexicon() -> None:
    words = [f"{n:020}" for n in range(MAX_WORDS)]
    assert parse_options({"lexicon": words}).lexicon == tuple(words)
    assert parse_options({"lexicon": "\n".join(words)}).lexicon == tuple(words)
    described = next(one for one in describe_options(Options()) if one["name"] == "lexicon")
    assert (described["type"], described["max"], described["default"]) == ("list", MAX_WORDS, [])


@pytest.mark.parametrize(
    ("value", "kinds"),
    [("date", ("date",)), ("date,id_number", ("date", "id_number")), ("none", ()),
     (["amount", "date"], ("amount", "date")), (" Amount ,amount", ("amount",))],
    ids=str,
)  # fmt: skip
def test_what_lines_are_expected_to_hold(value: object, kinds: tuple[str, ...]) -> None:
    assert parse_options({"expect": value}).expect == kinds


@pytest.mark.parametrize(
    "value", ["none,date", "phone", "date;amount", "date phone", ["none", "date"]], ids=str
)
def test_what_cannot_be_expected(value: object) -> None:
    error = refusal({"expect": value})
    assert (error.code, error.field) == ("invalid_option", "expect")
