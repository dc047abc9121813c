"""PDFs as programs write them: embedded fonts, set by reportlab."""

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HAN = (
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/arphic/uming.ttc"),
)
LATIN = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")

A4 = (595.0, 842.0)

Draw = Callable[[Canvas], None]


def han_font() -> str:
    """The name of an embedded font with Han characters; skips where the system has none."""
    return _font("Han", HAN)


def latin_font() -> str:
    """The name of an embedded font with ligatures."""
    return _font("Latin", (LATIN,))


def vertical_font() -> str:
    """The name of a font that writes from top to bottom; not embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light", isVertical=True))
    return "STSong-Light"


def typeset(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    """A file of pages that are drawn one by one; origin at the bottom left."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(
    texts: Iterable[str], *, font: str, size: float = 12, at: tuple[float, float] = (60, 760)
) -> Draw:
    """Lines below each other, from their first baseline on."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, text in enumerate(texts):
            canvas.drawString(at[0], at[1] - 1.5 * size * number, text)

    return draw


def _font(name: str, files: Iterable[Path]) -> str:
    if name in pdfmetrics.getRegisteredFontNames():
        return name
    found = next((file for file in files if file.exists()), None)
    if found is None:
        pytest.skip(f"no font for {name}: tests/setup.sh installs it")
    pdfmetrics.registerFont(TTFont(name, str(found), subfontIndex=0))
    return name
