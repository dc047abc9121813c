"""A searchable PDF of a file that was read."""

import time

from wenyun.deadline import Deadline
from wenyun.exports.pdf.font import Codes
from wenyun.exports.pdf.layer import page_layer
from wenyun.options import Options
from wenyun.result import Document

SIGNED = "pdf_signature"
"""The warning that a signature no longer covers the whole file."""


def document_pdf(
    document: Document, options: Options, source: bytes, deadline: Deadline | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """The file with text that can be searched, and warnings.

    A PDF keeps every byte that it has, and what is text in it already is not written again.
    A picture becomes a PDF.

    Args:
        document: What was read.
        options: What was asked for.
        source: The file that was read.
        deadline: When the time is up.

    Raises:
        WenyunError: `invalid_option` where a PDF cannot be added to, `time_limit`.

    """
    if any(page.unit == "pt" for page in document.pages):
        return _added(document, source, deadline or Deadline())
    from wenyun.exports.pdf.album import Album

    return Album(document, source, options).write(), ()


def _added(document: Document, source: bytes, deadline: Deadline) -> tuple[bytes, tuple[str, ...]]:
    from wenyun.exports.pdf.process import PATIENCE, added_by_child

    codes = Codes()
    layers = [
        {"number": page.number, "width": page.width, "height": page.height, "text": text}
        for page in document.pages
        if (text := page_layer(page, codes))
    ]
    if not layers:
        return source, ()
    deadline.check()
    request = {"to_unicode": codes.to_unicode().decode("ascii"), "pages": layers}
    added = added_by_child(source, request, min(PATIENCE, deadline.at - time.monotonic()))
    return source + added, (SIGNED,) if b"/ByteRange" in source else ()
