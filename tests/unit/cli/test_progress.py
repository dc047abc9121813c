"""The bar: of several files, or of the pages of one."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Command, FakeReader, Terminal
from wenyun.cli_progress import progress_for
from wenyun.result import Document


@pytest.fixture
def paged(reader: FakeReader, monkeypatch: pytest.MonkeyPatch) -> FakeReader:
    """Every file has three pages."""
    plain = reader.read

    def read(*args: Any, progress: Any = None, **more: Any) -> Document:
        for done in (1, 2, 3):
            progress(done, 3)
        return plain(*args, **more)

    monkeypatch.setattr(reader, "read", read)
    return reader


def test_one_file_of_several_pages_has_a_bar_of_pages(
    command: Command, paged: FakeReader, picture: Path
) -> None:
    ended = command(picture, terminal=True)
    assert ended.status == 0
    assert "/3" in ended.err
    assert "page" in ended.err
    assert ended.err.endswith("\r"), "and it is gone at the end"


def test_one_picture_has_none(command: Command, picture: Path) -> None:
    assert command(picture, terminal=True).err == ""


def test_several_files_name_the_page_behind(
    command: Command, paged: FakeReader, picture: Path
) -> None:
    ended = command(picture, picture, terminal=True)
    assert "/2" in ended.err
    assert "file" in ended.err


def test_nothing_without_a_terminal(command: Command, paged: FakeReader, picture: Path) -> None:
    assert command(picture).err == ""


def test_pages_of_several_files_are_told_while_they_are_read() -> None:
    err = Terminal()
    with progress_for(2, err) as progress:
        progress.pages(1, 4)
        progress.pages(2, 4)
        progress.step()
        with progress.aside():
            err.write("a word\n")
    shown = err.getvalue()
    assert "page 2/4" in shown
    assert "a word\n" in shown


def test_silence_takes_everything() -> None:
    err = StringIO()
    with progress_for(1, err) as progress:
        progress.pages(1, 2)
        progress.step()
        with progress.aside():
            pass
    assert err.getvalue() == ""
