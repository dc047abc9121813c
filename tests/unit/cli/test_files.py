"""Results as files."""

import json
import os
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from wenyun.cli_files import ENDINGS, write_whole
from wenyun.errors import WenyunError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_says_the_format(
    command: Command, picture: Path, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"deep/er/out{ending.upper()}"
    ended = command(picture, "-o", target)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    starts = {
        "pdf": b"%PDF",
        "json": b"{",
        "csv": b"\xef\xbb\xbfpage",
        "hocr": b"<?xml",
        "alto": b"<?xml",
    }
    assert target.read_bytes().startswith(starts.get(ENDINGS[ending], "发票".encode()))
    assert names(target.parent) == [target.name]


def test_a_named_format_beats_the_ending(command: Command, picture: Path, tmp_path: Path) -> None:
    assert command(picture, "-o", tmp_path / "a.dat", "--format", "json").status == 0
    assert json.loads((tmp_path / "a.dat").read_text("utf-8"))["success"] is True


def test_several_files_and_formats_go_into_a_folder(
    command: Command, picture: Path, tmp_path: Path
) -> None:
    ended = command(
        picture, "-", "-o", tmp_path / "out", "--format=text,csv", stdin=picture.read_bytes()
    )
    assert ended.status == 0
    assert names(tmp_path / "out") == [
        "page.png.csv",
        "page.png.txt",
        "stdin.csv",
        "stdin.txt",
    ]


def test_a_folder_gets_text_where_nothing_is_said(
    command: Command, picture: Path, tmp_path: Path
) -> None:
    command(picture, "--output", f"{tmp_path}/new/")
    assert names(tmp_path / "new") == ["page.png.txt"]


def test_an_older_result_is_replaced(command: Command, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    command(picture, "-o", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("发票")


def test_a_source_is_never_written_over(command: Command, picture: Path, tmp_path: Path) -> None:
    before = picture.read_bytes()
    link = tmp_path / "link.json"
    link.symlink_to(picture)
    os.link(picture, tmp_path / "hard.json")
    for target in (picture, link, tmp_path / "hard.json", tmp_path / "x/../page.png"):
        (tmp_path / "x").mkdir(exist_ok=True)
        with pytest.raises(ValueError, match="overwrite"):
            command(picture, "-o", target, "--format", "json")
    assert picture.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("-o", "out.docx"), "end the name in"),
        (("-o", "out"), "end the name in"),
        (("--format", "json,text"), "folder"),
        (("-o", "page.png", "--format", "json,text"), "folder"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Command,
    picture: Path,
    words: tuple[str, ...],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(picture.parent)
    with pytest.raises(ValueError, match=why):
        command(picture, *words)


def test_two_files_of_one_name_are_refused(command: Command, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    twin = tmp_path / "b/page.png"
    twin.write_bytes(picture.read_bytes())
    with pytest.raises(ValueError, match="two files"):
        command(picture, twin, "-o", tmp_path / "out")


@pytest.mark.parametrize("output", [(), ("-o", "-")])
def test_other_formats_are_printed_as_they_are(
    command: Command, picture: Path, output: tuple[str, ...]
) -> None:
    ended = command(picture, "--format", "hocr", *output)
    assert ended.out.startswith("<?xml")


def test_json_format_is_the_json_line(command: Command, picture: Path) -> None:
    assert json.loads(command(picture, "--format", "json").out)["file"] == str(picture)


def test_a_place_that_cannot_be_written(command: Command, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = command(picture, "-o", tmp_path / "file/a.txt")
    assert ended.status == 1
    assert "invalid_option" in ended.err


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WenyunError, match="No space"):
        write_whole(tmp_path / "a", b"new")
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_devices_are_written_to(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()
