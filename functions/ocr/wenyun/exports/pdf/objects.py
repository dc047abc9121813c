"""Objects, cross-reference and trailer, as bytes: for new files and for what is added to one."""

import zlib
from dataclasses import dataclass, field


@dataclass(slots=True)
class Section:
    """A body of objects whose places are remembered.

    Args:
        base: Bytes of the file that stand before it, counted from `%PDF`.

    """

    base: int = 0
    data: bytearray = field(default_factory=bytearray)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    def write(self, raw: bytes) -> None:
        """Bytes that are no object."""
        self.data += raw

    def add(self, number: int, body: bytes, generation: int = 0) -> None:
        """An object."""
        self.places[number] = (self.base + len(self.data), generation)
        self.data += b"%d %d obj\n%b\nendobj\n" % (number, generation, body)

    def end_with_table(self, trailer: bytes, size: int, first_free: bool = False) -> bytes:
        """The whole section, closed by a table in text.

        Args:
            trailer: Entries of the trailer but for Size.
            size: One more than the highest number of an object.
            first_free: Whether this is a file's first table, which begins with object 0.

        """
        at = self.base + len(self.data)
        entries = {0: b"0000000000 65535 f\r\n"} if first_free else {}
        entries |= {n: b"%010d %05d n\r\n" % place for n, place in self.places.items()}
        table = b"".join(
            b"%d %d\n%b" % (run[0], len(run), b"".join(entries[n] for n in run))
            for run in _runs(sorted(entries))
        )
        self.data += b"xref\n%btrailer\n<< /Size %d %b >>\n" % (table, size, trailer)
        return self._closed(at)

    def end_with_stream(self, trailer: bytes, number: int) -> bytes:
        """The whole section, closed by a cross-reference stream, itself object `number`."""
        at = self.base + len(self.data)
        self.places[number] = (at, 0)
        numbers = sorted(self.places)
        rows = b"".join(
            b"\1" + place.to_bytes(5) + generation.to_bytes(2)
            for place, generation in (self.places[n] for n in numbers)
        )
        index = b" ".join(b"%d %d" % (run[0], len(run)) for run in _runs(numbers))
        packed = zlib.compress(rows, 9)
        self.data += (
            b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 5 2] /Index [%b] /Length %d "
            b"/Filter /FlateDecode %b >>\nstream\n%b\nendstream\nendobj\n"
            % (number, number + 1, index, len(packed), trailer, packed)
        )
        return self._closed(at)

    def _closed(self, at: int) -> bytes:
        self.data += b"startxref\n%d\n%%%%EOF\n" % at
        return bytes(self.data)


def _runs(numbers: list[int]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
