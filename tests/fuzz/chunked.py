"""Damage to files that are rows of parts: PNG's and WebP's chunks, JPEG's segments.

The parts are told apart, changed, and put together again with lengths and checksums that fit,
so that the damage gets past the first look at the file.
"""

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.fuzz.damage import extreme, plain


@dataclass(frozen=True, slots=True)
class Part:
    """A kind and its bytes; `claimed` is a length that is not theirs."""

    kind: bytes
    body: bytes
    claimed: int | None = None
    sound: bool = True

    @property
    def length(self) -> int:
        """What its length field says."""
        return len(self.body) if self.claimed is None else self.claimed


def png(data: bytes, rng: random.Random) -> bytes:
    """A PNG with changed chunks; most checksums fit."""
    parts, at = [], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        parts.append(Part(data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return data[:8] + b"".join(map(_png_chunk, _changed(parts, rng, 4)))


def _png_chunk(part: Part) -> bytes:
    check = zlib.crc32(part.kind + part.body) ^ (0 if part.sound else 1)
    return struct.pack(">I", part.length) + part.kind + part.body + struct.pack(">I", check)


def webp(data: bytes, rng: random.Random) -> bytes:
    """A WebP with changed chunks in a RIFF of the right size."""
    parts, at = [], 12
    while at + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, at + 4)
        parts.append(Part(data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    inner = b"WEBP" + b"".join(map(_riff_chunk, _changed(parts, rng, 4)))
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def _riff_chunk(part: Part) -> bytes:
    pad = b"\0" * (len(part.body) % 2)
    return part.kind + struct.pack("<I", part.length) + part.body + pad


def jpeg(data: bytes, rng: random.Random) -> bytes:
    """A JPEG with changed segments; what follows the first scan's header stays one piece."""
    parts, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        (length,) = struct.unpack_from(">H", data, at + 2)
        parts.append(Part(data[at : at + 2], data[at + 4 : at + 2 + length]))
        at += 2 + length
        if parts[-1].kind == b"\xff\xda":
            break
    changed = _changed(parts, rng, 2)
    return data[:2] + b"".join(map(_jpeg_segment, changed)) + data[at:]


def _jpeg_segment(part: Part) -> bytes:
    return part.kind + struct.pack(">H", (part.length + 2) & 0xFFFF) + part.body


def _changed(parts: list[Part], rng: random.Random, width: int) -> list[Part]:
    """One to three changes; `width` is how many bytes a length has."""
    out = list(parts)
    for _ in range(rng.randint(1, 3)):
        if out:
            rng.choice(_CHANGES)(out, rng, width)
    return out


Change = Callable[[list[Part], random.Random, int], None]


def _at(parts: list[Part], rng: random.Random) -> int:
    return rng.randrange(len(parts))


def _drop(parts: list[Part], rng: random.Random, width: int) -> None:
    del parts[_at(parts, rng)]


def _repeat(parts: list[Part], rng: random.Random, width: int) -> None:
    at = _at(parts, rng)
    parts[at:at] = [parts[at]] * rng.choice((1, 2, 50))


def _swap(parts: list[Part], rng: random.Random, width: int) -> None:
    one, two = _at(parts, rng), _at(parts, rng)
    parts[one], parts[two] = parts[two], parts[one]


def _lie(parts: list[Part], rng: random.Random, width: int) -> None:
    at = _at(parts, rng)
    parts[at] = replace(parts[at], claimed=extreme(rng, width))


def _rename(parts: list[Part], rng: random.Random, width: int) -> None:
    one, two = _at(parts, rng), _at(parts, rng)
    parts[one] = replace(parts[one], kind=parts[two].kind)


def _number(parts: list[Part], rng: random.Random, width: int) -> None:
    at = _at(parts, rng)
    body = bytearray(parts[at].body)
    size = rng.choice((1, 2, 4))
    if len(body) >= size:
        place = rng.randint(0, min(32, len(body) - size))
        value = extreme(rng, size).to_bytes(size, "big")
        body[place : place + size] = value[:: rng.choice((1, -1))]
    parts[at] = replace(parts[at], body=bytes(body))


def _body(parts: list[Part], rng: random.Random, width: int) -> None:
    at = _at(parts, rng)
    parts[at] = replace(parts[at], body=plain(parts[at].body, rng), sound=rng.random() < 0.9)


def _empty(parts: list[Part], rng: random.Random, width: int) -> None:
    at = _at(parts, rng)
    parts[at] = replace(parts[at], body=b"")


_CHANGES: tuple[Change, ...] = (
    *(_drop, _repeat, _swap, _lie, _rename, _empty),
    *(_number, _number, _number, _body, _body),
)
