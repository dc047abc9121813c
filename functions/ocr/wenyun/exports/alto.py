"""The result tree as ALTO 4 XML, the form that libraries keep scans' text in.

A page in points is written in 1/1200 inch, pictures in pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from wenyun.exports.plain import bounds, plain
from wenyun.exports.words import words
from wenyun.result import Block, Box, Document, Line, Page, Word
from wenyun.version import __version__

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
LANGS = {"zh": "zh", "en": "en", "mix": "zh"}
TAGS = ("title", "text", "list", "table", "figure", "header", "footer")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="{namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="{namespace} {schema}" SCHEMAVERSION="4.4">
<Description>
<MeasurementUnit>{unit}</MeasurementUnit>
<Processing ID="ocr"><processingSoftware><softwareName>wenyun</softwareName>\
<softwareVersion>{version}</softwareVersion></processingSoftware></Processing>
</Description>
<Tags>{tags}</Tags>
<Layout>
"""


def document_alto(document: Document, lang: str = "zh") -> str:
    """All pages."""
    in_points = any(page.unit == "pt" for page in document.pages)
    head = HEAD.format(
        namespace=NAMESPACE,
        schema=SCHEMA,
        version=__version__,
        unit="inch1200" if in_points else "pixel",
        tags="".join(f'<LayoutTag ID="{tag}" LABEL="{tag}"/>' for tag in TAGS),
    )
    scale = 1200 / 72 if in_points else 1.0
    pages = [_Writer(page, scale, LANGS.get(lang, "zh")).page() for page in document.pages]
    return f"{head}{''.join(pages)}</Layout>\n</alto>\n"


@dataclass(slots=True)
class _Writer:
    """Writes one page; ids count up over it."""

    source: Page
    scale: float
    lang: str
    lines: int = 0
    strings: int = 0

    def page(self) -> str:
        number, width, height = self.source.number, *self._size()
        size = f'HEIGHT="{height}" WIDTH="{width}"'
        blocks = "".join(self._block(block, at) for at, block in enumerate(self.source.blocks, 1))
        return (
            f'<Page ID="page_{number}" PHYSICAL_IMG_NR="{number}" {size}>\n'
            f'<PrintSpace {size} HPOS="0" VPOS="0">\n{blocks}</PrintSpace>\n</Page>\n'
        )

    def _size(self) -> tuple[int, int]:
        return round(self.source.width * self.scale), round(self.source.height * self.scale)

    def _block(self, block: Block, at: int) -> str:
        key = f'ID="block_{self.source.number}_{at}" {self._place(block.box)}'
        key += f' TAGREFS="{block.type}"'
        if not block.lines:
            return f"<Illustration {key}/>\n"
        lines = "".join(self._line(line) for line in block.lines)
        return f'<TextBlock {key} LANG="{self.lang}">\n{lines}</TextBlock>\n'

    def _line(self, line: Line) -> str:
        self.lines += 1
        key = f"line_{self.source.number}_{self.lines}"
        inner = "".join(self._parts(line))
        start = f'<TextLine ID="{key}" {self._place(line.box)}>'
        return f"{start}{self._shape(line.box)}{inner}</TextLine>\n"

    def _parts(self, line: Line) -> Iterator[str]:
        """Strings, and the spaces between them where the text has one."""
        left, before = line.text, None
        for word in words(line):
            if before is not None and left[:1].isspace():
                yield self._space(before, word)
            left = left.lstrip()[len(word.text) :]
            before = word
            self.strings += 1
            yield (
                f'<String ID="string_{self.source.number}_{self.strings}" '
                f"CONTENT={quoteattr(plain(word.text))} {self._place(word.box)} "
                f'WC="{word.confidence:.3f}"/>'
            )

    def _space(self, before: Word, after: Word) -> str:
        _, top, start, _ = bounds(before.box, self.scale)
        end = bounds(after.box, self.scale)[0]
        return f'<SP WIDTH="{max(0.0, end - start):.1f}" HPOS="{start:.1f}" VPOS="{top:.1f}"/>'

    def _place(self, box: Box) -> str:
        left, top, right, bottom = bounds(box, self.scale)
        return (
            f'HPOS="{left:.1f}" VPOS="{top:.1f}" '
            f'WIDTH="{right - left:.1f}" HEIGHT="{bottom - top:.1f}"'
        )

    def _shape(self, box: Box) -> str:
        """The line's true outline where its sides are not level."""
        left, top, right, bottom = bounds(box)
        level = {(left, top), (right, top), (right, bottom), (left, bottom)}
        if all(min(abs(x - u) + abs(y - v) for u, v in level) < 0.5 for x, y in box):
            return ""
        points = " ".join(f"{x * self.scale:.1f},{y * self.scale:.1f}" for x, y in box)
        return f'<Shape><Polygon POINTS="{points}"/></Shape>'
