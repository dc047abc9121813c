"""GIF and WebP: palettes, alpha and the first frame of animations."""

import numpy as np
import pytest
from PIL import Image

from tests.pictures import gif
from tests.pictures.make import colours, greys, over_white, save
from tests.unit.documents.conftest import ErrorOf, Read, ReadRgb


def test_gif_colours(rgb: ReadRgb) -> None:
    image = Image.fromarray(colours()).quantize(64)
    assert np.array_equal(rgb(save(image, "GIF")), np.asarray(image.convert("RGB")))


def test_gif_grey(rgb: ReadRgb) -> None:
    assert np.array_equal(rgb(save(greys(), "GIF")), np.dstack([greys()] * 3))


@pytest.mark.parametrize("interlace", [0, 1])
def test_gif_transparency(rgb: ReadRgb, interlace: int) -> None:
    image = Image.fromarray(np.arange(20, dtype=np.uint8).reshape(4, 5) % 3, mode="P")
    image.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    got = rgb(save(image, "GIF", transparency=1, interlace=interlace))
    assert got[0, :3].tolist() == [[10, 20, 30], [255, 255, 255], [70, 80, 90]]


def test_animated_gif_gives_its_first_frame(read: Read) -> None:
    first = Image.fromarray(colours()).quantize(64)
    others = [Image.fromarray(255 - colours()), Image.fromarray(colours() // 2)]
    picture = read(save(first, "GIF", save_all=True, append_images=others))
    assert picture.warnings == ("animated_first_frame",)
    assert np.array_equal(picture.pixels[..., ::-1], np.asarray(first.convert("RGB")))


def test_gif_of_one_frame_with_extensions_around_it(read: Read) -> None:
    comment = b"!\xfe\3abc\0"
    picture = read(gif.gif(3, 3, comment, gif.control(2), gif.frame(0, 0, 1, 1), comment))
    assert picture.warnings == ()
    assert picture.pixels.shape == (3, 3, 3)


def test_gif_whose_second_frame_is_damaged(read: Read) -> None:
    data = gif.gif(3, 3, gif.frame(0, 0, 1, 1), gif.control(0) + b",\0\0")
    assert read(data).warnings == ("animated_first_frame",)


def test_gif_that_ends_after_its_first_frame(read: Read) -> None:
    assert read(gif.gif(3, 3, gif.frame(0, 0, 1, 1))[:-1]).warnings == ()


def test_gif_frame_beyond_the_screen_counts_for_the_limit(error_of: ErrorOf) -> None:
    """Disposal 2 makes Pillow take the frame's memory at opening."""
    error = error_of(gif.gif(3, 3, gif.control(2), gif.frame(0, 0, 13_000, 13_000)))
    assert error.code == "too_many_pixels"
    assert "13000 × 13000" in error.message


@pytest.mark.parametrize("codes", [b"\xff" * 200, b"\x44" * 200, b"\x84\x8f\xa9\xcb" * 50])
def test_gif_codes_that_do_not_fill_the_picture(error_of: ErrorOf, codes: bytes) -> None:
    assert error_of(gif.gif(999, 999, gif.frame(0, 0, 999, 999, codes))).code == "corrupt_image"


def test_gif_without_a_frame(error_of: ErrorOf) -> None:
    assert error_of(gif.gif(9, 9)).code == "corrupt_image"
    assert error_of(b"GIF89a").code == "corrupt_image"


def test_webp_lossless(rgb: ReadRgb) -> None:
    assert np.array_equal(rgb(save(colours(), "WEBP", lossless=True)), colours())


def test_webp_lossy(rgb: ReadRgb) -> None:
    got = rgb(save(Image.new("RGB", (20, 10), (200, 80, 30)), "WEBP", quality=95))
    assert got.shape == (10, 20, 3)
    assert np.abs(got.astype(int) - (200, 80, 30)).max() <= 6


@pytest.mark.parametrize("lossless", [True, False])
def test_webp_alpha(rgb: ReadRgb, lossless: bool) -> None:
    flat = np.full((8, 8, 3), 90, np.uint8)
    alpha = np.repeat(np.array([0, 255], np.uint8), 4)[None].repeat(8, axis=0)
    got = rgb(save(np.dstack([flat, alpha]), "WEBP", lossless=lossless, exact=True))
    assert np.abs(got.astype(int) - over_white(flat, alpha)).max() <= 6


def test_animated_webp_gives_its_first_frame(read: Read) -> None:
    others = [Image.fromarray(255 - colours())]
    data = save(colours(), "WEBP", save_all=True, append_images=others, lossless=True)
    picture = read(data)
    assert picture.warnings == ("animated_first_frame",)
    assert np.array_equal(picture.pixels[..., ::-1], colours())


@pytest.mark.parametrize(
    ("kind", "options"),
    [("GIF", {}), ("WEBP", {"lossless": True}), ("WEBP", {"quality": 50})],
)
def test_cut_short(error_of: ErrorOf, kind: str, options: dict[str, bool | int]) -> None:
    data = save(colours(60, 60), kind, **options)
    for share in (0.01, 0.1, 0.5, 0.9):
        cut = data[: max(12, int(len(data) * share))]
        assert error_of(cut).code == "corrupt_image"
