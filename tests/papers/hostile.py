"""PDFs that want more than a page may have."""

import zlib
from collections.abc import Callable
from functools import cache

from tests.papers.raw import Raw, image, written

FORM = "/Type /XObject /Subtype /Form /BBox [0 0 1000 1000]"


@cache
def _zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing, packed to a thousandth."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])


def _content(stream: bytes, filters: str) -> bytes:
    pdf = Raw()
    content = pdf.stream(stream, f"/Filter {filters}")
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R >>"
    pdf.pages.append(pdf.add(page))
    return pdf.build()


def packed_content() -> bytes:
    """A gigabyte of content."""
    return _content(_zeros(1024), "/FlateDecode")


def packed_twice() -> bytes:
    """The same in four kilobytes."""
    return _content(zlib.compress(_zeros(1024), 9), "[/FlateDecode /FlateDecode]")


def _picture(side: int, entries: str, data: bytes) -> bytes:
    pdf = Raw()
    im = image(pdf, data, side, side, entries)
    pdf.page(b"q 595 0 0 842 0 0 cm /Im Do Q", resources=f"/XObject << /Im {im} 0 R >>")
    return pdf.build()


def huge_picture() -> bytes:
    """60,000 pixels each way."""
    return _picture(
        60_000, "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", _zeros(16)
    )


def huge_jpx() -> bytes:
    """A JPEG 2000 that claims 30,000 pixels each way."""
    return _picture(30_000, "/ColorSpace /DeviceRGB /Filter /JPXDecode", b"\xff\x4f\xff\x51" * 9)


def huge_jbig2() -> bytes:
    """A JBIG2 whose page header claims 60,000 × 60,000."""
    size = (60_000).to_bytes(4, "big") * 2
    segment = b"\0\0\0\0\x30\0\1" + (19).to_bytes(4, "big") + size + bytes(11)
    entries = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode"
    return _picture(60_000, entries, segment)


def forms_in_forms() -> bytes:
    """Ten to the power of twelve rectangles in three kilobytes."""
    pdf = Raw()
    last = pdf.stream(b"0 0 1 1 re f", FORM)
    for _ in range(12):
        last = pdf.stream(b"/F Do " * 10, f"{FORM} /Resources << /XObject << /F {last} 0 R >> >>")
    pdf.page(b"/F Do", resources=f"/XObject << /F {last} 0 R >>")
    return pdf.build()


def form_in_itself() -> bytes:
    """A form that draws itself."""
    pdf = Raw()
    pdf.stream(b"/F Do", f"{FORM} /Resources << /XObject << /F 3 0 R >> >>")
    pdf.page(b"/F Do", resources="/XObject << /F 3 0 R >>")
    return pdf.build()


def pages_in_a_circle() -> bytes:
    """A page tree that is its own child."""
    pdf = Raw()
    pdf.page(b"")
    return pdf.build(tree="<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R] >>")


def million_pages() -> bytes:
    """A page tree that claims a million."""
    pdf = Raw()
    pdf.page(b"")
    return pdf.build(tree="<< /Type /Pages /Count 1000000 /Kids [4 0 R] >>")


def giant_page() -> bytes:
    """A page of a thousand kilometres."""
    pdf = Raw()
    pdf.page(b"0 0 1 1 re f", size=(3e9, 3e9))
    return pdf.build()


def deep_arrays() -> bytes:
    """Brackets within brackets, in a page's content."""
    pdf = Raw()
    pdf.page(b"[" * 500_000)
    return pdf.build()


def deep_object() -> bytes:
    """The same among the objects."""
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * 500_000 + b"\nendobj\ntrailer << /Root 1 0 R >>"


def scripts() -> bytes:
    """A script that never ends, at opening and on the page."""
    pdf = Raw()
    action = "<< /S /JavaScript /JS (while \\(true\\) {}) >>"
    pdf.page(b"0 0 9 9 re f", more=f"/AA << /O {action} >>")
    return pdf.build(catalogue=f"/OpenAction {action} /AcroForm << /XFA (<xdp/>) /Fields [] >>")


def circular_xref() -> bytes:
    """A cross-reference table whose previous one is itself."""
    good = written([(50, 700, "中文测试")])
    return good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % good.rindex(b"xref\n0"))


HOSTILE: tuple[Callable[[], bytes], ...] = (
    packed_twice,
    huge_picture,
    huge_jpx,
    huge_jbig2,
    forms_in_forms,
    form_in_itself,
    pages_in_a_circle,
    million_pages,
    giant_page,
    deep_arrays,
    deep_object,
    scripts,
    circular_xref,
)
