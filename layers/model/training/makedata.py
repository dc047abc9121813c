"""`python -m training.makedata`: draw lines, let published readers look at them, write shards.

Each shard is drawn from a seed of its own, so a run can be stopped and gone on with, and several
processes may fill one folder (`--first` sets where each begins, `--every` how far it steps).
Validation lines have fonts and passages of their own. `--light` leaves PP-OCRv6 small out, which
draws three times as many lines: the fast reader, which starts as PP-OCRv6 tiny, needs no more.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2

from training.camera.picture import Sample, Studio
from training.fonts.faces import load_faces
from training.look import make_view, sights
from training.net.published import View, bucket_of
from training.paths import CACHE
from training.shards import SIGHTS, Halves, write_shard
from training.text.lines import make_writer

LINES = 512
"""Lines a shard."""

VALIDATION_SEED = 900_000


def main() -> None:
    """Fill a folder with shards that are not there yet."""
    given = _parser().parse_args()
    cv2.setNumThreads(1)
    held_out = given.split == "validation"
    writer, faces = make_writer(held_out), load_faces(held_out)
    readers = ["tiny"] if given.light else SIGHTS
    views = {reader: make_view(reader, given.threads) for reader in readers}
    for number in range(given.first, given.shards, given.every):
        folder = given.data / given.split / f"{number:05}"
        if folder.exists():
            continue
        start = time.monotonic()
        studio = Studio(writer, faces, number + (VALIDATION_SEED if held_out else 0))
        write(folder, [studio.sample() for _ in range(LINES)], views)
        print(f"data: {folder.name}: {LINES / (time.monotonic() - start):.0f} lines/s", flush=True)


def write(folder: Path, samples: Sequence[Sample], views: Mapping[str, View]) -> None:
    """Write a shard of lines, in the order of their widths, with what each reader sees."""
    ordered = sorted(samples, key=lambda one: bucket_of(one.picture.shape[1]))
    found: dict[str, list[Halves]] = {}
    for reader, view in views.items():
        found |= sights(reader, view, [one.picture for one in ordered])
    write_shard(folder, ordered, found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.makedata", description=__doc__)
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--split", choices=("train", "validation"), default="train")
    parser.add_argument("--shards", type=int, default=200, help="shards in all")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--light", action="store_true", help="without PP-OCRv6 small's view")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
