"""Sound files of every format that is read, small ones, drawn by our own generators."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Fit

from tests.papers.raw import HELVETICA, Raw, helvetica, image, jpeg_page, written
from tests.pictures import bmp, png, tiff
from tests.pictures.make import exif, save


@cache
def page(text: str = "No. 2024-11") -> Image.Image:
    """A line of text on white, 200 × 64."""
    picture = Image.new("RGB", (200, 64), "white")
    font = ImageFont.load_default(size=28)
    ImageDraw.Draw(picture).text((12, 14), text, fill="black", font=font)
    return picture


def _frames(count: int) -> dict[str, object]:
    return {"save_all": True, "append_images": [page(f"page {n}") for n in range(2, count + 1)]}


def _deep() -> Image.Image:
    return Image.fromarray(np.asarray(page().convert("L")).astype(np.uint16) * 257)


def _noise(width: int, height: int) -> Image.Image:
    rng = np.random.default_rng(7)
    return Image.fromarray(rng.integers(0, 256, (height, width), dtype=np.uint8))


def _runs() -> bytes:
    rows = b"\x14\1\x14\2\0\0" * 50 + b"\0\1"
    return bmp.bmp(40, 50, 8, rows, compression=bmp.RLE8, palette=bytes(1024))


def _tiles() -> bytes:
    tags = {
        tiff.WIDTH: [32],
        tiff.LENGTH: [32],
        tiff.BITS: [8],
        tiff.COMPRESSION: [1],
        tiff.PHOTOMETRIC: [1],
        tiff.SAMPLES: [1],
        tiff.TILE_WIDTH: [16],
        tiff.TILE_LENGTH: [16],
        tiff.TILE_OFFSETS: [8, 8, 8, 8],
        tiff.TILE_BYTES: [256, 256, 256, 256],
    }
    return tiff.tiff(tags, bytes(range(256)))


def _latin(pages: int = 1) -> bytes:
    pdf = Raw()
    for number in range(pages):
        content = helvetica([(60, 700, f"A line on page {number + 1}"), (60, 640, "and more")])
        pdf.page(content, resources=HELVETICA, size=(300, 800))
    return pdf.build()


def _scan() -> bytes:
    pdf = Raw()
    jpeg_page(pdf, save(page(), "JPEG"), (200, 64), (200, 64))
    return pdf.build()


def _forms() -> bytes:
    """A form in a form, a mask on a picture, a shading, a note on the page."""
    pdf = Raw()
    mask = image(pdf, bytes(range(64)), 8, 8, "/ColorSpace /DeviceGray /BitsPerComponent 8")
    grey = "/ColorSpace /DeviceGray /BitsPerComponent 8"
    picture = image(pdf, bytes(64), 8, 8, f"{grey} /SMask {mask} 0 R")
    head = "/Type /XObject /Subtype /Form /BBox [0 0 200 200]"
    inner = pdf.stream(b"0 0 50 50 re f", head)
    outer = pdf.stream(b"q /F Do Q", f"{head} /Resources << /XObject << /F {inner} 0 R >> >>")
    content = helvetica([(20, 150, "With forms")]) + b"/F Do q 90 0 0 90 9 9 cm /Im Do Q /S sh"
    shading = (
        "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 200 0] "
        "/Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >> >> >>"
    )
    objects = f"/XObject << /F {outer} 0 R /Im {picture} 0 R >>"
    note = "/Annots [<< /Type /Annot /Subtype /Square /Rect [5 5 60 60] /C [1 0 0] >>]"
    pdf.page(content, size=(200, 200), resources=f"{HELVETICA} {objects} {shading}", more=note)
    return pdf.build()


def _locked() -> bytes:
    """Encrypted, as far as its dictionaries say; the same bytes every time."""
    pdf = Raw()
    pdf.page(helvetica([(60, 700, "Nobody can read this")]), resources=HELVETICA)
    keys = f"/O <{'5a' * 32}> /U <{'a5' * 32}>"
    lock = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 {keys} >>"
    return pdf.build(trailer=f"{lock} /ID [<{'0f' * 16}> <{'0f' * 16}>]")


def _rewritten() -> bytes:
    """Compressed, with an outline, as pypdf writes it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(_latin(3))))
    parent = writer.add_outline_item(title="One", page_number=0)
    writer.add_outline_item(title="Two", page_number=1, parent=parent, fit=Fit.fit())
    for sheet in writer.pages:
        sheet.compress_content_streams()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


_MADE: dict[str, tuple[Callable[[], bytes], ...]] = {
    "jpeg": (
        lambda: save(page(), "JPEG", exif=b"Exif\0\0" + exif(6)),
        lambda: save(page(), "JPEG", progressive=True),
        lambda: save(page().convert("CMYK"), "JPEG"),
        lambda: save(page().convert("L"), "JPEG", quality=30),
    ),
    "png": (
        lambda: png.with_chunks(save(page(), "PNG"), png.chunk(b"eXIf", exif(6))),
        lambda: save(page().quantize(16), "PNG", transparency=b"\0\xff\x80"),
        lambda: save(_deep(), "PNG"),
        lambda: save(page().convert("RGBA"), "PNG"),
        lambda: save(page(), "PNG", **_frames(3)),
        lambda: save(page().convert("1"), "PNG"),
        lambda: save(_noise(1500, 3), "PNG"),
        lambda: save(_noise(3, 1500), "PNG"),
        lambda: save(_noise(90, 90), "PNG"),
        lambda: save(page().rotate(90, expand=True), "PNG"),
        lambda: save(page().resize((2400, 768)), "PNG"),
    ),
    "gif": (
        lambda: save(page(), "GIF"),
        lambda: save(page(), "GIF", transparency=3, **_frames(4)),
    ),
    "bmp": (
        lambda: save(page(), "BMP"),
        lambda: save(page().quantize(16), "BMP"),
        lambda: save(page().convert("1"), "BMP"),
        _runs,
    ),
    "webp": (
        lambda: save(page().convert("RGBA"), "WEBP", exif=b"Exif\0\0" + exif(6)),
        lambda: save(page(), "WEBP", lossless=True, **_frames(3)),
        lambda: save(page(), "WEBP", quality=40),
    ),
    "tiff": (
        lambda: save(page(), "TIFF", tiffinfo={274: 6}),
        lambda: save(page(), "TIFF", compression="tiff_lzw", **_frames(4)),
        lambda: save(page(), "TIFF", compression="jpeg"),
        lambda: save(page().convert("1"), "TIFF", compression="group4"),
        lambda: save(page(), "TIFF", compression="tiff_adobe_deflate", **_frames(9)),
        lambda: save(_deep(), "TIFF"),
        _tiles,
    ),
    "pdf": (
        lambda: written([(50, 700, "中文测试文档"), (50, 680, "第二行")], size=14),
        _latin,
        lambda: _latin(4),
        _scan,
        _forms,
        _rewritten,
        _locked,
    ),
}

FORMATS = tuple(_MADE)


@cache
def files(kind: str) -> tuple[bytes, ...]:
    """The sound files of a format, by its name in `FORMATS`."""
    return tuple(make() for make in _MADE[kind])
