"""`python -m training.language.table`: write the n-grams as the runtime maps them.

The file is a line of JSON, padded with spaces to `HEAD` bytes, and then, little-endian: the
characters (4 bytes each, in the order of their numbers from 1), their costs and backoffs (a byte
each), and a hash table a length of run, 2 and 3: 2 bytes a slot of the run's mark, then a byte a
slot of its cost and, for runs of 2, of its backoff. Costs are -ln in parts of 16 to a nat. A
run's place and mark come from its characters' numbers; where the place is taken the next free one
holds it.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.language.counts import counted, thinned
from training.language.model import Gram, grams_of
from training.paths import RECIPE, TEXTS

HEAD = 256
PARTS = 16
"""Steps to a nat."""

FACTOR = 0x9E3779B97F4A7C15
"""2^64 over the golden ratio: multiplying by it spreads keys evenly (Knuth, TAOCP 3, 6.4)."""

FULL = 0.85
"""Share of slots that are taken."""

LEAST = {2: 1.5, 3: 2.5}
"""Rarer runs of each length are left out."""

TARGET = RECIPE / "weights/characters.ngrams"


def main() -> None:
    """Count, thin out, write."""
    given = _parser().parse_args()
    whole = counted(given.texts)
    kept = thinned(whole, {2: given.least[0], 3: given.least[1]})
    data = packed(grams_of(kept, whole))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(data)
    sizes = ", ".join(f"{len(kept.runs[n])} of {len(whole.runs[n])}" for n in (1, 2, 3))
    print(f"{given.out}: {len(data) / 1e6:.2f} MB, runs of one, two and three: {sizes}")


def packed(grams: dict[str, Gram]) -> bytes:
    """The file's bytes."""
    characters = sorted(run for run in grams if len(run) == 1)
    numbers = {mark: number for number, mark in enumerate(characters, 1)}
    parts: list[npt.NDArray[np.unsignedinteger]] = [
        np.array([ord(mark) for mark in characters], "<u4"),
        np.array([_byte(grams[mark].cost) for mark in characters], np.uint8),
        np.array([_byte(grams[mark].backoff) for mark in characters], np.uint8),
    ]
    slots = []
    for length in (2, 3):
        runs = sorted(run for run in grams if len(run) == length)
        marks, costs, backoffs = _table(
            [[numbers[mark] for mark in run] for run in runs],
            [grams[run] for run in runs],
            len(numbers) + 1,
        )
        slots.append(len(marks))
        parts += [marks, costs, *([backoffs] if length == 2 else [])]
    head = json.dumps({"characters": len(characters), "slots": slots, "parts": PARTS})
    return head.ljust(HEAD).encode("ascii") + b"".join(part.tobytes() for part in parts)


def _table(
    runs: list[list[int]], grams: list[Gram], base: int
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Marks, costs and backoffs by slot; a mark of 0 is a free slot."""
    size = int(len(runs) / FULL) + 1
    marks = np.zeros(size, "<u2")
    costs, backoffs = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for run, gram in zip(runs, grams, strict=True):
        place, mark = hashed(run, base, size)
        while marks[place]:
            place = (place + 1) % size
        marks[place], costs[place], backoffs[place] = mark, _byte(gram.cost), _byte(gram.backoff)
    return marks, costs, backoffs


def hashed(run: list[int], base: int, size: int) -> tuple[int, int]:
    """A run's first place and its mark, which is never 0."""
    key = 0
    for number in run:
        key = key * base + number
    spread = key * FACTOR & 0xFFFFFFFFFFFFFFFF
    return (spread >> 16 & 0xFFFFFFFF) % size, (spread >> 48) or 1


def _byte(cost: float) -> int:
    return min(255, max(0, round(cost * PARTS)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.language.table", description=__doc__)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--least", type=float, nargs=2, default=[LEAST[2], LEAST[3]])
    return parser


if __name__ == "__main__":
    main()
