"""The result tree as hOCR 1.2: valid XHTML with the boxes in titles.

A page in points is written in pixels at 300 a inch, for hOCR knows whole pixels alone; `scan_res`
says so.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from wenyun.exports.plain import bounds, plain
from wenyun.exports.words import runs_down, words
from wenyun.result import Block, Box, Document, Line, Page, Word
from wenyun.version import __version__

POINT_DPI = 300

LEVEL = 45.0
"""Degrees from which a line has a text angle and no baseline's slope."""

LANGS = {"zh": "zh", "en": "en", "mix": "zh"}

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="{lang}" lang="{lang}">
<head>
<title></title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="ocr-system" content="wenyun {version}" />
<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word" />
</head>
<body>
"""


def document_hocr(document: Document, lang: str = "zh") -> str:
    """All pages."""
    head = HEAD.format(lang=LANGS.get(lang, "zh"), version=__version__)
    pages = [_Writer(page).page() for page in document.pages]
    return f"{head}{''.join(pages)}</body>\n</html>\n"


@dataclass(slots=True)
class _Writer:
    """Writes one page; ids count up over it."""

    source: Page
    lines: int = 0
    words: int = 0

    @property
    def scale(self) -> float:
        return POINT_DPI / 72 if self.source.unit == "pt" else 1.0

    def page(self) -> str:
        page = self.source
        size = f"bbox 0 0 {round(page.width * self.scale)} {round(page.height * self.scale)}"
        title = f"{size}; ppageno {page.number - 1}"
        if page.unit == "pt":
            title += f"; scan_res {POINT_DPI} {POINT_DPI}"
        blocks = "".join(self._block(block, at) for at, block in enumerate(page.blocks, 1))
        return _element("div", "ocr_page", f"page_{page.number}", title, f"\n{blocks}") + "\n"

    def _block(self, block: Block, at: int) -> str:
        key = f"{self.source.number}_{at}"
        title = self._bbox(block.box)
        lines = "".join(self._line(line) for line in block.lines)
        inner = _element("p", "ocr_par", f"par_{key}", title, f"\n{lines}") + "\n" if lines else ""
        kind = {"table": "ocr_table", "figure": "ocr_photo"}.get(block.type, "ocr_carea")
        return _element("div", kind, f"block_{key}", title, f"\n{inner}") + "\n"

    def _line(self, line: Line) -> str:
        self.lines += 1
        key = f"line_{self.source.number}_{self.lines}"
        title = f"{self._bbox(line.box)}; {self._slope(line)}"
        inner = "".join(self._word(word) for word in _parted(line))
        return _element("span", "ocr_line", key, title, inner) + "\n"

    def _word(self, word: Word | None) -> str:
        if word is None:
            return " "
        self.words += 1
        sure = f"x_wconf {round(100 * word.confidence)}"
        title = f"{self._bbox(word.box)}; {sure}"
        key = f"word_{self.source.number}_{self.words}"
        return _element("span", "ocrx_word", key, title, escape(plain(word.text)))

    def _bbox(self, box: Box) -> str:
        left, top, right, bottom = bounds(box, self.scale)
        return f"bbox {int(left)} {int(top)} {math.ceil(right)} {math.ceil(bottom)}"

    def _slope(self, line: Line) -> str:
        """The baseline as slope and offset from the box's lower left corner, or the text's angle.

        Angles run counter-clockwise, as hOCR has them.
        """
        height = f"x_size {math.dist(line.box[0], line.box[3]) * self.scale:.1f}"
        (x0, y0), (x1, y1) = line.box[3], line.box[2]
        angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
        if runs_down(line) or abs(angle) > LEVEL:
            turn = 0.0 if runs_down(line) else -angle % 360
            return f"textangle {turn:.1f}; {height}"
        left, _, _, bottom = bounds(line.box, self.scale)
        slope = (y1 - y0) / (x1 - x0) if x1 != x0 else 0.0
        offset = y0 * self.scale + slope * (left - x0 * self.scale) - math.ceil(bottom)
        return f"baseline {slope:.4f} {offset:.1f}; {height}"


def _parted(line: Line) -> Iterator[Word | None]:
    """The line's words, with None where a space stands between two."""
    left = line.text
    for word in words(line):
        if left[:1].isspace():
            yield None
        left = left.lstrip()[len(word.text) :]
        yield word


def _element(tag: str, kind: str, key: str, title: str, inner: str) -> str:
    return f'<{tag} class="{kind}" id="{key}" title="{title}">{inner}</{tag}>'
