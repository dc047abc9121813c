"""Damaged files end in a picture or in a code of the contract, and in nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.pictures import bmp, png
from tests.pictures.make import colours, exif, greys, save
from tests.pictures.mutate import mutate
from tests.unit.documents.conftest import LIMITS
from wenyun.documents.decode import decode
from wenyun.errors import WenyunError

CODES = {
    "empty_file",
    "unsupported_image",
    "too_many_pixels",
    "image_too_small",
    "corrupt_image",
}
SEEDS = range(300)

PICTURE = Image.fromarray(colours(40, 50))
CMYK = PICTURE.convert("CMYK")
DEEP = Image.fromarray(greys(40, 50).astype(np.uint16) * 257)
FLOATS = Image.fromarray(greys(40, 50).astype(np.float32))
FRAMES = {"save_all": True, "append_images": [Image.fromarray(255 - colours(40, 50))]}

FILES = {
    "jpeg": save(PICTURE, "JPEG", exif=b"Exif\0\0" + exif(6)),
    "jpeg progressive": save(PICTURE, "JPEG", progressive=True),
    "jpeg cmyk": save(CMYK, "JPEG"),
    "png": png.with_chunks(save(PICTURE, "PNG"), png.chunk(b"eXIf", exif(6))),
    "png palette": save(PICTURE.quantize(16), "PNG", transparency=b"\0\xff\x80"),
    "png deep": save(DEEP, "PNG"),
    "apng": save(PICTURE, "PNG", **FRAMES),
    "gif": save(PICTURE, "GIF", transparency=3, **FRAMES),
    "bmp": save(PICTURE, "BMP"),
    "bmp palette": save(PICTURE.quantize(16), "BMP"),
    "bmp runs": bmp.bmp(
        40, 50, 8, b"\x14\1\x14\2\0\0" * 50 + b"\0\1", compression=bmp.RLE8, palette=bytes(1024)
    ),
    "webp": save(PICTURE.convert("RGBA"), "WEBP", exif=b"Exif\0\0" + exif(6)),
    "webp lossless": save(PICTURE, "WEBP", lossless=True, **FRAMES),
    "tiff": save(PICTURE, "TIFF", tiffinfo={274: 6}),
    "tiff lzw": save(PICTURE, "TIFF", compression="tiff_lzw"),
    "tiff jpeg": save(PICTURE, "TIFF", compression="jpeg"),
    "tiff group4": save(PICTURE.convert("1"), "TIFF", compression="group4"),
    "tiff float": save(FLOATS, "TIFF", compression="tiff_adobe_deflate"),
}


def outcome(data: bytes) -> str:
    """`picture` or the error's code; anything else raises."""
    try:
        pixels = decode(data, LIMITS).pixels
    except WenyunError as error:
        return error.code
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 3
    return "picture"


@pytest.mark.parametrize("name", FILES)
def test_mutations(name: str) -> None:
    assert outcome(FILES[name]) == "picture"
    outcomes = {outcome(mutate(FILES[name], seed)) for seed in SEEDS}
    assert outcomes <= CODES | {"picture"}
    assert "corrupt_image" in outcomes


@pytest.mark.parametrize("name", FILES)
def test_every_head_of_a_file(name: str) -> None:
    data = FILES[name]
    heads = [*range(64), *range(64, len(data), max(1, len(data) // 60))]
    outcomes = {outcome(data[:length]) for length in heads}
    assert outcomes <= CODES | {"picture"}
    assert "empty_file" in outcomes


HEADS = [data[:16] for data in FILES.values()]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=300))
def test_noise_behind_a_true_head(head: bytes, rest: bytes) -> None:
    assert outcome(head + rest) in CODES | {"picture"}


def test_mutations_are_the_same_every_time() -> None:
    data = FILES["png"]
    assert [mutate(data, seed) for seed in range(20)] == [mutate(data, seed) for seed in range(20)]
    assert len({mutate(data, seed) for seed in range(20)}) > 15
