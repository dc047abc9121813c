"""TIFF: modes, compressions, byte orders, turns and directories that lie."""

import zlib

import numpy as np
import pytest
from PIL import Image

from tests.pictures import tiff
from tests.pictures.make import Array, colours, greys, save
from tests.unit.documents.conftest import ErrorOf, Read, ReadRgb

LOSSLESS = ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"]


def three(grey: Array) -> Array:
    return np.repeat(grey[..., None], 3, axis=2)


@pytest.mark.parametrize("compression", LOSSLESS)
def test_colour(rgb: ReadRgb, compression: str) -> None:
    assert np.array_equal(rgb(save(colours(), "TIFF", compression=compression)), colours())


@pytest.mark.parametrize("compression", LOSSLESS)
def test_grey(rgb: ReadRgb, compression: str) -> None:
    assert np.array_equal(rgb(save(greys(), "TIFF", compression=compression)), three(greys()))


@pytest.mark.parametrize("compression", ["raw", "group3", "group4"])
def test_one_bit(rgb: ReadRgb, compression: str) -> None:
    bits = greys(16, 24) > 127
    data = save(Image.fromarray(bits), "TIFF", compression=compression)
    assert np.array_equal(rgb(data)[..., 0], bits * 255)


def test_palette(rgb: ReadRgb) -> None:
    image = Image.fromarray(colours()).quantize(16)
    assert np.array_equal(rgb(save(image, "TIFF")), np.asarray(image.convert("RGB")))


def test_cmyk(rgb: ReadRgb) -> None:
    image = Image.new("CMYK", (8, 6), (0, 255, 255, 0))
    assert (rgb(save(image, "TIFF")) == [255, 0, 0]).all()


def test_lab(rgb: ReadRgb) -> None:
    image = Image.new("LAB", (8, 6), (255, 128, 128))
    assert (rgb(save(image, "TIFF")) >= 253).all()


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha(rgb: ReadRgb, mode: str) -> None:
    image = Image.new(mode, (8, 6), (40,) * (len(mode) - 1) + (0,))
    image.paste((40,) * (len(mode) - 1) + (255,), (0, 0, 4, 6))
    got = rgb(save(image, "TIFF"))
    assert (got[:, :4] == 40).all()
    assert (got[:, 4:] == 255).all()


@pytest.mark.parametrize("compression", LOSSLESS)
def test_16_bit_grey_is_scaled_not_clipped(rgb: ReadRgb, compression: str) -> None:
    samples = greys().astype(np.uint16) * 257
    data = save(Image.fromarray(samples), "TIFF", compression=compression)
    assert np.array_equal(rgb(data), three(greys()))


def test_16_bit_grey_where_white_is_zero(rgb: ReadRgb) -> None:
    samples = (greys().astype(np.uint16) * 257).astype("<u2").tobytes()
    data = tiff.grey(7, 5, samples, bits=16, photometric=0)
    assert np.array_equal(rgb(data), three(255 - greys()))


def test_12_bit_grey(rgb: ReadRgb) -> None:
    got = rgb(tiff.grey(4, 3, bytes.fromhex("000fff800001") * 3, bits=12))
    assert got[0, :, 0].tolist() == [0, 255, 128, 0]


def test_signed_and_float_samples_are_stretched(rgb: ReadRgb) -> None:
    ramp = np.linspace(-3, 12, 36).reshape(6, 6)
    for samples in (ramp.astype(np.float32), (ramp * 1000).astype(np.int32)):
        got = rgb(save(Image.fromarray(samples), "TIFF"))
        assert np.abs(got[..., 0] - np.rint((ramp + 3) * 17)).max() <= 1


def test_float_samples_from_zero_to_one_keep_their_brightness(rgb: ReadRgb) -> None:
    samples = np.full((4, 5), 0.5, np.float32)
    assert (rgb(save(Image.fromarray(samples), "TIFF")) == 128).all()


def test_float_samples_that_are_no_numbers_are_white(rgb: ReadRgb) -> None:
    samples = np.array([[0, 10, np.nan], [np.inf, 5, 0], [0, 0, -np.inf]], np.float32)
    got = rgb(save(Image.fromarray(samples), "TIFF"))[..., 0]
    assert got.tolist() == [[0, 255, 255], [255, 128, 0], [0, 0, 0]]


def test_flat_and_empty_ranges_are_white(rgb: ReadRgb) -> None:
    for value in (7.5, np.nan):
        data = save(Image.fromarray(np.full((4, 4), value, np.float32)), "TIFF")
        assert (rgb(data) == 255).all()


def test_jpeg_inside(rgb: ReadRgb) -> None:
    data = save(Image.new("RGB", (16, 16), (200, 80, 30)), "TIFF", compression="jpeg", quality=95)
    assert np.abs(rgb(data).astype(int) - (200, 80, 30)).max() <= 3


def test_tiles(rgb: ReadRgb) -> None:
    picture = greys(16, 32)
    parts = picture[:, :16].tobytes() + picture[:, 16:].tobytes()
    assert np.array_equal(rgb(_tiled(32, 16, 16, parts, [8, 8 + 256])), three(picture))


def test_several_pages_give_the_first(read: Read) -> None:
    data = save(colours(), "TIFF", save_all=True, append_images=[Image.new("RGB", (90, 80))])
    picture = read(data)
    assert np.array_equal(picture.pixels[..., ::-1], colours())
    assert picture.warnings == ()


def test_a_directory_that_follows_itself(rgb: ReadRgb) -> None:
    data = bytes(range(12))
    start = 8 + len(data)
    tags = {256: [4], 257: [3], 258: [8], 262: [1], 273: [8], 277: [1], 279: [12]}
    got = rgb(tiff.tiff(tags, data, following=start))
    assert got[..., 0].tobytes() == data


def test_more_strips_than_rows_could_need(error_of: ErrorOf) -> None:
    tags = {256: [4], 257: [3], 258: [8], 262: [1], 273: [8] * 300_000, 277: [1]}
    assert error_of(tiff.tiff(tags, bytes(12))).code == "corrupt_image"


def test_a_tile_far_larger_than_its_picture(error_of: ErrorOf) -> None:
    """libtiff would unpack it whole: two gigabytes for a picture of 100 pixels a side."""
    packed = zlib.compress(bytes(1_000_000))
    data = _tiled(100, 100, 46_000, packed, [8], compression=8)
    assert error_of(data).code == "corrupt_image"


@pytest.mark.parametrize("compression", LOSSLESS)
def test_cut_short(error_of: ErrorOf, compression: str) -> None:
    data = save(colours(60, 60), "TIFF", compression=compression)
    for share in (0.001, 0.2, 0.7):
        assert error_of(data[: max(8, int(len(data) * share))]).code == "corrupt_image"


def test_no_size(error_of: ErrorOf) -> None:
    assert error_of(tiff.tiff({258: [8]})).code == "corrupt_image"


def _tiled(
    width: int, height: int, side: int, data: bytes, offsets: list[int], compression: int = 1
) -> bytes:
    tags = {
        tiff.WIDTH: [width],
        tiff.LENGTH: [height],
        tiff.BITS: [8],
        tiff.COMPRESSION: [compression],
        tiff.PHOTOMETRIC: [1],
        tiff.SAMPLES: [1],
        tiff.TILE_WIDTH: [side],
        tiff.TILE_LENGTH: [side],
        tiff.TILE_OFFSETS: offsets,
        tiff.TILE_BYTES: [len(data) // len(offsets)] * len(offsets),
    }
    return tiff.tiff(tags, data)
