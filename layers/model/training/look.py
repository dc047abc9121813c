"""`python -m training.look [tiny|small]`: what a published reader sees of shards, beside them.

A keeper, whose convolutions stay as they are, learns from these at no cost for convolutions. Shards
that have them already are left alone.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from training.net.published import View
from training.net.small import EYES, NECK, small
from training.net.tiny import EYES as TINY_EYES
from training.net.tiny import tiny
from training.paths import CACHE
from training.shards import SIGHTS, Halves, Picture, Shard, shards


def main() -> None:
    """Look at every shard of both splits."""
    given = _parser().parse_args()
    view = make_view(given.reader, given.threads)
    for split in ("validation", "train"):
        for folder in shards(given.data / split):
            write_sight(folder, given.reader, view)


def make_view(reader: str, threads: int = 1) -> View:
    """A published reader as far as what SIGHTS names."""
    if reader == "tiny":
        return View(tiny(), [TINY_EYES], threads)
    return View(small(), [EYES, NECK], threads)


def sights(reader: str, view: View, pictures: Iterable[Picture]) -> dict[str, list[Halves]]:
    """What a reader sees of lines: names of SIGHTS to an array a line, (T, C) float16."""
    seen = [[one.astype(np.float16) for one in view.look(picture)] for picture in pictures]
    parts = (list(part) for part in zip(*seen, strict=True))
    return dict(zip(SIGHTS[reader], parts, strict=True))


def write_sight(folder: Path, reader: str, view: View) -> None:
    """Write what a reader sees of one shard, each file whole or not at all."""
    if all((folder / f"{name}.npy").exists() for name in SIGHTS[reader]):
        return
    shard = Shard(folder)
    pictures = (shard.picture(number) for number in range(len(shard)))
    for name, parts in sights(reader, view, pictures).items():
        fresh = folder / f"{name}.new.npy"
        np.save(fresh, np.concatenate(parts))
        fresh.rename(folder / f"{name}.npy")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.look", description=__doc__)
    parser.add_argument("reader", choices=SIGHTS, nargs="?", default="tiny")
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
