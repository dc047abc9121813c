"""The tag directory that TIFF files and EXIF blocks begin with."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

ORIENTATION = 0x0112

_SIZES = {1: 1, 3: 2, 4: 4, 16: 8}
"""Bytes of a value of the whole-number types: BYTE, SHORT, LONG, LONG8."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A tag, how many values it has, and the first value where it is stored in place."""

    tag: int
    count: int
    value: int | None


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a file writes its directories: byte order, and sizes by whether it is a BigTIFF."""

    order: str
    big: bool

    @property
    def offset(self) -> struct.Struct:
        return struct.Struct(f"{self.order}{'Q' if self.big else 'L'}")

    @property
    def number(self) -> struct.Struct:
        return struct.Struct(f"{self.order}{'Q' if self.big else 'H'}")

    @property
    def entry(self) -> struct.Struct:
        return struct.Struct(f"{self.order}{'HHQ8s' if self.big else 'HHL4s'}")

    @property
    def first(self) -> int:
        """Where the offset of the first directory stands."""
        return 8 if self.big else 4


def entries(data: bytes, at: int | None = None) -> Iterator[Entry]:
    """A directory's tags, as far as the data goes; nothing where it makes no sense.

    Args:
        data: The file.
        at: Where the directory begins; the first one by default.

    """
    layout = _layout(data)
    if layout is None:
        return
    start = layout.offset.unpack_from(data, layout.first)[0] if at is None else at
    first = start + layout.number.size
    if first > len(data):
        return
    tags = layout.number.unpack_from(data, start)[0]
    size = layout.entry.size
    for place in range(first, min(first + tags * size, len(data) - size + 1), size):
        tag, kind, count, field = layout.entry.unpack_from(data, place)
        yield Entry(tag, count, _value(field, kind, layout.order))


def directories(data: bytes, most: int) -> Iterator[int]:
    """Where each directory begins, one after another; a chain that comes back on itself ends there.

    Args:
        data: The file.
        most: Directories that are looked at.

    """
    layout = _layout(data)
    if layout is None:
        return
    seen: set[int] = set()
    at = layout.offset.unpack_from(data, layout.first)[0]
    while at and at not in seen and len(seen) < most and at + layout.number.size <= len(data):
        seen.add(at)
        yield at
        tags = layout.number.unpack_from(data, at)[0]
        end = at + layout.number.size + tags * layout.entry.size
        if end + layout.offset.size > len(data):
            return
        at = layout.offset.unpack_from(data, end)[0]


def beginning_at(data: bytes, at: int) -> bytes:
    """The file with another of its directories as the first one."""
    layout = _layout(data)
    assert layout is not None
    end = layout.first + layout.offset.size
    return b"".join((data[: layout.first], layout.offset.pack(at), memoryview(data)[end:]))


def _layout(data: bytes) -> _Layout | None:
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 16:
        return None
    return _Layout(order, struct.unpack_from(f"{order}H", data, 2)[0] == 43)


def orientation(exif: bytes) -> int:
    """The turn that an EXIF block asks for: 1 to 8, and 1 where it says nothing sensible."""
    for entry in entries(exif.removeprefix(b"Exif\0\0")):
        if entry.tag == ORIENTATION and entry.value and entry.value <= 8:
            return entry.value
    return 1


def _value(field: bytes, kind: int, order: str) -> int | None:
    size = _SIZES.get(kind)
    if size is None or size > len(field):
        return None
    return int.from_bytes(field[:size], "little" if order == "<" else "big")
