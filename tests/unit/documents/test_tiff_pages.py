"""TIFFs of several pages: found, bounded, decoded one by one."""

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.pictures.tiff import grey
from wenyun.documents.formats.ifd import beginning_at, directories, entries
from wenyun.documents.formats.tiff import MAX_DIRECTORIES, page_offsets
from wenyun.documents.reader import Limits
from wenyun.documents.tiff_sheets import open_tiff
from wenyun.errors import WenyunError

LIMITS = Limits(bytes=1, pixels=10_000)


def pages(*frames: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=list(frames[1:]), **options)
    return out.getvalue()


def frame(level: int, size: tuple[int, int] = (30, 20), mode: str = "L") -> Image.Image:
    return Image.new(mode, size, level)


def levels(data: bytes) -> list[int]:
    sheets = open_tiff(data, LIMITS)
    found = []
    for number in range(1, sheets.count + 1):
        sheet = sheets.sheet(number)
        assert sheet.pixels is not None
        assert (sheet.number, sheet.unit, sheet.height, sheet.width) == (
            number, "px", *sheet.pixels.shape[:2],
        )  # fmt: skip
        found.append(int(sheet.pixels[0, 0, 0]))
    sheets.close()
    return found


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_every_page_is_its_own(compression: str) -> None:
    data = pages(frame(10), frame(20, (40, 50)), frame(30), compression=compression)
    assert levels(data) == [10, 20, 30]
    sheet = open_tiff(data, LIMITS).sheet(2)
    assert (sheet.width, sheet.height) == (40, 50)


def test_pages_of_different_kinds() -> None:
    data = pages(frame(0, mode="1"), frame(200), Image.new("RGB", (30, 20), (9, 9, 9)))
    assert levels(data) == [0, 200, 9]


def test_pages_of_bilevel_fax() -> None:
    data = pages(frame(0, mode="1"), frame(1, mode="1"), compression="group4")
    assert levels(data) == [0, 255]


def test_big_files_and_big_endians() -> None:
    big = BytesIO()
    frame(10).save(big, "TIFF", big_tiff=True, save_all=True, append_images=[frame(20)])
    assert levels(big.getvalue()) == [10, 20]
    assert len(page_offsets(big.getvalue())) == 2


def test_a_turned_page() -> None:
    image = Image.fromarray(np.arange(600, dtype=np.uint8).reshape(20, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    sheet = open_tiff(pages(image, image, exif=exif), LIMITS).sheet(1)
    assert (sheet.width, sheet.height) == (20, 30)


def test_a_page_over_the_limit_fails_alone() -> None:
    sheets = open_tiff(pages(frame(1), frame(2, (200, 200)), frame(3)), LIMITS)
    with pytest.raises(WenyunError) as caught:
        sheets.sheet(2)
    assert caught.value.code == "too_many_pixels"
    assert sheets.sheet(3).pixels is not None


def test_previews_and_masks_are_no_pages() -> None:
    data = bytearray(pages(frame(1), frame(2), frame(3)))
    for place, kind in zip(list(directories(bytes(data), 9))[1:], (1, 4), strict=True):
        # The first entry becomes NewSubfileType, a LONG with the kind in it.
        struct.pack_into("<HHII", data, place + 2, 254, 4, 1, kind)
    assert len(page_offsets(bytes(data))) == 1


def test_a_damaged_page_fails_alone() -> None:
    data = bytearray(pages(frame(1), frame(2), frame(3)))
    second = list(directories(bytes(data), 9))[1]
    tags = struct.unpack_from("<H", data, second)[0]
    for place in range(second + 2, second + 2 + 12 * tags, 12):
        if struct.unpack_from("<H", data, place)[0] == 273:
            struct.pack_into("<I", data, place + 8, 10**9)
    sheets = open_tiff(bytes(data), LIMITS)
    assert sheets.count == 3
    with pytest.raises(WenyunError) as caught:
        sheets.sheet(2)
    assert caught.value.code == "corrupt_image"
    assert sheets.sheet(3).pixels is not None


def chained(*following: int) -> bytes:
    """A header, then empty directories at 8, 14, 20, …, each naming its follower."""
    body = b"".join(struct.pack("<HI", 0, offset) for offset in following)
    return b"II*\0" + struct.pack("<I", 8) + body + bytes(16)


@pytest.mark.parametrize(
    ("following", "found"),
    [((14, 20, 0), [8, 14, 20]), ((14, 8), [8, 14]), ((8,), [8]), ((14, 14), [8, 14]),
     ((10**9,), [8]), ((0,), [8])],
)  # fmt: skip
def test_chains_end(following: tuple[int, ...], found: list[int]) -> None:
    assert list(directories(chained(*following), 100)) == found


def test_a_long_chain_is_cut() -> None:
    long = chained(*range(14, 14 + 6 * (MAX_DIRECTORIES + 50), 6))
    assert len(page_offsets(long)) == MAX_DIRECTORIES


def test_a_loop_of_real_pages_has_each_once() -> None:
    data = bytearray(pages(frame(1), frame(2)))
    first, second = directories(bytes(data), 9)
    tags = struct.unpack_from("<H", data, second)[0]
    struct.pack_into("<I", data, second + 2 + 12 * tags, first)
    assert levels(bytes(data)) == [1, 2]


@pytest.mark.parametrize(
    "data", [b"II*\0", b"II*\0\0\0\0\0" + bytes(20), b"MM\0*\xff\xff\xff\xff" + bytes(20)]
)
def test_no_page_at_all(data: bytes) -> None:
    with pytest.raises(WenyunError) as caught:
        open_tiff(data, LIMITS)
    assert caught.value.code == "corrupt_image"


def test_a_file_beginning_elsewhere() -> None:
    data = pages(frame(1), frame(2, (40, 20)))
    second = list(directories(data, 9))[1]
    moved = beginning_at(data, second)
    assert len(moved) == len(data)
    assert list(entries(moved)) == list(entries(data, second))
    assert Image.open(BytesIO(moved)).size == (40, 20)


def test_a_single_page_is_read_as_before() -> None:
    assert levels(grey(20, 20, bytes(range(200)) * 2)) == [0]
