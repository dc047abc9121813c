"""EXIF turns: all eight, in every format that carries them, on a picture with no symmetry."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.pictures import jpeg, png
from tests.pictures.make import Array, colours, exif, save
from tests.unit.documents.conftest import ReadRgb
from wenyun.documents.formats.ifd import entries, orientation

STORED = colours(3, 4)

SHOWN: dict[int, Array] = {
    1: STORED,
    2: STORED[:, ::-1],
    3: STORED[::-1, ::-1],
    4: STORED[::-1],
    5: STORED.transpose(1, 0, 2),
    6: STORED[::-1].transpose(1, 0, 2),
    7: STORED[::-1, ::-1].transpose(1, 0, 2),
    8: STORED[:, ::-1].transpose(1, 0, 2),
}
"""By the standard: 6 means that the stored left column is the shown top row, read upwards."""

ALL = pytest.mark.parametrize("turn", SHOWN)


@ALL
@pytest.mark.parametrize("order", ["II", "MM"])
def test_png(rgb: ReadRgb, turn: int, order: str) -> None:
    data = png.with_chunks(save(STORED, "PNG"), png.chunk(b"eXIf", exif(turn, order)))
    assert np.array_equal(rgb(data), SHOWN[turn])


@ALL
def test_webp(rgb: ReadRgb, turn: int) -> None:
    data = save(STORED, "WEBP", lossless=True, exif=b"Exif\0\0" + exif(turn))
    assert np.array_equal(rgb(data), SHOWN[turn])


@ALL
def test_tiff(rgb: ReadRgb, turn: int) -> None:
    for compression in ("raw", "tiff_lzw"):
        data = save(STORED, "TIFF", tiffinfo={274: turn}, compression=compression)
        assert np.array_equal(rgb(data), SHOWN[turn])


@ALL
def test_jpeg(rgb: ReadRgb, turn: int) -> None:
    """Quadrants of 16 pixels, whose colours survive the compression."""
    quadrants = np.array([[[250, 0, 0], [0, 250, 0], [0, 0, 250]], [[250] * 3, [0] * 3, [125] * 3]])
    stored = quadrants.astype(np.uint8).repeat(16, axis=0).repeat(16, axis=1)
    data = jpeg.with_exif(save(stored, "JPEG", quality=95, subsampling=0), exif(turn))
    image = Image.open(BytesIO(data))
    method = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(turn)
    want = np.asarray(image if method is None else image.transpose(method))
    assert np.array_equal(rgb(data), want)


def test_the_turn_of_the_first_exif_block_counts(rgb: ReadRgb) -> None:
    data = jpeg.with_exif(jpeg.with_exif(save(STORED, "JPEG"), exif(1)), exif(6))
    assert rgb(data).shape == (4, 3, 3)


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II",
        b"nonsense that is long enough",
        exif(0),
        exif(9),
        exif(6)[:12],
        b"II*\0" + b"\xff" * 30,
        exif(6).replace(b"\x12\x01\x03\x00", b"\x12\x01\x02\x00"),
    ],
)
def test_blocks_without_a_sensible_turn(block: bytes) -> None:
    assert orientation(block) == 1


def test_a_big_tiff_directory() -> None:
    entry = (274).to_bytes(2, "little") + b"\3\0" + (1).to_bytes(8, "little") + b"\6" + bytes(7)
    block = b"II+\0\x08\0\0\0" + (16).to_bytes(8, "little") + (1).to_bytes(8, "little") + entry
    assert [(e.tag, e.count, e.value) for e in entries(block)] == [(274, 1, 6)]
    assert orientation(block) == 6


def test_a_directory_that_claims_more_than_there_is() -> None:
    block = exif(6)
    lying = block[:8] + b"\xff\xff" + block[10:]
    assert [entry.tag for entry in entries(lying)] == [0x0112]
