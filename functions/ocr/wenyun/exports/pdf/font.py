"""The one font of the invisible text: every character is a code of two bytes, none has a shape.

A character of the basic plane is its own code; those of the other planes, which two bytes do not
hold, get the codes of the surrogates, one after another. ToUnicode says what each code means.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from wenyun.exports.pdf.truetype import ASCENT, DESCENT, EM, glyphless

FONT = "WenyunText"
"""What pages call it."""

OBJECTS = 6
"""Objects that `font_objects` gives."""

FIRST_SURROGATE, SURROGATES = 0xD800, 2048
UNKNOWN = 0xFFFD

MAX_RANGES = 100
"""Entries that a block of a CMap may hold (Adobe Technical Note 5411)."""

CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@dataclass(slots=True)
class Codes:
    """The codes of a document's characters."""

    rows: set[int] = field(default_factory=set)
    others: dict[str, int] = field(default_factory=dict)

    def encode(self, text: str) -> str:
        """The text as hexadecimal codes."""
        return "".join(f"{self._code(char):04X}" for char in text)

    def _code(self, char: str) -> int:
        code = ord(char)
        if code > 0xFFFF:
            if char not in self.others and len(self.others) < SURROGATES:
                self.others[char] = FIRST_SURROGATE + len(self.others)
            return self.others.get(char, UNKNOWN)
        if FIRST_SURROGATE <= code < FIRST_SURROGATE + SURROGATES:
            code = UNKNOWN
        self.rows.add(code >> 8)
        return code

    def to_unicode(self) -> bytes:
        """The CMap of the codes in use."""
        self.rows.add(UNKNOWN >> 8)
        ranges = (f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in sorted(self.rows))
        singles = (
            f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>"
            for char, code in self.others.items()
        )
        body = _blocks("bfrange", ranges) + _blocks("bfchar", singles)
        return CMAP.format(body=body).encode("ascii")


def _blocks(name: str, entries: Iterable[str]) -> str:
    every = list(entries)
    parts = (every[at : at + MAX_RANGES] for at in range(0, len(every), MAX_RANGES))
    return "".join(
        f"{len(part)} begin{name}\n" + "\n".join(part) + f"\nend{name}\n" for part in parts
    )


def font_objects(first: int, to_unicode: bytes) -> list[bytes]:
    """The objects of the font, numbered from `first`; that one is the font itself."""
    descendant, descriptor, file, cmap, glyphs = range(first + 1, first + 6)
    bbox = f"[0 {DESCENT} {EM} {ASCENT}]"
    return [
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /GlyphLessFont /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] /ToUnicode {cmap} 0 R >>"
        ).encode(),
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /GlyphLessFont "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} 0 R /DW {EM} /CIDToGIDMap {glyphs} 0 R >>"
        ).encode(),
        (
            "<< /Type /FontDescriptor /FontName /GlyphLessFont /Flags 5 /ItalicAngle 0 "
            f"/FontBBox {bbox} /Ascent {ASCENT} /Descent {DESCENT} /CapHeight {ASCENT} "
            f"/StemV 80 /FontFile2 {file} 0 R >>"
        ).encode(),
        stream(glyphless(), f"/Length1 {len(glyphless())}"),
        stream(to_unicode),
        # Every code shows the second glyph: some readers take no text from the first, `.notdef`.
        stream(b"\0\1" * 65536),
    ]


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object, compressed."""
    packed = zlib.compress(data, 9)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>".encode()
    return head + b"\nstream\n" + packed + b"\nendstream"
