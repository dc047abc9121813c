"""Scanned PDFs: pages of the scenes as JPEGs, one a page."""

from collections.abc import Sequence

from tests.papers.raw import Raw, jpeg_page
from tests.scenes.files import encoded
from tests.scenes.page import ScenePage

WIDTH = 595.0


def scanned(pages: Sequence[ScenePage], width: float = WIDTH) -> bytes:
    """A file with a picture on each page, all of one width in points."""
    pdf = Raw()
    for page in pages:
        pixels = page.size
        height = round(width * pixels[1] / pixels[0], 2)
        jpeg_page(pdf, encoded(page, ".jpg"), pixels, (width, height))
    return pdf.build()
