"""JPEG: grey, colour, CMYK both ways round, progressive; metadata never gets in the way."""

import numpy as np
import pytest
from PIL import Image

from tests.fuzz.bombs import jpeg_of_passes
from tests.pictures import jpeg
from tests.pictures.make import Array, save
from tests.unit.documents.conftest import ErrorOf, ReadRgb
from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits
from wenyun.errors import WenyunError

COLOUR = (200, 80, 30)


def flat(colour: tuple[int, ...], mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (16, 24), colour)


def near(got: Array, want: tuple[int, ...]) -> bool:
    return got.shape == (24, 16, 3) and bool(np.abs(got.astype(int) - want).max() <= 3)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_colour(rgb: ReadRgb, progressive: bool, subsampling: int) -> None:
    data = save(flat(COLOUR), "JPEG", quality=95, progressive=progressive, subsampling=subsampling)
    assert near(rgb(data), COLOUR)


def test_grey(rgb: ReadRgb) -> None:
    assert near(rgb(save(flat((90,), "L"), "JPEG", quality=95)), (90, 90, 90))


def test_colour_stored_as_rgb(rgb: ReadRgb) -> None:
    """The Adobe marker says that the bands are no YCbCr; it must survive the metadata's end."""
    assert near(rgb(save(flat(COLOUR), "JPEG", quality=95, keep_rgb=True)), COLOUR)


def test_cmyk_as_adobe_writes_it(rgb: ReadRgb) -> None:
    """Inverted: full ink is zero."""
    data = save(flat((0, 255, 255, 0), "CMYK"), "JPEG", quality=95)
    assert b"Adobe" in data
    assert near(rgb(data), (255, 0, 0))


def test_cmyk_without_the_adobe_marker_is_read_the_same_way(rgb: ReadRgb) -> None:
    data = jpeg.without_adobe(save(flat((0, 255, 255, 0), "CMYK"), "JPEG", quality=95))
    assert near(rgb(data), (255, 0, 0))


def test_ycck(rgb: ReadRgb) -> None:
    """The bytes of a CMYK file declared as YCCK: Y 255, Cb 0, Cr 0, inverted."""
    data = bytearray(save(flat((0, 255, 255, 0), "CMYK"), "JPEG", quality=95))
    data[data.index(b"Adobe") + 11] = 2
    assert near(rgb(bytes(data)), (179, 0, 227))


def test_two_pictures_in_one_file_give_the_first(rgb: ReadRgb) -> None:
    data = save(flat(COLOUR), "MPO", quality=95, save_all=True, append_images=[flat((0, 0, 0))])
    assert near(rgb(data), COLOUR)


def test_metadata_is_passed_over(rgb: ReadRgb) -> None:
    junk = [
        jpeg.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<broken"),
        jpeg.segment(0xE2, b"ICC_PROFILE\0\1\1nonsense"),
        jpeg.segment(0xE1, b"Exif\0\0nonsense"),
        jpeg.segment(0xFE, b"a comment"),
        b"\xff\xff\xff",
    ]
    data = jpeg.with_segments(save(flat(COLOUR), "JPEG", quality=95), *junk)
    assert near(rgb(data), COLOUR)


def test_stray_bytes_between_segments(rgb: ReadRgb) -> None:
    data = save(flat(COLOUR), "JPEG", quality=95)
    at = data.index(b"\xff\xdb")
    assert near(rgb(data[:at] + b"\0\0" + data[at:]), COLOUR)


def test_bytes_after_the_picture_do_not_matter(rgb: ReadRgb) -> None:
    assert near(rgb(save(flat(COLOUR), "JPEG", quality=95) + b"trailing" * 999), COLOUR)


def test_a_missing_end_marker_counts_as_cut_short(error_of: ErrorOf) -> None:
    data = save(flat(COLOUR), "JPEG", quality=95)
    assert data.endswith(b"\xff\xd9")
    assert error_of(data[:-2]).code == "corrupt_image"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_cut_short(error_of: ErrorOf, share: float) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    data = save(noise, "JPEG", quality=95)
    assert error_of(data[: int(len(data) * share)]).code == "corrupt_image"


def test_more_scans_than_any_camera_writes(error_of: ErrorOf) -> None:
    data = save(flat(COLOUR), "JPEG", progressive=True)
    assert error_of(data[:-2] + b"\xff\xda\0\2" * 300 + data[-2:]).code == "corrupt_image"


def test_empty_scans_over_a_large_picture_are_not_gone_through(error_of: ErrorOf) -> None:
    assert len(jpeg_of_passes()) < 20_000
    limits = Limits(bytes=20_000_000, pixels=50_000_000)
    with pytest.raises(WenyunError) as caught:
        decode(jpeg_of_passes(), limits)
    assert caught.value.code == "corrupt_image"
    assert str(caught.value.__cause__) == "too many scans"


def test_scans_of_a_small_picture_are_many_enough_for_anyone() -> None:
    limits = Limits(bytes=20_000_000, pixels=50_000_000)
    assert decode(jpeg_of_passes(side=160), limits).pixels.shape == (160, 160, 3)


def test_more_segments_than_any_camera_writes(error_of: ErrorOf) -> None:
    segments = [jpeg.segment(0xE1, b"Exif\0\0")] * 20_000
    assert error_of(jpeg.with_segments(save(flat(COLOUR), "JPEG"), *segments)).code == (
        "corrupt_image"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe0\0\0" + b"\0" * 20,
        b"\xff\xd8\xff\xd9" + b"\0" * 20,
        b"\xff\xd8\xff\xda\0\2",
        b"\xff\xd8" + b"\xff" * 50,
    ],
)
def test_no_picture_inside(error_of: ErrorOf, data: bytes) -> None:
    assert error_of(data).code == "corrupt_image"
