"""Turned and slanted pages: `python -m tests.bench.turns`.

Lays every page of every scene, and every real picture, on each of its sides, reads it, and prints
which turn was found (the confusion table) and how many lines were read beside the upright page.
With `--skew`, pages are slanted by so many degrees instead. docs/accuracy.md shows the tables.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import cv2
import numpy as np

from tests.bench.samples import REALSET, Sample, real
from tests.bench.score import Read, Score, Truth, score
from tests.bench.turns_tables import QUARTERS, Case, skew_tables, turn_tables
from tests.enginekit.layer import MODELS
from tests.scenes.catalogue import EXTRA, SCENES, render
from tests.scenes.light import CONDITIONS, slanted, turned
from tests.scenes.page import ScenePage, rectangle
from tests.scenes.page import Truth as Line
from wenyun.deadline import Deadline
from wenyun.engine.pipeline import Engine
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import SessionCache
from wenyun.options import Options
from wenyun.result import Page

THREADS = 2

Lay = Callable[[ScenePage, float], ScenePage]
"""Lays a page on the table: turned, or slanted."""


def main(argv: list[str] | None = None) -> None:
    """Read the command line and print the tables."""
    given = _parser().parse_args(argv)
    pages = drawn(given.scene, given.seed, given.pages, given.condition)
    shown = chain(pages, pictures(given.real) if given.real else ())
    engine = Engine(Toolbox(SessionCache(load_manifest(MODELS), THREADS), THREADS))
    places, lay = (given.skew, slanted) if given.skew else (QUARTERS, lying)
    cases = [
        read(engine, page, lay, place, profile)
        for page in shown
        for profile in given.profile
        for place in places
    ]
    for text in skew_tables(cases) if given.skew else turn_tables(cases):
        sys.stdout.write(text + "\n\n")


def drawn(
    scenes: Iterable[str], seed: int, pages: int, conditions: Sequence[str]
) -> Iterator[ScenePage]:
    """Pages of scenes, so many each and condition."""
    return (
        render(scene, number, condition)
        for scene in scenes
        for condition in conditions
        for number in range(seed, seed + pages)
    )


def pictures(root: Path) -> Iterator[ScenePage]:
    """Real pictures as pages; their lines have no place of their own."""
    return (_picture(sample) for sample in real(root))


def lying(page: ScenePage, degrees: float) -> ScenePage:
    """A page that has to be turned clockwise by so many degrees to stand upright."""
    return turned(page, -round(degrees / 90))


def read(engine: Engine, page: ScenePage, lay: Lay, place: float, profile: str) -> Case:
    """Lay a page, read it, and count."""
    found, counts = scored(engine, lay(page, place), profile)
    angle = found.angle if any(found.lines()) else None
    return Case(page.scene, profile, place, angle, counts.exact, counts.lines)


def scored(engine: Engine, page: ScenePage, profile: str) -> tuple[Page, Score]:
    """What is read of a page, and how much of it is right."""
    picture = np.ascontiguousarray(page.picture[..., ::-1])
    found = engine.read(picture, Options(profile=profile), Deadline())
    lines = tuple(line.text for line in found.lines())
    return found, score(Truth(tuple(line.text for line in page.lines)), Read(lines))


OWN_TURNS = {"rotated-180": 180, "rotated-L": 90, "rotated-R": 270}
"""Real pictures that lie turned as they are, by a part of their name."""


def _picture(sample: Sample) -> ScenePage:
    """A real picture as a page that stands upright."""
    pixels = np.asarray(cv2.imread(str(sample.path)), np.uint8)[..., ::-1]
    nowhere = rectangle(0, 0, 1, 1)
    lines = tuple(Line(text, nowhere) for text in sample.truth.lines)
    page = ScenePage(sample.row, "mix", np.ascontiguousarray(pixels), lines)
    own = [turn for part, turn in OWN_TURNS.items() if part in sample.path.stem]
    return turned(page, own[0] // 90) if own else page


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.turns", description=__doc__)
    known = [*SCENES, *EXTRA]
    parser.add_argument("--scene", nargs="*", choices=known, default=known)
    parser.add_argument("--seed", type=int, default=3_000, help="seed of the first page")
    parser.add_argument("--pages", type=int, default=2, help="pages a scene and condition")
    parser.add_argument(
        "--condition", nargs="+", choices=list(CONDITIONS), default=["natural", "dark"]
    )
    parser.add_argument("--profile", nargs="+", default=["fast", "balanced"])
    parser.add_argument("--real", type=Path, default=REALSET, help="folder of real pictures")
    parser.add_argument("--no-real", dest="real", action="store_const", const=None)
    parser.add_argument("--skew", type=float, nargs="+", help="slants in degrees, with 0 first")
    return parser


if __name__ == "__main__":
    main()
