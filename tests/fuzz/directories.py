"""Damage to TIFF: entries of its directories, and the order of the directories themselves."""

import random
import struct

from tests.fuzz.damage import extreme

_TYPES = (*range(14), 255, 65_535)
_TAGS = (
    *(254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 292, 293, 317, 320),
    *(322, 323, 324, 325, 330, 338, 339, 347, 529, 530, 34_665, 34_675, 37_724),
)
_MOST = 50
"""Directories that are followed while looking for something to damage."""


def tiff(data: bytes, rng: random.Random) -> bytes:
    """A TIFF with one to four changed entries or links."""
    order = "<" if data[:2] == b"II" else ">"
    out = bytearray(data)
    starts = directories(data, order)
    for _ in range(rng.randint(1, 4)):
        if not starts or rng.random() < 0.25:
            _link(out, order, starts, rng)
        else:
            _entry(out, order, rng.choice(starts), rng)
    return bytes(out)


def directories(data: bytes, order: str) -> list[int]:
    """Where each directory begins."""
    found: list[int] = []
    at = _number(data, order, 4, "I")
    while at and at not in found and at + 2 <= len(data) and len(found) < _MOST:
        found.append(at)
        at = _number(data, order, _next(data, order, at), "I")
    return found


def _number(data: bytes, order: str, at: int, kind: str) -> int:
    if at < 0 or at + struct.calcsize(kind) > len(data):
        return 0
    return int(struct.unpack_from(order + kind, data, at)[0])


def _next(data: bytes, order: str, start: int) -> int:
    """Where the offset of the directory behind this one stands."""
    return start + 2 + 12 * _number(data, order, start, "H")


def _entry(out: bytearray, order: str, start: int, rng: random.Random) -> None:
    count = _number(bytes(out), order, start, "H")
    at = start + 2 + 12 * rng.randrange(max(1, count))
    kind, offset, value = rng.choice(
        (
            ("H", 0, rng.choice(_TAGS)),
            ("H", 2, rng.choice(_TYPES)),
            ("I", 4, extreme(rng, 4)),
            ("I", 8, extreme(rng, 4)),
            ("H", 8, extreme(rng, 2)),
            ("I", 8, rng.randrange(len(out) + 9)),
        )
    )
    if at + 12 <= len(out):
        struct.pack_into(order + kind, out, at + offset, value)


def _link(out: bytearray, order: str, starts: list[int], rng: random.Random) -> None:
    """A directory that leads to another, to itself, or to nowhere; or one of another length."""
    target = rng.choice((*starts, rng.randrange(len(out) + 9), extreme(rng, 4)))
    place = 4
    if starts and rng.random() < 0.8:
        start = rng.choice(starts)
        if rng.random() < 0.3:
            struct.pack_into(order + "H", out, start, extreme(rng, 2))
            return
        place = _next(bytes(out), order, start)
    if place + 4 <= len(out):
        struct.pack_into(order + "I", out, place, target)
