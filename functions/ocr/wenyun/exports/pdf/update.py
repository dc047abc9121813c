"""An incremental update of a PDF: pages get text, and not a byte of the file is touched.

What is added is a new version of each page's dictionary with one stream more, that stream, and the
font (ISO 32000-1, 7.5.6). The text is drawn before the page's own content, so that nothing which
that leaves behind in the graphics state can move it.
"""

import io
import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject, PdfObject

from wenyun.errors import WenyunError
from wenyun.exports.pdf.font import OBJECTS, font_objects, stream
from wenyun.exports.pdf.leaf import placement, with_text
from wenyun.exports.pdf.objects import Section

STARTXREF = re.compile(rb"startxref\s+(\d+)")
TAIL = 4096
KEPT = ("/Root", "/Info", "/ID")
"""What a trailer says of the whole file."""


class Update:
    """Adds text to the pages of one file.

    Args:
        source: The file.
        to_unicode: The CMap of the text's codes.

    Raises:
        WenyunError: `invalid_option` where the file is encrypted or cannot be added to.

    """

    def __init__(self, source: bytes, to_unicode: bytes) -> None:
        self._source = source
        self._reader = _open(source)
        self._to_unicode = to_unicode
        self._next = _size(self._reader)

    def write(self, layers: list[dict[str, Any]]) -> bytes:
        """What is to be appended.

        Args:
            layers: `number` of a page, its `width` and `height` as displayed, and its `text` as
                operators.

        """
        start = self._source.find(b"%PDF-", 0, 1024)
        glue = b"" if self._source.endswith(b"\n") else b"\n"
        section = Section(base=len(self._source) - max(0, start))
        section.write(glue)
        font = self._take(OBJECTS)
        done: set[int] = set()
        for layer in layers:
            self._page(section, layer, font, done)
        for place, body in enumerate(font_objects(font, self._to_unicode)):
            section.add(font + place, body)
        return self._close(section)

    def _page(self, section: Section, layer: dict[str, Any], font: int, done: set[int]) -> None:
        page = self._reader.pages[layer["number"] - 1]
        at = page.indirect_reference
        if at is None or at.idnum in done:
            return
        done.add(at.idnum)
        text = self._take(1)
        matrix = placement(page, layer["width"], layer["height"])
        drawn = f"q {matrix} cm\n{layer['text']}Q\n"
        section.add(text, stream(drawn.encode("ascii")))
        changed = with_text(page, *(IndirectObject(n, 0, self._reader) for n in (text, font)))
        section.add(at.idnum, _bytes(changed), at.generation)

    def _take(self, count: int) -> int:
        first = self._next
        self._next += count
        return first

    def _close(self, section: Section) -> bytes:
        trailer = self._reader.trailer
        at, is_stream = self._last_table()
        kept = [
            b"%b %b" % (key.encode(), _bytes(trailer.raw_get(key)))
            for key in KEPT
            if key in trailer
        ]
        entries = b" ".join([*kept, b"/Prev %d" % at])
        if is_stream:
            return section.end_with_stream(entries, self._take(1))
        return section.end_with_table(entries, self._next)

    def _last_table(self) -> tuple[int, bool]:
        """Where the file's last cross-reference is, and whether it is a stream."""
        found = STARTXREF.findall(self._source[-TAIL:])
        at = int(found[-1]) if found else 0
        start = max(0, self._source.find(b"%PDF-", 0, 1024))
        there = self._source[start + at : start + at + 32].lstrip()
        return at, not there.startswith(b"xref")


def _open(source: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(source), strict=False)
        encrypted = "/Encrypt" in reader.trailer
        count = 0 if encrypted else len(reader.pages)
    except Exception as error:
        raise unfit() from error
    if encrypted:
        raise WenyunError(
            "invalid_option",
            "No text can be added to an encrypted PDF: take its protection off first, or choose "
            "another format.",
            "加密的 PDF 无法添加文字层：请先解除保护，或选择其他格式。",
            field="format",
        )
    if not count:
        raise unfit()
    return reader


def unfit() -> WenyunError:
    """The file can be read but not added to."""
    return WenyunError(
        "invalid_option",
        "No text can be added to this PDF, for its structure is damaged: choose another format.",
        "此 PDF 的结构已损坏，无法添加文字层：请选择其他格式。",
        field="format",
    )


def _size(reader: PdfReader) -> int:
    """One more than the highest number of an object, whatever the trailer says."""
    numbers: list[int] = [number for places in reader.xref.values() for number in places]
    return max([0, *numbers, *reader.xref_objStm]) + 1


def _bytes(thing: PdfObject) -> bytes:
    out = io.BytesIO()
    thing.write_to_stream(out)
    return out.getvalue()
