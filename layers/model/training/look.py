"""`python -m training.look`: how PP-OCRv6 tiny's convolutions see the shards, written beside them.

A fast student whose convolutions stay as they are learns from these at no cost for convolutions.
Shards that have them already are left alone.
"""

import argparse
from pathlib import Path

import numpy as np

from training.net.tiny import Eyes
from training.paths import CACHE
from training.shards import Shard, shards


def main() -> None:
    """Look at every shard of both splits."""
    given = _parser().parse_args()
    eyes = Eyes(given.threads)
    for split in ("validation", "train"):
        for folder in shards(given.data / split):
            look(folder, eyes)


def look(folder: Path, eyes: Eyes) -> None:
    """Write `tiny.npy` of one shard, whole or not at all."""
    target = folder / "tiny.npy"
    if target.exists():
        return
    shard = Shard(folder)
    seen = [eyes.run([shard.picture(number)])[0] for number in range(len(shard))]
    fresh = folder / "tiny.new.npy"
    np.save(fresh, np.concatenate(seen).astype(np.float16))
    fresh.rename(target)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.look", description=__doc__)
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
