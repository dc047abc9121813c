"""Sizes: refused by the header alone, before memory is taken; and bombs of every kind."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.pictures import bmp, gif, jpeg, png, tiff
from tests.pictures.make import colours, save
from tests.unit.documents.conftest import LIMITS, ErrorOf, ReadRgb
from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits
from wenyun.errors import WenyunError

SIDE = 30_000
BILLIONS = {
    "png": png.header(SIDE, SIDE, 8, png.COLOUR) + png.body([]),
    "gif": gif.gif(SIDE, SIDE, gif.frame(0, 0, 1, 1)),
    "bmp": bmp.bmp(SIDE, SIDE, 32, b""),
    "bmp with alpha": bmp.bmp(
        SIDE, SIDE, 32, b"", compression=3, masks=(0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    ),
    "tiff": tiff.grey(SIDE, SIDE, b""),
    "webp": b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (SIDE - 1).to_bytes(3, "little") * 2,
    "webp lossy": b"RIFF\0\0\0\0WEBPVP8 \xff\0\0\0" + bytes(6) + struct.pack("<HH", 16000, 16000),
    "webp lossless": b"RIFF\0\0\0\0WEBPVP8L\xff\0\0\0\x2f"
    + (0x3FFF | 0x3FFF << 14).to_bytes(4, "little")
    + bytes(9),
}


@pytest.mark.parametrize("name", BILLIONS)
def test_a_billion_pixels_are_refused_by_the_header(error_of: ErrorOf, name: str) -> None:
    error = error_of(BILLIONS[name])
    assert (error.code, error.status) == ("too_many_pixels", 413)
    assert "1,000,000" in error.message
    assert "1,000,000" in error.message_zh


def test_a_billion_pixels_in_a_jpeg(error_of: ErrorOf) -> None:
    data = save(Image.new("L", (8, 8)), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    huge = data[:at] + struct.pack(">HH", SIDE, SIDE) + data[at + 4 :]
    error = error_of(huge)
    assert error.code == "too_many_pixels"
    assert "30000 × 30000" in error.message


def test_the_limit_itself_is_taken() -> None:
    data = save(colours(), "PNG")
    assert decode(data, Limits(bytes=1, pixels=35)).pixels.shape == (5, 7, 3)
    with pytest.raises(WenyunError) as caught:
        decode(data, Limits(bytes=1, pixels=34))
    assert caught.value.code == "too_many_pixels"


def test_a_side_longer_than_any_jpeg(error_of: ErrorOf) -> None:
    assert error_of(png.header(70_000, 3, 1, png.GREY) + png.body([])).code == "too_many_pixels"


def test_very_long_pictures_are_taken(rgb: ReadRgb) -> None:
    assert rgb(save(Image.new("1", (65_535, 3)), "PNG")).shape == (3, 65_535, 3)
    assert rgb(save(Image.new("L", (3, 60_000)), "PNG")).shape == (60_000, 3, 3)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (2, 900), (900, 2)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"])
def test_too_small(error_of: ErrorOf, kind: str, size: tuple[int, int]) -> None:
    error = error_of(save(Image.new("L", size), kind))
    assert error.code == "image_too_small"
    assert f"{size[0]} × {size[1]}" in error.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"])
def test_the_smallest(rgb: ReadRgb, kind: str) -> None:
    assert rgb(save(Image.new("L", (3, 3)), kind)).shape == (3, 3, 3)


def test_no_size_at_all(error_of: ErrorOf) -> None:
    for data in (png.header(0, 5, 8, png.GREY) + png.body([]), gif.gif(0, 0)):
        assert error_of(data).code == "corrupt_image"


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_png_text_that_unpacks_a_thousandfold_is_passed_over(rgb: ReadRgb, kind: bytes) -> None:
    bomb = zlib.compress(bytes(64 << 20), 9)
    head = b"key\0\1\0\0\0" if kind == b"iTXt" else b"key\0\0"
    chunks = [png.chunk(kind, head + bomb)] * 3
    assert np.array_equal(rgb(png.with_chunks(save(colours(), "PNG"), *chunks)), colours())


def test_png_data_that_goes_on_after_the_last_row(rgb: ReadRgb) -> None:
    rows = b"".join(b"\0" + row.tobytes() for row in colours())
    bomb = png.chunk(b"IDAT", zlib.compress(rows + bytes(100_000_000), 9)) + png.chunk(b"IEND")
    assert np.array_equal(rgb(png.header(7, 5, 8, png.COLOUR) + bomb), colours())


def test_png_of_more_chunks_than_anyone_needs(error_of: ErrorOf) -> None:
    chunks = [png.chunk(b"IDAT")] * 250_000
    assert error_of(png.with_chunks(save(colours(), "PNG"), *chunks)).code == "corrupt_image"


def test_jpeg_with_many_exif_blocks(rgb: ReadRgb) -> None:
    blocks = [jpeg.segment(0xE1, b"Exif\0\0" + bytes(60_000))] * 150
    data = jpeg.with_segments(save(Image.new("L", (9, 9), 255), "JPEG"), *blocks)
    assert (rgb(data) == 255).all()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"])
def test_only_the_named_format_is_tried(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow's own search would run every decoder that it has."""

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("Pillow searched for a decoder")

    data = save(colours(), kind)
    monkeypatch.setattr(Image, "open", forbidden)
    monkeypatch.setattr(Image, "preinit", forbidden)
    monkeypatch.setattr(Image, "init", forbidden)
    assert decode(data, LIMITS).pixels.shape == (5, 7, 3)
