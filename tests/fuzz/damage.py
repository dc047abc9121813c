"""Damage that knows no format: what `mutate` does, numbers, cuts, splices and borrowed heads."""

import random
import struct

from tests.pictures.mutate import mutate

EXTREMES = (
    *(0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000),
    *(50_000, 65_500, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF),
)
"""Sizes, counts and offsets at which programs go wrong."""

_WIDTHS = {1: "B", 2: "H", 4: "I"}


def extreme(rng: random.Random, size: int) -> int:
    """An extreme number of so many bytes."""
    return rng.choice(EXTREMES) & ((1 << 8 * size) - 1)


def plain(data: bytes, rng: random.Random) -> bytes:
    """Bits, bytes and runs of them."""
    return mutate(data, rng.getrandbits(32))


def number(data: bytes, rng: random.Random) -> bytes:
    """One to three extreme numbers in either byte order, mostly near the head."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        size = rng.choice((1, 2, 4))
        reach = min(len(out), rng.choice((64, 256, len(out) or 1))) - size
        if reach >= 0:
            order = rng.choice("<>")
            struct.pack_into(order + _WIDTHS[size], out, rng.randint(0, reach), extreme(rng, size))
    return bytes(out)


def cut(data: bytes, rng: random.Random) -> bytes:
    """The file up to some place."""
    return data[: rng.randint(0, len(data))]


def splice(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


def borrowed_head(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """A file under the first bytes of another, so that it is taken for what it is not."""
    length = rng.choice((4, 8, 12, 16, 32))
    return other[:length] + data[rng.choice((0, length)) :]


def padded(data: bytes, rng: random.Random) -> bytes:
    """Something before the file or behind it."""
    extra = rng.choice((b"\0", b"\n", b" ", b"%PDF-", rng.randbytes(9))) * rng.randint(1, 2000)
    return extra + data if rng.random() < 0.5 else data + extra
