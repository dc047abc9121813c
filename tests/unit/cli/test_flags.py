"""Every option of the table is a flag, with the table's own checks."""

from io import StringIO
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command, FakeReader
from wenyun.cli_flags import Arguments, parse_arguments
from wenyun.errors import WenyunError
from wenyun.options import SPECS, Options
from wenyun.settings import Settings
from wenyun.values import Area
from wenyun.version import __version__


def parse(*words: str, profile: str = "balanced") -> Arguments:
    args = parse_arguments(words, Settings(profile=profile), StringIO())
    assert args is not None
    return args


def test_defaults() -> None:
    options = Options(format=("text",))
    assert parse("a.png") == Arguments(("a.png",), options, json=False, draw=None)


def test_the_deployment_chooses_the_default_profile() -> None:
    assert parse("a.png", profile="fast").options.profile == "fast"
    assert parse("a.png", "--profile", "accurate", profile="fast").options.profile == "accurate"


def test_every_flag() -> None:
    args = parse(
        *("--lang", "en", "--profile", "fast", "--enhance", "on", "--direction", "vertical"),
        *("--region", "1,2,3,4", "--ignore", "5,6,7,8", "--ignore", "9,10,11,12", "--timings"),
        *("--json", "--draw", "out.png", "a.png"),
    )
    assert args.options == Options(
        lang="en",
        profile="fast",
        enhance="on",
        direction="vertical",
        region=Area(1, 2, 3, 4),
        ignore=(Area(5, 6, 7, 8), Area(9, 10, 11, 12)),
        timings=True,
        format=("text",),
    )
    assert args.json
    assert args.draw == Path("out.png")


def test_the_reader_gets_the_options(command: Command, reader: FakeReader, picture: Path) -> None:
    command(picture, "--lang", "mix")
    assert reader.asked == [Options(lang="mix", format=("text",))]


def test_the_reader_is_told_what_is_made_of_its_document() -> None:
    assert parse("a.png", "-o", "out.pdf").options.format == ("pdf",)
    assert parse("a.png", "--format", "hocr").options.format == ("hocr",)


def test_files_and_flags_in_any_order() -> None:
    assert parse("a", "--json", "b", "--lang=en", "c", "--", "--d").files == ("a", "b", "c", "--d")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--lang", "fr", "a"), "lang"),
        (("--region", "1,2,3", "a"), "region"),
        (("--ignore", "1,2,0,4", "a"), "ignore"),
    ],
)
def test_bad_values(words: tuple[str, ...], field: str) -> None:
    with pytest.raises(WenyunError) as caught:
        parse(*words)
    assert (caught.value.code, caught.value.field) == ("invalid_option", field)


@pytest.mark.parametrize("words", [(), ("--json",), ("--bogus", "a"), ("--js", "a"), ("--draw",)])
def test_bad_usage_points_to_the_help(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="try 'wenyun --help'"):
        parse(*words)


def test_help_names_every_option_and_value() -> None:
    out = StringIO()
    assert parse_arguments(["--help"], Settings(), out) is None
    for spec in SPECS.values():
        assert f"--{spec.name}" in out.getvalue()
        assert all(value in out.getvalue() for value in spec.enum or ())


def test_version() -> None:
    out = StringIO()
    assert parse_arguments(["--version"], Settings(), out) is None
    assert out.getvalue() == f"wenyun {__version__}\n"


def test_words_on_the_line_and_from_a_file(tmp_path: Path) -> None:
    listed = tmp_path / "words.txt"
    listed.write_text("\ufeff宫保鸡丁\n鱼香, 肉丝\n", "utf-8")
    assert parse("a.png", "--lexicon", "一,二").options.lexicon == ("一", "二")
    assert parse("a.png", "--lexicon", f"@{listed}").options.lexicon == ("宫保鸡丁", "鱼香, 肉丝")
    listed.write_text("one", "utf-8")
    assert parse("a.png", "--lexicon", f"@{listed}").options.lexicon == ("one",)


@pytest.mark.parametrize("data", [None, b"\xff\xfe\x00"])
def test_a_file_of_words_that_is_none(tmp_path: Path, data: bytes | None) -> None:
    listed = tmp_path / "words.txt"
    if data is not None:
        listed.write_bytes(data)
    with pytest.raises(ValueError, match="--lexicon @"):
        parse("a.png", "--lexicon", f"@{listed}")


def test_a_file_of_too_many_words(tmp_path: Path) -> None:
    listed = tmp_path / "words.txt"
    listed.write_text("字\n" * 200_000, "utf-8")
    with pytest.raises(WenyunError, match="lexicon"):
        parse("a.png", "--lexicon", f"@{listed}")


def test_what_is_expected() -> None:
    assert parse("a.png", "--expect", "date,amount").options.expect == ("date", "amount")
