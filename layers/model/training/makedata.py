"""`python -m training.makedata`: draw lines, let the teacher look at them, write shards.

Each shard is drawn from a seed of its own, so a run can be stopped and gone on with, and several
processes may fill one folder (`--first` sets where each begins, `--every` how far it steps).
Validation lines have fonts and passages of their own. `--light` leaves the teacher out, which draws
three times as many lines: shards for students that keep PP-OCRv6 tiny's convolutions and classes.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from training.camera.picture import Sample, Studio
from training.fonts.faces import load_faces
from training.look import make_look, write_sight
from training.net.teacher import Reader, bucket_of
from training.net.tiny import Eyes
from training.paths import CACHE
from training.shards import Read, write_parts, write_shard
from training.text.lines import make_writer

LINES = 512
"""Lines a shard."""

BATCH = 8
VALIDATION_SEED = 900_000


def main() -> None:
    """Fill a folder with shards that are not there yet."""
    given = _parser().parse_args()
    cv2.setNumThreads(1)
    held_out = given.split == "validation"
    writer, faces = make_writer(held_out), load_faces(held_out)
    reader = None if given.light else Reader(given.threads)
    eyes = Eyes(given.threads)
    for number in range(given.first, given.shards, given.every):
        folder = given.data / given.split / f"{number:05}"
        if folder.exists():
            continue
        start = time.monotonic()
        studio = Studio(writer, faces, number + (VALIDATION_SEED if held_out else 0))
        samples = [studio.sample() for _ in range(LINES)]
        if reader is None:
            write_light(folder, samples, eyes)
        else:
            write_shard(folder, list(look(reader, samples)))
            write_sight(folder, "tiny", make_look("tiny", given.threads))
        print(f"data: {folder.name}: {LINES / (time.monotonic() - start):.0f} lines/s", flush=True)


def write_light(folder: Path, samples: list[Sample], eyes: Eyes) -> None:
    """Write a shard of lines with PP-OCRv6 tiny's features alone."""
    ordered = sorted(samples, key=_bucket)
    seen = [eyes.run([one.picture])[0].astype(np.float16) for one in ordered]
    write_parts(folder, ordered, {"tiny": seen})


def look(reader: Reader, samples: list[Sample]) -> Iterator[Read]:
    """Run the teacher over lines in batches of one bucket; the order becomes that of widths."""
    ordered = sorted(samples, key=_bucket)
    batch: list[Sample] = []
    for one in [*ordered, None]:
        full = len(batch) == BATCH or one is None
        if batch and (full or _bucket(one) != _bucket(batch[0])):
            yield from _read(reader, batch)
            batch = []
        if one is not None:
            batch.append(one)


def _read(reader: Reader, batch: list[Sample]) -> Iterator[Read]:
    features, neck = reader.run([one.picture for one in batch])
    classes, logits = reader.likely(neck)
    halves = (features.astype(np.float16), neck.astype(np.float16))
    for one, *parts in zip(batch, *halves, classes, logits, strict=True):
        yield Read(one, *parts)


def _bucket(sample: Sample | None) -> int:
    return bucket_of(sample.picture.shape[1]) if sample else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.makedata", description=__doc__)
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--split", choices=("train", "validation"), default="train")
    parser.add_argument("--shards", type=int, default=200, help="shards in all")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--light", action="store_true", help="without the teacher's reading")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
