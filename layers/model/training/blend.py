"""`python -m training.blend RUN`: how a keeper reads, so far on its way from the published reader.

Prints shares of validation lines for several blends of trained and published weights (WiSE-FT,
Wortsman et al. 2021); the one to take is given to `training.export --blend`.
"""

import argparse
import copy
from pathlib import Path

import torch

from training.batches import Batches
from training.config import load_config
from training.export import load_keeper
from training.paths import CACHE
from training.validate import validate

SHARES = (0.0, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0)
SHOWN = ("exact", "spaced", "kept", "agreement")


def main() -> None:
    """Read the command line, print the table."""
    given = _parser().parse_args()
    torch.set_num_threads(given.threads)
    keeper, about = load_keeper(given.run, given.config)
    print(f"step {about['step']}\n\n| blend | {' | '.join(SHOWN)} |\n|---|{'---|' * len(SHOWN)}")
    config = load_config(given.config or str(about["config"]))
    for share in given.share:
        mixed = copy.deepcopy(keeper)
        mixed.blend(share)
        batches = Batches(given.data / "validation", config.source, config.steps_a_batch)
        found = validate(mixed, batches.once(), "cpu")
        cells = " | ".join(f"{found.get(name, 0):.4f}" for name in SHOWN)
        print(f"| {share:.2f} | {cells} |", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.blend", description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", help="a TOML file, where the run's is not in configs/")
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--share", type=float, nargs="+", default=SHARES)
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
