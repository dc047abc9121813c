"""Boxes over the picture, written where asked and never over a source."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.papers.raw import Raw
from tests.unit.cli.conftest import Command, FakeReader
from wenyun.result import Block, Document, Line, Page


def is_red(path: Path) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    rgb = np.asarray(Image.open(path).convert("RGB")).astype(int)
    red: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = rgb[..., 0] - rgb[..., 2] > 100
    return red


@pytest.mark.parametrize("name", ["out.png", "out.jpg", "new/folder/out.png"])
def test_one_file(command: Command, picture: Path, tmp_path: Path, name: str) -> None:
    ended = command(picture, "--draw", tmp_path / name)
    assert (ended.status, ended.err) == (0, "")
    red = is_red(tmp_path / name)
    assert red.shape == (20, 60)
    if name.endswith("png"):
        assert red[5, 10:41].all()
        assert red[5:16, 40].all()
        assert not red[10, 15:35].any()
        assert not red[:4].any()


def test_one_file_into_a_folder_that_exists(
    command: Command, picture: Path, tmp_path: Path
) -> None:
    (tmp_path / "drawn").mkdir()
    command(picture, "--draw", tmp_path / "drawn")
    assert is_red(tmp_path / "drawn" / "page.png.png").any()


def test_several_files_into_a_new_folder(command: Command, picture: Path, tmp_path: Path) -> None:
    other = tmp_path / "page.jpg"
    Image.open(picture).convert("RGB").save(other)
    assert command(picture, other, "--draw", tmp_path / "drawn").status == 0
    assert sorted(p.name for p in (tmp_path / "drawn").iterdir()) == [
        "page.jpg.png",
        "page.png.png",
    ]


def test_standard_input(command: Command, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "drawn").mkdir()
    command("-", "--draw", tmp_path / "drawn", stdin=picture.read_bytes())
    assert is_red(tmp_path / "drawn" / "stdin.png").any()


def test_the_turn_of_the_photo_is_applied(command: Command, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[274] = 6
    Image.new("RGB", (20, 60), "white").save(photo, exif=exif)
    command(photo, "--draw", tmp_path / "out.png")
    assert is_red(tmp_path / "out.png").shape == (20, 60)


def test_a_source_is_never_overwritten(command: Command, picture: Path) -> None:
    before = picture.read_bytes()
    with pytest.raises(ValueError, match="overwrite"):
        command(picture, "--draw", picture.parent / "." / picture.name)
    assert picture.read_bytes() == before


def test_two_files_of_one_name(command: Command, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    twin = tmp_path / "b" / picture.name
    twin.write_bytes(picture.read_bytes())
    with pytest.raises(ValueError, match="two files"):
        command(picture, twin, "--draw", tmp_path / "drawn")


def test_several_files_need_a_folder(command: Command, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "out.png").write_bytes(b"")
    with pytest.raises(ValueError, match="folder"):
        command(picture, "-", "--draw", tmp_path / "out.png")


def test_an_ending_that_is_no_picture(command: Command, picture: Path, tmp_path: Path) -> None:
    ended = command(picture, "--draw", tmp_path / "out.doc")
    assert (ended.status, ended.out) == (1, "")
    assert "out.doc: use .png or .jpg (invalid_option)" in ended.err


def test_a_place_that_cannot_be_written(command: Command, picture: Path, tmp_path: Path) -> None:
    ended = command(picture, "--draw", picture / "out.png")
    assert ended.status == 1
    assert "(invalid_option)" in ended.err


def test_a_page_of_a_pdf_is_drawn_as_a_picture(
    command: Command, reader: FakeReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second page is the first that was read; its boxes are in points."""
    pdf = Raw()
    pdf.page(b"")
    pdf.page(b"0.5 g 0 0 20 20 re f", size=(100, 50))
    (tmp_path / "a.pdf").write_bytes(pdf.build())
    box = ((10.0, 5.0), (90.0, 5.0), (90.0, 45.0), (10.0, 45.0))
    block = Block("text", box, (Line("words", 0.9, box, "pdf_text"),))
    document = Document((Page(2, 100, 50, 0, (block,), unit="pt"),))
    monkeypatch.setattr(reader, "read", lambda *_, **__: document)
    assert command(tmp_path / "a.pdf", "--draw", tmp_path / "out.png").status == 0
    red = is_red(tmp_path / "out.png")
    height, width = red.shape
    assert width == pytest.approx(2 * height, abs=2)
    scale = width / 100
    rows, columns = np.flatnonzero(red.any(1)), np.flatnonzero(red.any(0))
    assert (columns[0] / scale, rows[0] / scale) == pytest.approx((10, 5), abs=1)
    assert (columns[-1] / scale, rows[-1] / scale) == pytest.approx((90, 45), abs=1)


def test_a_blank_page_of_a_pdf(
    command: Command, reader: FakeReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = Raw()
    pdf.page(b"", size=(100, 50))
    (tmp_path / "a.pdf").write_bytes(pdf.build())
    document = Document((Page(1, 100, 50, 0, (), unit="pt"),))
    monkeypatch.setattr(reader, "read", lambda *_, **__: document)
    assert command(tmp_path / "a.pdf", "--draw", tmp_path / "out.png").status == 0
    assert is_red(tmp_path / "out.png").shape == (50, 100)
