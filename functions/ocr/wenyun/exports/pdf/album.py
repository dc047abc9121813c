"""A new PDF of pictures, a page each, with their text over them."""

from contextlib import closing
from dataclasses import dataclass

from wenyun.deadline import Deadline
from wenyun.documents.opening import open_sheets
from wenyun.documents.reader import Limits
from wenyun.documents.sheets import Sheets
from wenyun.exports.pdf.font import FONT, OBJECTS, Codes, font_objects, stream
from wenyun.exports.pdf.layer import page_layer
from wenyun.exports.pdf.objects import Section
from wenyun.exports.pdf.pictures import Embedded, as_it_is, packed
from wenyun.exports.pdf.resolution import points_a_pixel
from wenyun.options import Options
from wenyun.result import Document, Page

CATALOGUE, PAGES, FONT_AT = 1, 2, 3
FIRST_PAGE = FONT_AT + OBJECTS
PAGE_OBJECTS = 3

TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""EXIF's orientation as a matrix on the unit square that PDF draws a picture on."""

MAX_PIXELS = 2**31
"""What was read was under the deployment's limit already."""


@dataclass(slots=True)
class Album:
    """The PDF of one picture file."""

    document: Document
    source: bytes
    options: Options

    def write(self) -> bytes:
        """The file."""
        section, codes = Section(), Codes()
        section.write(b"%PDF-1.5\n%\xe6\x96\x87\xe4\xba\x91\n")
        section.add(CATALOGUE, b"<< /Type /Catalog /Pages %d 0 R >>" % PAGES)
        limits = Limits(bytes=len(self.source), pixels=MAX_PIXELS)
        with closing(open_sheets(self.source, self.options, limits, Deadline())) as sheets:
            for place, page in enumerate(self.document.pages):
                self._page(section, FIRST_PAGE + PAGE_OBJECTS * place, page, sheets, codes)
        section.add(PAGES, self._tree())
        for place, body in enumerate(font_objects(FONT_AT, codes.to_unicode())):
            section.add(FONT_AT + place, body)
        size = FIRST_PAGE + PAGE_OBJECTS * len(self.document.pages)
        return section.end_with_table(b"/Root %d 0 R" % CATALOGUE, size, first_free=True)

    def _tree(self) -> bytes:
        count = len(self.document.pages)
        kids = " ".join(f"{FIRST_PAGE + PAGE_OBJECTS * place} 0 R" for place in range(count))
        return f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()

    def _page(self, section: Section, at: int, page: Page, sheets: Sheets, codes: Codes) -> None:
        picture = self._picture(page, sheets)
        scale = points_a_pixel(self.source, page.width, page.height)
        width, height = page.width * scale, page.height * scale
        section.add(at, _page_object(at, width, height, page.angle))
        layer = page_layer(page, codes)
        a, b, c, d, e, f = TURNS[picture.orientation]
        drawn = (
            f"q {_matrix(a * width, b * height, c * width, d * height, e * width, f * height)} cm "
            f"/Page Do Q\nq {_matrix(scale, 0, 0, scale, 0, 0)} cm\n{layer}Q\n"
        )
        section.add(at + 1, stream(drawn.encode("ascii")))
        section.add(at + 2, _xobject(picture))

    def _picture(self, page: Page, sheets: Sheets) -> Embedded:
        """The file's own data where it holds one page alone."""
        own = as_it_is(self.source) if len(self.document.pages) == 1 else None
        if own is not None:
            return own
        pixels = sheets.sheet(page.number).pixels
        assert pixels is not None
        return packed(pixels)


def _page_object(at: int, width: float, height: float, angle: int) -> bytes:
    """A page that lies on its side is shown upright."""
    return (
        f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
        f"/Rotate {angle} /Contents {at + 1} 0 R /Resources << /XObject << /Page {at + 2} 0 R >> "
        f"/Font << /{FONT} {FONT_AT} 0 R >> >> >>"
    ).encode()


def _xobject(picture: Embedded) -> bytes:
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
        f"{picture.entries} /Length {len(picture.data)} >>\nstream\n"
    )
    return head.encode() + picture.data + b"\nendstream"


def _matrix(*values: float) -> str:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values)
