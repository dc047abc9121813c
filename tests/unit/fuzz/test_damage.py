"""The damage is the same every time, is damage, and knows the formats that it says it knows."""

import random
import struct
import zlib

import pytest

from tests.fuzz import chunked, damage, directories, objects
from tests.fuzz.cases import BODIES, KINDS, case
from tests.fuzz.corpus import FORMATS, files
from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits
from wenyun.documents.sniff import READABLE, sniff

LIMITS = Limits(20_000_000, 50_000_000)
INNER = {
    "png": chunked.png,
    "webp": chunked.webp,
    "jpeg": chunked.jpeg,
    "tiff": directories.tiff,
    "pdf": objects.pdf,
}


def test_every_format_that_is_read_is_there() -> None:
    assert set(FORMATS) == set(READABLE)
    assert set(KINDS) == {*READABLE, *BODIES}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_corpus_is_sound(kind: str) -> None:
    for data in files(kind):
        assert sniff(data) == kind
        if kind != "pdf":
            assert decode(data, LIMITS).pixels.size


def test_cases_are_the_same_every_time() -> None:
    numbers = range(200)
    once = [case(number) for number in numbers]
    assert once == [case(number) for number in numbers]
    assert [one.kind for one in once[: len(KINDS)]] == list(KINDS)
    assert len({one.request for one in once}) > 190


def test_cases_are_small_enough_to_be_many() -> None:
    assert max(len(case(number).request.body) for number in range(500)) < 3_000_000


@pytest.mark.parametrize("kind", INNER)
def test_parts_are_changed_and_the_file_is_still_taken_for_what_it_was(kind: str) -> None:
    changed = taken = 0
    for seed in range(60):
        data = files(kind)[seed % len(files(kind))]
        out = INNER[kind](data, random.Random(seed))
        changed += out != data
        taken += sniff(out) == kind
    assert changed > 45
    assert taken > 45


def test_checksums_of_changed_chunks_mostly_fit() -> None:
    sound = total = 0
    for seed in range(40):
        out = chunked.png(files("png")[0], random.Random(seed))
        at = 8
        while at + 12 <= len(out):
            (length,) = struct.unpack_from(">I", out, at)
            if at + 12 + length > len(out):
                break
            body = out[at + 4 : at + 8 + length]
            total += 1
            sound += zlib.crc32(body) == struct.unpack_from(">I", out, at + 8 + length)[0]
            at += 12 + length
    assert sound > 0.9 * total > 40


def test_directories_are_found_and_loops_end() -> None:
    many = next(data for data in files("tiff") if len(directories.directories(data, "<")) == 4)
    assert len(set(directories.directories(many, "<"))) == 4
    loops = 0
    for seed in range(200):
        out = directories.tiff(many, random.Random(seed))
        found = directories.directories(out, "<")
        loops += len(found) < 4
    assert loops > 10


def test_pdf_changes_touch_objects_streams_and_references() -> None:
    data = files("pdf")[0]
    outs = [objects.pdf(data, random.Random(seed)) for seed in range(200)]
    counts = {out.count(b"endobj") for out in outs}
    assert len(counts) > 3
    assert any(out.count(b"startxref") > 1 for out in outs)
    assert any(b"[" * 40 in out for out in outs)
    assert any(b"99999999999999999999" in out for out in outs)


def test_damage_to_nothing_is_nothing_worse() -> None:
    for seed in range(50):
        rng = random.Random(seed)
        for change in (damage.plain, damage.number, damage.cut):
            change(b"", rng)
        for other in (damage.splice, damage.borrowed_head):
            other(b"", b"ab", rng)
        for inner in INNER.values():
            inner(b"", rng)


@pytest.mark.parametrize("size", [1, 2, 4])
def test_extremes_fit_their_field(size: int) -> None:
    rng = random.Random(1)
    found = {damage.extreme(rng, size) for _ in range(300)}
    assert {0, (1 << 8 * size) - 1} <= found
    assert max(found) < 1 << 8 * size
