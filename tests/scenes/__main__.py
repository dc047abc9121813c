"""Draw scenes into a folder: `python -m tests.scenes --out DIR --seed 1 --pages 10`."""

import argparse
import sys
from pathlib import Path

from tests.scenes.catalogue import EXTRA, SCENES
from tests.scenes.files import write
from tests.scenes.light import CONDITIONS


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(prog="tests.scenes", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures and labels")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first page")
    parser.add_argument("--pages", type=int, default=10, help="pages a scene")
    parser.add_argument("--scene", choices=[*SCENES, *EXTRA], nargs="+", default=list(SCENES))
    parser.add_argument("--condition", choices=list(CONDITIONS), default="natural")
    parser.add_argument("--jpeg", action="store_true", help="write JPEG instead of PNG")
    given = parser.parse_args()
    suffix = ".jpg" if given.jpeg else ".png"
    count = write(given.out, given.scene, given.seed, given.pages, given.condition, suffix)
    sys.stdout.write(f"{count} pages in {given.out}\n")


if __name__ == "__main__":
    main()
