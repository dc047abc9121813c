"""`python -m training.train --config strong`: train, or go on with, a reader.

A run that was stopped goes on from its last checkpoint; the same command does for two CPU cores and
for a GPU. Stop it with Ctrl-C or `kill`: the state is saved.
"""

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

import torch

from training.config import load_config
from training.paths import CACHE
from training.trainer import Trainer


def main() -> None:
    """Read the command line and train."""
    given = _parser().parse_args()
    signal.signal(signal.SIGTERM, _stop)
    torch.set_num_threads(given.threads)
    config = load_config(given.config, given.scale)
    run = given.run or CACHE / "runs" / config.name
    trainer = Trainer(config, given.data, run, given.device)
    try:
        trainer.train(given.minutes, given.save_every, given.validate_every)
    except KeyboardInterrupt:
        sys.exit(130)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__)
    parser.add_argument("--config", default="strong", help="a file of configs/, or a path")
    parser.add_argument("--scale", type=float, default=1, help="make every phase so much longer")
    parser.add_argument("--data", type=Path, default=CACHE / "data")
    parser.add_argument("--run", type=Path, help="folder of the run; runs/CONFIG by default")
    parser.add_argument("--device", default=device)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--save-every", type=float, default=5, help="minutes")
    parser.add_argument("--validate-every", type=float, default=10, help="minutes")
    return parser


if __name__ == "__main__":
    main()
