"""PDFs as scanners and programs write them, by hand: every byte is known."""

import zlib
from dataclasses import dataclass

Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Paper:
    """One PDF of equal pages, each with a grey picture of its own.

    `inherit` puts boxes, turn and resources into the tree's root; `streams` writes the
    cross-reference as a stream; `loose` leaves the graphics state moved at the end of a page.
    """

    pages: int = 1
    media: Rect = (0, 0, 400, 300)
    crop: Rect | None = None
    rotate: int = 0
    inherit: bool = False
    streams: bool = False
    loose: bool = False
    extra: str = ""

    def data(self) -> bytes:
        """The file."""
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", self._tree()]
        for number in range(self.pages):
            objects += self._page(3 + 3 * number, number)
        return assemble(objects, self.streams, self.extra)

    def picture(self, number: int) -> bytes:
        """The packed samples of a page's picture."""
        return zlib.compress(bytes((number * 7 + i) % 256 for i in range(64 * 48)))

    def _boxes(self) -> str:
        crop = f"/CropBox [{' '.join(map(str, self.crop))}]" if self.crop else ""
        return f"/MediaBox [{' '.join(map(str, self.media))}] {crop} /Rotate {self.rotate}"

    def _tree(self) -> bytes:
        kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(self.pages))
        shared = self._boxes() if self.inherit else ""
        return f"<< /Type /Pages /Kids [{kids}] /Count {self.pages} {shared} >>".encode()

    def _page(self, at: int, number: int) -> list[bytes]:
        own = "" if self.inherit else self._boxes()
        resources = f"/Resources << /XObject << /I {at + 2} 0 R >> >>"
        drawn = (
            b"2 0 0 2 50 50 cm q 100 0 0 75 0 0 cm /I Do Q"
            if self.loose
            else (b"q 100 0 0 75 10 10 cm /I Do Q")
        )
        picture = self.picture(number)
        return [
            f"<< /Type /Page /Parent 2 0 R {own} /Contents {at + 1} 0 R {resources} >>".encode(),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
            b"<< /Type /XObject /Subtype /Image /Width 64 /Height 48 /ColorSpace /DeviceGray "
            b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"
            % (len(picture), picture),
        ]


def assemble(objects: list[bytes], streams: bool = False, extra: str = "") -> bytes:
    """Objects numbered from 1 as a file; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    at, count = len(out), len(objects) + 1
    if streams:
        rows = bytes(7) + b"".join(b"\1" + p.to_bytes(4, "big") + bytes(2) for p in places)
        rows += b"\1" + at.to_bytes(4, "big") + bytes(2)
        packed = zlib.compress(rows)
        out += (
            b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R %b /Length %d "
            b"/Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\n"
            % (count, count + 1, extra.encode(), len(packed), packed)
        )
    else:
        out += b"xref\n0 %d\n0000000000 65535 f\r\n" % count
        out += b"".join(b"%010d 00000 n\r\n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (count, extra.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at)
