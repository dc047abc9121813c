"""Damage to PDF: its objects, numbers, references, names, streams and cross-references."""

import random
import re
from collections.abc import Callable

from tests.fuzz.damage import plain

_NUMBER = re.compile(rb"(?<![\w.#])-?\d+(\.\d+)?")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_OBJECT = re.compile(rb"\d+ 0 obj\b.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_OFFSET = re.compile(rb"\d{10} \d{5} [nf]")

_NUMBERS = (
    *(b"0", b"-1", b"1", b"0.000001", b"3e9", b"32768", b"65536", b"2147483647", b"-2147483648"),
    *(b"4294967296", b"99999999999999999999", b"1000000", b"--1", b".", b"1.7e308"),
)
_NAMES = (
    *(b"/FlateDecode", b"/LZWDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/RunLengthDecode"),
    *(b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode", b"/Crypt", b"/Identity"),
    *(b"/Type0", b"/Type1", b"/Type3", b"/TrueType", b"/Form", b"/Image", b"/ObjStm", b"/XRef"),
    *(b"/DeviceN", b"/Indexed", b"/Separation", b"/Pattern", b"/ICCBased", b"/Length", b"/Kids"),
    *(b"/Page", b"/Pages", b"/Parent", b"/Prev", b"/Outlines", b"/Annots", b"/", b"/#00"),
)

Change = Callable[[bytes, random.Random], bytes]


def pdf(data: bytes, rng: random.Random) -> bytes:
    """A PDF with one to four changes."""
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(_CHANGES)(data, rng)
    return data


def _one(
    pattern: re.Pattern[bytes],
    data: bytes,
    rng: random.Random,
    change: Callable[[re.Match[bytes]], bytes],
) -> bytes:
    """The file with one match of a pattern changed."""
    found = list(pattern.finditer(data))
    if not found:
        return plain(data, rng)
    match = rng.choice(found)
    return data[: match.start()] + change(match) + data[match.end() :]


def _number(data: bytes, rng: random.Random) -> bytes:
    return _one(_NUMBER, data, rng, lambda _: rng.choice(_NUMBERS))


def _refer(data: bytes, rng: random.Random) -> bytes:
    count = max(2, len(_OBJECT.findall(data)))
    target = rng.choice((0, 1, 2, rng.randrange(count + 2), 8_388_607, 4_294_967_295))
    return _one(_REFERENCE, data, rng, lambda _: b"%d 0 R" % target)


def _refer_elsewhere(data: bytes, rng: random.Random) -> bytes:
    """A reference where a number was."""
    return _one(_NUMBER, data, rng, lambda _: b"%d 0 R" % rng.randrange(12))


def _name(data: bytes, rng: random.Random) -> bytes:
    return _one(_NAME, data, rng, lambda _: rng.choice(_NAMES))


def _drop(data: bytes, rng: random.Random) -> bytes:
    return _one(_OBJECT, data, rng, lambda _: b"")


def _repeat(data: bytes, rng: random.Random) -> bytes:
    return _one(_OBJECT, data, rng, lambda m: (m[0] + b"\n") * rng.choice((2, 50)))


def _swap(data: bytes, rng: random.Random) -> bytes:
    """The body of one object under the number of another."""
    others = _OBJECT.findall(data)
    if not others:
        return plain(data, rng)
    body = rng.choice(others).partition(b"obj")[2]
    return _one(_OBJECT, data, rng, lambda m: m[0].partition(b"obj")[0] + b"obj" + body)


def _stream(data: bytes, rng: random.Random) -> bytes:
    return _one(_STREAM, data, rng, lambda m: b"stream\n" + plain(m[1], rng) + b"\nendstream")


def _nest(data: bytes, rng: random.Random) -> bytes:
    opening, closing = rng.choice(((b"[", b"]"), (b"<< /A ", b" >>"), (b"(", b")")))
    depth = rng.choice((3, 40, 600, 5000))
    return _one(_REFERENCE, data, rng, lambda m: opening * depth + m[0] + closing * depth)


def _offset(data: bytes, rng: random.Random) -> bytes:
    place = rng.choice((0, rng.randrange(len(data) + 1), 9_999_999_999))
    return _one(_OFFSET, data, rng, lambda _: b"%010d 00000 n" % place)


def _start(data: bytes, rng: random.Random) -> bytes:
    head, mark, _ = data.rpartition(b"startxref")
    return head + mark + b"\n%d\n%%%%EOF\n" % rng.randrange(len(data) + 99)


def _update(data: bytes, rng: random.Random) -> bytes:
    """The file behind itself: two trailers, objects that replace each other."""
    return data + data[rng.randrange(len(data) + 1) :]


_CHANGES: tuple[Change, ...] = (
    *(_number, _number, _number, _refer, _refer_elsewhere, _name, _name, _stream, _stream),
    *(_drop, _repeat, _swap, _nest, _offset, _start, _update, plain),
)
