"""PDFs an object at a time: for what no well-behaved program would write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Body = bytes | str


@dataclass
class Raw:
    """A file of numbered objects; object 1 is the catalogue and object 2 the page tree."""

    objects: dict[int, bytes] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)

    def add(self, body: Body, number: int | None = None) -> int:
        """Add an object; returns its number."""
        number = number or max([2, *self.objects]) + 1
        self.objects[number] = body if isinstance(body, bytes) else body.encode("latin-1")
        return number

    def stream(self, data: bytes, entries: str = "", length: int | None = None) -> int:
        """Add a stream; `length` is what its dictionary claims."""
        claimed = len(data) if length is None else length
        head = f"<< /Length {claimed} {entries} >>\nstream\n".encode("latin-1")
        return self.add(head + data + b"\nendstream")

    def page(
        self,
        content: bytes = b"",
        *,
        size: Sequence[float] = (595, 842),
        resources: str = "",
        more: str = "",
    ) -> int:
        """Add a page; `size` is width and height, or a whole box of four numbers."""
        box = " ".join(map(str, size if len(size) == 4 else (0, 0, *size)))
        stream = self.stream(content)
        number = self.add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {stream} 0 R "
            f"/Resources << {resources} >> {more} >>"
        )
        self.pages.append(number)
        return number

    def build(self, *, catalogue: str = "", tree: str = "", trailer: str = "") -> bytes:
        """The file, with a cross-reference table."""
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        objects = {
            1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode("latin-1"),
            2: (tree or f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>").encode(),
            **self.objects,
        }
        out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
        for number, body in sorted(objects.items()):
            places[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(places) + 1)
        for number in range(1, max(places) + 1):
            kind = b"n" if number in places else b"f"
            out += b"%010d 00000 %b \n" % (places.get(number, 0), kind)
        out += f"trailer\n<< /Size {max(places) + 1} /Root 1 0 R {trailer} >>\n".encode()
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def to_unicode(mapping: Mapping[int, str]) -> bytes:
    """A ToUnicode CMap for two-byte codes."""
    rows = "\n".join(
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in mapping.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Own def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(mapping)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def wide_font(pdf: Raw, mapping: Mapping[int, str] | None, *, vertical: bool = False) -> int:
    """A font of full-width characters, not embedded; codes mean what `mapping` says."""
    descriptor = pdf.add(
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    inner = pdf.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R >>"
    )
    told = f"/ToUnicode {pdf.stream(to_unicode(mapping))} 0 R" if mapping is not None else ""
    writing = "Identity-V" if vertical else "Identity-H"
    return pdf.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /{writing} "
        f"/DescendantFonts [{inner} 0 R] {told} >>"
    )


def codes(text: str) -> dict[int, str]:
    """A code for each character of a text."""
    return {place + 1: char for place, char in enumerate(dict.fromkeys(text))}


def shown(text: str, mapping: Mapping[int, str]) -> str:
    """A text as the operand of Tj."""
    back = {char: code for code, char in mapping.items()}
    return "<" + "".join(f"{back[char]:04X}" for char in text) + ">"


def written(
    lines: Sequence[tuple[float, float, str]],
    *,
    size: float = 12,
    mapping: Mapping[int, str] | None = None,
    told: bool = True,
    mode: int = 0,
    **page: Any,
) -> bytes:
    """A file of one page with lines of full-width text at x, y (from the bottom left).

    Args:
        lines: x, y and text of each.
        size: Of the font, in points.
        mapping: Code to text as the file claims; what is written by default.
        told: Whether the file says what its codes mean.
        mode: The text's rendering mode.
        page: More for `Raw.page`.

    """
    pdf = Raw()
    own = codes("".join(text for _, _, text in lines))
    font = wide_font(pdf, (mapping or own) if told else None)
    content = "".join(
        f"BT /F1 {size} Tf {mode} Tr 1 0 0 1 {x} {y} Tm {shown(text, own)} Tj ET\n"
        for x, y, text in lines
    )
    pdf.page(content.encode(), resources=f"/Font << /F1 {font} 0 R >>", **page)
    return pdf.build()


def helvetica(
    lines: Sequence[tuple[float, float, str]], *, size: float = 12, matrix: str = "1 0 0 1"
) -> bytes:
    """The content of a page in Latin letters; its font is called /H (see `HELVETICA`)."""
    rows = (f"BT /H {size} Tf {matrix} {x} {y} Tm ({text}) Tj ET\n" for x, y, text in lines)
    return "".join(rows).encode("latin-1")


HELVETICA = (
    "/Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
    "/Encoding /WinAnsiEncoding >> >>"
)


def image(pdf: Raw, data: bytes, width: int, height: int, entries: str) -> int:
    """An image object."""
    return pdf.stream(
        data, f"/Type /XObject /Subtype /Image /Width {width} /Height {height} {entries}"
    )


def jpeg_page(pdf: Raw, jpeg: bytes, pixels: tuple[int, int], size: tuple[float, float]) -> int:
    """A page that a JPEG fills."""
    picture = image(
        pdf, jpeg, *pixels, "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    )
    content = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q".encode()
    return pdf.page(content, size=size, resources=f"/XObject << /Im {picture} 0 R >>")
