"""PNG: every colour type and depth, to the exact pixel."""

import numpy as np
import pytest
from PIL import Image

from tests.pictures import png
from tests.pictures.make import Array, colours, greys, over_white, save
from tests.unit.documents.conftest import Read, ReadRgb


def three(grey: Array) -> Array:
    return np.repeat(grey[..., None], 3, axis=2)


def near(got: Array, want: Array) -> bool:
    return bool(np.abs(got.astype(int) - want).max() <= 1)


def test_colour(rgb: ReadRgb) -> None:
    assert np.array_equal(rgb(save(colours(), "PNG")), colours())


def test_grey(rgb: ReadRgb) -> None:
    assert np.array_equal(rgb(save(greys(), "PNG")), three(greys()))


def test_one_bit(rgb: ReadRgb) -> None:
    bits = greys() > 127
    assert np.array_equal(rgb(save(Image.fromarray(bits), "PNG")), three(bits * np.uint8(255)))


def test_palette(rgb: ReadRgb) -> None:
    image = Image.fromarray(colours()).quantize(16)
    assert np.array_equal(rgb(save(image, "PNG")), np.asarray(image.convert("RGB")))


def test_colour_with_alpha(rgb: ReadRgb) -> None:
    alpha = greys()
    data = save(np.dstack([colours(), alpha]), "PNG")
    assert near(rgb(data), over_white(colours(), alpha))


def test_transparent_is_white_and_opaque_is_kept(rgb: ReadRgb) -> None:
    alpha = np.where(np.arange(7) < 3, 0, 255).astype(np.uint8) * np.ones((5, 1), np.uint8)
    got = rgb(save(np.dstack([colours(), alpha]), "PNG"))
    assert (got[:, :3] == 255).all()
    assert np.array_equal(got[:, 3:], colours()[:, 3:])


def test_grey_with_alpha(rgb: ReadRgb) -> None:
    grey, alpha = greys(), colours()[..., 1]
    image = Image.merge("LA", [Image.fromarray(grey), Image.fromarray(alpha)])
    assert near(rgb(save(image, "PNG")), over_white(three(grey), alpha))


@pytest.mark.parametrize("transparency", [1, b"\xff\x00\x80\xff"])
def test_palette_with_transparency(rgb: ReadRgb, transparency: int | bytes) -> None:
    image = Image.fromarray(np.arange(20, dtype=np.uint8).reshape(4, 5) % 4, mode="P")
    image.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120])
    got = rgb(save(image, "PNG", transparency=transparency))
    assert got[0, 0].tolist() == [10, 20, 30]
    assert got[0, 1].tolist() == [255, 255, 255]
    assert got[0, 3].tolist() == [100, 110, 120]
    assert (got[0, 2, 0] == 70) == isinstance(transparency, int)


def test_transparent_grey(rgb: ReadRgb) -> None:
    grey = greys()
    got = rgb(save(grey, "PNG", transparency=int(grey[2, 3])))
    assert np.array_equal(got, three(np.where(grey == grey[2, 3], 255, grey).astype(np.uint8)))


def test_transparent_colour(rgb: ReadRgb) -> None:
    picture = colours()
    want = picture.copy()
    want[2, 3] = 255
    key = tuple(int(band) for band in picture[2, 3])
    assert np.array_equal(rgb(save(picture, "PNG", transparency=key)), want)


@pytest.mark.parametrize(("depth", "levels"), [(2, [0, 85, 170, 255]), (4, [0, 17, 34, 51])])
def test_transparent_grey_of_few_bits(rgb: ReadRgb, depth: int, levels: list[int]) -> None:
    packed = bytes([0b00011011]) if depth == 2 else bytes([0x01, 0x23])
    head = png.header(4, 3, depth, png.GREY) + png.chunk(b"tRNS", b"\0\x02")
    got = rgb(head + png.body([packed] * 3))
    assert got[1, :, 0].tolist() == [levels[0], levels[1], 255, levels[3]]


def test_16_bit_grey_is_scaled_not_clipped(rgb: ReadRgb) -> None:
    samples = np.array([[0, 257, 32768], [65535, 4112, 65278], [256, 128, 127]], np.uint16)
    got = rgb(png.deep(samples, png.GREY))
    assert np.array_equal(got, three(np.rint(samples / 257).astype(np.uint8)))


def test_16_bit_grey_with_a_transparent_value(rgb: ReadRgb) -> None:
    samples = np.array([[0, 1, 2], [500, 501, 502], [40000, 5, 6]], np.uint16)
    key = png.chunk(b"tRNS", (500).to_bytes(2, "big"))
    got = rgb(png.deep(samples, png.GREY, key))
    assert got[..., 0].tolist() == [[0, 0, 0], [255, 2, 2], [156, 0, 0]]


def test_16_bit_colour(rgb: ReadRgb) -> None:
    samples = colours().astype(np.uint16) * 257
    assert np.array_equal(rgb(png.deep(samples, png.COLOUR)), colours())


def test_16_bit_colour_with_a_transparent_value(rgb: ReadRgb) -> None:
    samples = colours().astype(np.uint16) * 257
    got = rgb(
        png.deep(samples, png.COLOUR, png.chunk(b"tRNS", samples[1, 1].astype(">u2").tobytes()))
    )
    want = colours()
    want[1, 1] = 255
    assert np.array_equal(got, want)


def test_16_bit_with_alpha(rgb: ReadRgb) -> None:
    alpha = greys()
    samples = np.dstack([colours(), alpha]).astype(np.uint16) * 257
    assert near(rgb(png.deep(samples, png.COLOUR_ALPHA)), over_white(colours(), alpha))
    grey = np.dstack([greys(), colours()[..., 2]]).astype(np.uint16) * 257
    want = over_white(three(greys()), colours()[..., 2])
    assert near(rgb(png.deep(grey, png.GREY_ALPHA)), want)


def test_more_than_one_strip(rgb: ReadRgb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wenyun.documents.pixels.STRIP_PIXELS", 15)
    assert np.array_equal(rgb(save(colours(), "PNG")), colours())


def test_colour_profiles_are_ignored(rgb: ReadRgb) -> None:
    assert np.array_equal(rgb(save(colours(), "PNG", icc_profile=b"nonsense" * 50)), colours())


def test_animated_png_gives_its_first_frame(read: Read) -> None:
    second = Image.fromarray(255 - colours())
    data = save(colours(), "PNG", save_all=True, append_images=[second])
    picture = read(data)
    assert picture.warnings == ("animated_first_frame",)
    assert np.array_equal(picture.pixels[..., ::-1], colours())


def test_a_damaged_later_frame_does_not_matter(read: Read) -> None:
    frames = png.chunk(b"acTL", b"\0\0\0\2\0\0\0\0") + png.chunk(b"fcTL", b"short")
    picture = read(png.with_chunks(save(colours(), "PNG"), frames))
    assert picture.warnings == ("animated_first_frame",)


def test_an_animation_of_one_frame_is_a_still(read: Read) -> None:
    still = png.with_chunks(save(colours(), "PNG"), png.chunk(b"acTL", b"\0\0\0\1\0\0\0\0"))
    assert read(still).warnings == ()


@pytest.mark.parametrize("tail", [bytes(6_000_000), png.chunk(b"acTL", bytes(8)), b"\xff" * 100])
def test_bytes_after_the_end_do_not_matter(rgb: ReadRgb, tail: bytes) -> None:
    assert np.array_equal(rgb(save(colours(), "PNG") + tail), colours())
