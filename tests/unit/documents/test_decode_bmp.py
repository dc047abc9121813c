"""BMP: what Pillow writes, and the layouts that it does not write."""

import numpy as np
from PIL import Image

from tests.pictures import bmp
from tests.pictures.make import colours, greys, save
from tests.unit.documents.conftest import ErrorOf, ReadRgb


def test_colour(rgb: ReadRgb) -> None:
    assert np.array_equal(rgb(save(colours(), "BMP")), colours())


def test_grey(rgb: ReadRgb) -> None:
    assert np.array_equal(rgb(save(greys(), "BMP")), np.dstack([greys()] * 3))


def test_one_bit(rgb: ReadRgb) -> None:
    bits = greys() > 127
    assert np.array_equal(rgb(save(Image.fromarray(bits), "BMP"))[..., 1], bits * 255)


def test_palette(rgb: ReadRgb) -> None:
    image = Image.fromarray(colours()).quantize(8)
    assert np.array_equal(rgb(save(image, "BMP")), np.asarray(image.convert("RGB")))


def test_first_row_on_top(rgb: ReadRgb) -> None:
    rows = np.dstack([colours()[..., ::-1], greys()]).tobytes()
    assert np.array_equal(rgb(bmp.bmp(7, -5, 32, rows)), colours())


def test_16_bits(rgb: ReadRgb) -> None:
    masks = (0xF800, 0x7E0, 0x1F, 0)
    pixel = (0xF800).to_bytes(2, "little") + (0x07FF).to_bytes(2, "little")
    data = bmp.bmp(4, 3, 16, pixel * 6, compression=bmp.BITFIELDS, masks=masks)
    got = rgb(data)
    assert got[0, 0].tolist() == [255, 0, 0]
    assert got[0, 1].tolist() == [0, 255, 255]


def test_alpha_is_composited(rgb: ReadRgb) -> None:
    data = _bgra((10, 20, 30, 255)) + _bgra((10, 20, 30, 0)) * 11
    got = rgb(_with_alpha(data))
    assert got[2, 0].tolist() == [30, 20, 10]
    assert got[0, 0].tolist() == [255, 255, 255]


def test_alpha_that_is_zero_all_over_means_nothing(rgb: ReadRgb) -> None:
    assert (rgb(_with_alpha(_bgra((10, 20, 30, 0)) * 12)) == [30, 20, 10]).all()


def test_run_lengths(rgb: ReadRgb) -> None:
    palette = bytes([0, 0, 255, 0, 0, 255, 0, 0]) + bytes(254 * 4)
    runs = b"\4\0\0\0" + b"\4\1\0\0" + b"\2\0\2\1\0\1"
    got = rgb(bmp.bmp(4, 3, 8, runs, compression=bmp.RLE8, palette=palette))
    red, green = [255, 0, 0], [0, 255, 0]
    assert got.tolist() == [[red, red, green, green], [green] * 4, [red] * 4]


def test_run_lengths_of_four_bits(rgb: ReadRgb) -> None:
    palette = bytes([0, 0, 255, 0, 0, 255, 0, 0]) + bytes(14 * 4)
    rows = b"\4\x01\0\0" * 3 + b"\0\1"
    got = rgb(bmp.bmp(4, 3, 4, rows, compression=bmp.RLE4, palette=palette))
    assert got[1].tolist() == [[255, 0, 0], [0, 255, 0]] * 2


def test_run_lengths_that_end_early(error_of: ErrorOf) -> None:
    data = bmp.bmp(40, 50, 8, b"\x14\1" * 30, compression=bmp.RLE8, palette=bytes(1024))
    assert error_of(data).code == "corrupt_image"


def test_cut_short(error_of: ErrorOf) -> None:
    data = save(colours(), "BMP")
    assert error_of(data[:30]).code == "corrupt_image"
    assert error_of(data[:-20]).code == "corrupt_image"


def _bgra(values: tuple[int, int, int, int]) -> bytes:
    return bytes(values)


def _with_alpha(data: bytes) -> bytes:
    masks = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    return bmp.bmp(4, 3, 32, data, compression=bmp.BITFIELDS, masks=masks)
