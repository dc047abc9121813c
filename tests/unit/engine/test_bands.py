"""Large pictures in bands give what they give whole."""

import numpy as np
import pytest

from wenyun.engine.bands import MARGIN, Map, See, in_bands, plan
from wenyun.engine.geometry import Image

STRIDE = 32


def first_channel(image: Image) -> Map:
    return np.ascontiguousarray(image[..., 0])


def seen(image: Image) -> See:
    """Parts of a picture along its longer side."""
    wide = image.shape[1] > image.shape[0]
    return lambda start, end: image[:, start:end] if wide else image[start:end]


def picture(height: int, width: int) -> Image:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize("limit", [20_000, 100_000, 10_000_000])
@pytest.mark.parametrize("length", [32, 320, 2016, 6400])
def test_bands_cover_a_side_once(length: int, limit: int) -> None:
    bands = plan(length, 320, limit, STRIDE)
    assert [band.start for band in bands[1:]] == [band.end for band in bands[:-1]]
    assert (bands[0].start, bands[-1].end) == (0, length)
    assert all(band.start % STRIDE == band.end % STRIDE == 0 for band in bands)


@pytest.mark.parametrize("length", [320, 2016, 6400])
def test_a_band_sees_its_neighbours_margins(length: int) -> None:
    for band in plan(length, 320, 100_000, STRIDE):
        assert band.seen_start == max(0, band.start - MARGIN)
        assert band.end <= band.seen_end <= length
        assert band.seen_end == length or band.seen_end - band.end >= MARGIN
        assert (band.seen_end - band.seen_start) % STRIDE == 0


def test_a_band_holds_no_more_than_it_may() -> None:
    for band in plan(6400, 640, 640 * 640, STRIDE):
        assert band.end - band.start <= 640


@pytest.mark.parametrize(("height", "width"), [(1280, 320), (320, 1280), (640, 640), (64, 3200)])
def test_the_whole_is_the_sum_of_its_bands(height: int, width: int) -> None:
    image = picture(height, width)
    assert np.array_equal(
        in_bands((height, width), seen(image), first_channel, 50_000, STRIDE), first_channel(image)
    )


@pytest.mark.parametrize(("height", "width"), [(1280, 320), (320, 1280)])
def test_no_band_is_larger_than_the_limit_and_its_margins(height: int, width: int) -> None:
    shapes: list[tuple[int, int]] = []

    def look(image: Image) -> Map:
        shapes.append((image.shape[0], image.shape[1]))
        return first_channel(image)

    in_bands((height, width), seen(picture(height, width)), look, 320 * 320, STRIDE)
    assert len(shapes) > 1
    assert all(h * w <= 320 * (320 + 2 * MARGIN) for h, w in shapes)
    # Bands are upright as the picture is: the network sees no text turned.
    assert all((h == 320) if width > height else (w == 320) for h, w in shapes)


def test_a_small_picture_is_one_band() -> None:
    shapes: list[tuple[int, ...]] = []

    def look(image: Image) -> Map:
        shapes.append(image.shape)
        return first_channel(image)

    in_bands((320, 320), seen(picture(320, 320)), look, 10**6, STRIDE)
    assert shapes == [(320, 320, 3)]
