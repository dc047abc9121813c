"""`python -m training.look [tiny|small]`: what a published reader sees of shards, beside them.

A keeper, whose convolutions stay as they are, learns from these at no cost for convolutions. Shards
that have them already are left alone.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.net.teacher import Reader
from training.net.tiny import Eyes
from training.paths import CACHE
from training.shards import SIGHTS, Picture, Shard, shards

Look = Callable[[Picture], tuple[npt.NDArray[np.float32], ...]]


def main() -> None:
    """Look at every shard of both splits."""
    given = _parser().parse_args()
    look = make_look(given.reader, given.threads)
    for split in ("validation", "train"):
        for folder in shards(given.data / split):
            write_sight(folder, given.reader, look)


def make_look(reader: str, threads: int = 1) -> Look:
    """From a line to what SIGHTS names, an array (T, C) each."""
    if reader == "tiny":
        eyes = Eyes(threads)
        return lambda picture: (eyes.run([picture])[0],)
    whole = Reader(threads)

    def look(picture: Picture) -> tuple[npt.NDArray[np.float32], ...]:
        features, neck = whole.run([picture])
        return features[0], neck[0]

    return look


def write_sight(folder: Path, reader: str, look: Look) -> None:
    """Write what a reader sees of one shard, each file whole or not at all."""
    names = SIGHTS[reader]
    if all((folder / f"{name}.npy").exists() for name in names):
        return
    shard = Shard(folder)
    seen = [look(shard.picture(number)) for number in range(len(shard))]
    for name, parts in zip(names, zip(*seen, strict=True), strict=True):
        fresh = folder / f"{name}.new.npy"
        np.save(fresh, np.concatenate(parts).astype(np.float16))
        fresh.rename(folder / f"{name}.npy")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.look", description=__doc__)
    parser.add_argument("reader", choices=SIGHTS, nargs="?", default="tiny")
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
