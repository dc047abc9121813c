"""Files in, text or JSON lines out; bad files are named and the others go on."""

import json
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command, FakeReader
from wenyun.errors import WenyunError

TEXT = "发票 Invoice\n¥12.50\n"


def test_one_file_prints_its_text_alone(command: Command, picture: Path) -> None:
    ended = command(picture)
    assert (ended.status, ended.out, ended.err) == (0, TEXT, "")


def test_several_files_get_headings(command: Command, picture: Path) -> None:
    other = picture.with_name("照片.png")
    other.write_bytes(picture.read_bytes())
    ended = command(picture, other)
    assert ended.out == f"==> {picture} <==\n{TEXT}\n==> {other} <==\n{TEXT}"


def test_standard_input(command: Command, picture: Path) -> None:
    assert command("-", stdin=picture.read_bytes()).out == TEXT


def test_json_is_the_answer_of_the_service_on_one_line(command: Command, picture: Path) -> None:
    ended = command(picture, "--json")
    assert ended.out.count("\n") == 1
    answer = json.loads(ended.out)
    assert answer["file"] == str(picture)
    assert answer["success"] is True
    assert [line["text"] for line in answer["text"]] == ["发票 Invoice", "¥12.50"]
    assert answer["text"][0]["box"] == [[10, 5], [40, 5], [40, 15], [10, 15]]
    assert answer["pages"][0]["width"] == 60
    assert answer["total_time"] > 0
    assert len(answer["request_id"]) == 32
    assert "发票" in ended.out


def test_json_has_a_line_for_every_file(command: Command, picture: Path) -> None:
    bad = picture.with_name("bad.png")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    ended = command("--json", bad, picture)
    first, second = (json.loads(line) for line in ended.out.splitlines())
    assert (first["file"], first["success"], first["error"]["code"]) == (
        str(bad),
        False,
        "corrupt_image",
    )
    assert second["success"] is True
    assert ended.status == 1


def test_a_bad_file_is_one_line_and_the_others_go_on(command: Command, picture: Path) -> None:
    bad = picture.with_name("bad.heic")
    bad.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    ended = command(bad, picture)
    assert ended.status == 1
    assert ended.out == f"==> {picture} <==\n{TEXT}"
    assert ended.err.count("\n") == 1
    assert ended.err.startswith(f"wenyun: {bad}: This is a HEIC photo")
    assert ended.err.endswith("(unsupported_image)\n")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_file"), (b"hello", "unsupported_image"), (b"\xff\xd8\xff\xe0", "corrupt_image")],
)
def test_codes_of_bad_files(command: Command, tmp_path: Path, content: bytes, code: str) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(content)
    ended = command(bad)
    assert (ended.status, ended.out) == (1, "")
    assert f"({code})" in ended.err


def test_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    ended = command(tmp_path / "none.png")
    assert ended.status == 1
    assert ended.err == (
        f"wenyun: {tmp_path / 'none.png'}: No such file or directory (not_found)\n"
    )


def test_a_folder(command: Command, tmp_path: Path) -> None:
    assert "Is a directory" in command(tmp_path).err


def test_a_file_larger_than_memory_allows(
    command: Command, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenyun.cli_input.MAX_FILE_BYTES", 50)
    ended = command(picture)
    assert ended.status == 1
    assert "(file_too_large)" in ended.err


def test_a_fault_of_ours_is_one_line_too(
    command: Command, reader: FakeReader, picture: Path
) -> None:
    reader.failure = RuntimeError("graph\nbroke")
    ended = command(picture, picture)
    assert ended.status == 1
    assert ended.err == f"wenyun: {picture}: RuntimeError: graph broke (internal)\n" * 2


def test_an_error_of_the_reader_keeps_its_code(
    command: Command, reader: FakeReader, picture: Path
) -> None:
    reader.failure = WenyunError("time_limit")
    assert "(time_limit)" in command(picture).err


def test_an_interrupt_ends_the_run(command: Command, reader: FakeReader, picture: Path) -> None:
    reader.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        command(picture, picture)
    assert len(reader.asked) == 1


def test_timings_go_to_standard_error(command: Command, picture: Path) -> None:
    ended = command(picture, "--timings")
    assert ended.out == TEXT
    assert ended.err.startswith(f"wenyun: {picture}: seconds:")


def test_a_bar_for_several_files_at_a_terminal(command: Command, picture: Path) -> None:
    ended = command(picture, picture, terminal=True)
    assert "1/2" in ended.err
    assert ended.out.count(TEXT) == 2


def test_no_bar_for_one_file_or_without_a_terminal(command: Command, picture: Path) -> None:
    assert command(picture, terminal=True).err == ""
    assert command(picture, picture).err == ""


def test_no_bar_without_tqdm(
    command: Command, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    ended = command(picture, picture, terminal=True)
    assert (ended.status, ended.err) == (0, "")
