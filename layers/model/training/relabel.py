"""`python -m training.relabel RUN`: shards as a trained student, not the first teacher, sees them.

The student's neck takes the place of the teacher's: `targets`, `classes` and `logits` are written
anew from the stored features, which costs no convolution; pictures and features are linked.
A smaller student then learns from the stronger one: `training.train --taught-by RUN --data OUT`.
"""

import argparse
import os
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.export import load_student
from training.net.teacher import TOP
from training.paths import CACHE
from training.shards import Shard, shards

SAME = ("lines.json", "pictures.npy", "features.npy", "tiny.npy")


def main() -> None:
    """Write every shard of both splits that is not there yet."""
    given = _parser().parse_args()
    torch.set_num_threads(given.threads)
    student, _ = load_student(given.run, given.config)
    for split in ("validation", "train"):
        for folder in shards(given.data / split):
            relabel(folder, given.out / split / folder.name, student)


def relabel(source: Path, target: Path, student: Any) -> None:
    """Write one shard, whole or not at all; one that is there is left alone.

    Raises:
        ValueError: When the student does not see with the whole of the teacher's convolutions.
    """
    if student.cut != "full":
        raise ValueError("only a student with all of the convolutions can read stored features")
    if target.exists():
        return
    fresh = target.with_name(target.name + ".new")
    fresh.mkdir(parents=True, exist_ok=True)
    for name in SAME:
        if (source / name).exists():
            os.link(source / name, fresh / name)
    shard = Shard(source)
    seen = [_look(student, shard.features(number)) for number in range(len(shard))]
    for name, parts in zip(("targets", "classes", "logits"), zip(*seen, strict=True), strict=True):
        np.save(fresh / f"{name}.npy", np.concatenate(parts))
    fresh.rename(target)


def _look(student: Any, features: Any) -> tuple[Any, Any, Any]:
    given = torch.from_numpy(features.astype(np.float32).T[None, :, None].copy())
    with torch.no_grad():
        neck = student(given)
        logits, classes = student.classifier(neck).topk(TOP, 2)
    return (
        neck[0].numpy().astype(np.float16),
        classes[0].numpy().astype(np.int16),
        logits[0].numpy().astype(np.float16),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.relabel", description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", help="a TOML file, where the run's is not in configs/")
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--out", type=Path, default=CACHE / "relabelled")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    return parser


if __name__ == "__main__":
    main()
