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


def entries(data: bytes) -> Iterator[Entry]:
    """The first directory's tags, as far as the data goes; nothing where it makes no sense."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 16:
        return
    big = struct.unpack_from(f"{order}H", data, 2)[0] == 43
    start = struct.unpack_from(f"{order}Q" if big else f"{order}L", data, 8 if big else 4)[0]
    number, entry = (f"{order}Q", f"{order}HHQ8s") if big else (f"{order}H", f"{order}HHL4s")
    first = start + struct.calcsize(number)
    if first > len(data):
        return
    tags = struct.unpack_from(number, data, start)[0]
    size = struct.calcsize(entry)
    for at in range(first, min(first + tags * size, len(data) - size + 1), size):
        tag, kind, count, field = struct.unpack_from(entry, data, at)
        yield Entry(tag, count, _value(field, kind, order))


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
