"""PDFs of pictures: no picture is packed again that need not be, every pixel is as it was."""

import io
import zlib
from pathlib import Path

import numpy as np
import pypdf
import pytest
from PIL import Image, ImageDraw

from tests.exportkit.readers import needs_poppler, pypdf_text, text, words
from tests.exportkit.trees import block, document, line, page
from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits
from wenyun.exports.pdf.pictures import as_it_is, packed
from wenyun.exports.pdf.resolution import A4, points_a_pixel
from wenyun.exports.render import render
from wenyun.options import Options
from wenyun.result import Document

SIZE = (400, 300)


def drawn(mode: str = "RGB") -> Image.Image:
    """A picture with a different colour in each corner."""
    image = Image.new("RGB", SIZE, (250, 240, 230))
    pen = ImageDraw.Draw(image)
    for at, colour in (((0, 0), "red"), ((360, 0), "blue"), ((0, 260), "green")):
        pen.rectangle((*at, at[0] + 39, at[1] + 39), colour)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def searchable(source: bytes, made: Document | None = None) -> bytes:
    made = made or document(block("text", line("发票 Total 42", 60, 90, 12)))
    return render(made, Options(), source, "pdf").data


def embedded(data: bytes) -> pypdf.generic.StreamObject:
    (one,) = pypdf.PdfReader(io.BytesIO(data), strict=True).pages
    return one["/Resources"]["/XObject"]["/Page"]  # type: ignore[index,no-any-return]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_goes_in_byte_for_byte(mode: str, progressive: bool) -> None:
    source = saved(drawn(mode), "JPEG", progressive=progressive, quality=80)
    image = embedded(searchable(source))
    assert image._data == source
    assert str(image["/Filter"]) == "/DCTDecode"
    assert (
        str(image["/ColorSpace"])
        == {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[mode]
    )
    assert ("/Decode" in image) == (mode == "CMYK")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_png_data_goes_in_as_it_is(mode: str) -> None:
    source = saved(drawn(mode), "PNG")
    image = embedded(searchable(source))
    assert image._data in source
    assert zlib.decompress(image._data)


@pytest.mark.parametrize("change", ["alpha", "transparent", "interlaced"])
def test_png_that_pdf_has_no_words_for_is_packed_anew(change: str) -> None:
    image = drawn("RGBA") if change == "alpha" else drawn("L")
    source = saved(image, "PNG", **({"transparency": 3} if change == "transparent" else {}))
    if change == "interlaced":
        source = source[:28] + b"\1" + source[29:]
    assert as_it_is(source) is None


def test_png_in_many_pieces_with_something_behind_its_end() -> None:
    source = saved(drawn(), "PNG")
    at = source.index(b"IDAT") - 4
    size = int.from_bytes(source[at : at + 4], "big")
    packed_data, rest = source[at + 8 : at + 8 + size], source[at + 12 + size :]
    pieces = b"".join(
        b"\0\0\0\1IDAT" + packed_data[i : i + 1] + b"crc!" for i in range(len(packed_data))
    )
    found = as_it_is(source[:at] + pieces + rest + b"\0\0\0\4IDATmore----")
    assert found is not None
    assert found.data == packed_data


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "GIF", "WEBP"])
def test_other_pictures_keep_every_pixel(kind: str) -> None:
    source = saved(drawn(), kind, **({"lossless": True} if kind == "WEBP" else {}))
    image = embedded(searchable(source)).decode_as_image()
    pixels = decode(source, Limits(len(source), 10**6)).pixels
    assert np.array_equal(np.asarray(image.convert("RGB"))[..., ::-1], pixels)


@pytest.mark.parametrize(
    ("mode", "depth", "space"),
    [("1", 1, "/DeviceGray"), ("L", 8, "/DeviceGray"), ("RGB", 8, "/DeviceRGB")],
)
def test_packed_takes_no_more_than_it_must(mode: str, depth: int, space: str) -> None:
    found = packed(np.ascontiguousarray(np.asarray(drawn(mode).convert("RGB"))[..., ::-1]))
    assert f"/ColorSpace {space} /BitsPerComponent {depth}" in found.entries


@needs_poppler
def test_words_lie_over_the_picture(tmp_path: Path) -> None:
    data = searchable(saved(drawn(), "JPEG", dpi=(144, 144)))
    found = words(data, tmp_path)
    assert [one.text for one in found] == ["发票", "Total", "42"]
    assert found[0].near(30, 45, 42, 51, by=1)
    assert found[1].near(45, 45, 60, 51, by=1)


@needs_poppler
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_are_undone(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = saved(drawn(), "JPEG", exif=exif, quality=95)
    shown = decode(source, Limits(len(source), 10**6)).pixels
    height, width = shown.shape[:2]
    made = Document((page(block("text", line("ab", 60, 90, 12)), size=(width, height)),))
    data = searchable(source, made)
    assert embedded(data)._data == source
    assert words(data, tmp_path)[0].near(45, 67.5, 54, 76.5)
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    seen = pdfium.PdfDocument(data)[0].render(scale=96 / 72).to_numpy()[..., :3]
    assert seen.shape == shown.shape
    assert np.abs(seen.astype(int) - shown).mean() < 4


def test_a_page_on_its_side_is_shown_upright() -> None:
    made = Document((page(block("text", line("a")), angle=90),))
    (one,) = pypdf.PdfReader(io.BytesIO(searchable(saved(drawn(), "JPEG"), made))).pages
    assert one.rotation == 90


@needs_poppler
def test_text_is_small(tmp_path: Path) -> None:
    lines = [line("春眠不觉晓处处闻啼鸟夜来风雨声花落知多少", 10, 5 + 8 * i, 8) for i in range(36)]
    source = saved(drawn(), "JPEG")
    data = searchable(source, document(block("text", *lines)))
    assert len(data) - len(source) < 6000
    assert text(data, tmp_path).count("春眠不觉晓") == 36


def test_a_picture_without_text_is_a_pdf_all_the_same() -> None:
    data = searchable(saved(drawn(), "JPEG"), document())
    assert pypdf_text(data) == [""]


@pytest.mark.parametrize(
    ("size", "dpi", "scale"),
    [
        (SIZE, (300, 300), 72 / 300),
        (SIZE, (72, 72), 72 / 96),
        (SIZE, (1, 1), 72 / 96),
        ((4000, 3000), (72, 72), A4 / 4000),
        ((60000, 100), (150, 150), 14_400 / 60000),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_size_on_paper(
    kind: str, size: tuple[int, int], dpi: tuple[int, int], scale: float
) -> None:
    source = saved(Image.new("1" if kind != "JPEG" else "L", size), kind, dpi=dpi)
    assert points_a_pixel(source, *size) == pytest.approx(scale, rel=0.01)
