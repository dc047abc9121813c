"""How well the boxes of characters cover their glyphs, on scenes that know where each glyph is.

`python -m tests.bench.characters [SEEDS]` prints a row a scene: characters compared, hits (the
glyph's middle lies in its box), and the mean overlap (intersection over union) along the line.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tests.enginekit.layer import MODELS
from tests.scenes.catalogue import EXTRA, SCENES, render
from tests.scenes.page import Quad, ScenePage, Truth
from wenyun.deadline import Deadline
from wenyun.engine.pipeline import Engine
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import SessionCache
from wenyun.options import Options
from wenyun.result import Line, Page


@dataclass(frozen=True, slots=True)
class Covered:
    """One character: whether its middle was hit, and the overlap along the line, 0-1."""

    hit: bool
    overlap: float


def compare(page: Page, drawn: ScenePage) -> Iterator[Covered]:
    """Every character of every line that was read exactly, spaces apart."""
    for truth in drawn.lines:
        line = _found(truth, page)
        if line is None or not truth.characters:
            continue
        parts = [word.box for word in line.characters if not word.text.isspace()]
        for box, glyph in zip(parts, truth.characters, strict=True):
            yield _cover(np.array(box, np.float32), glyph, truth.box)


def _found(truth: Truth, page: Page) -> Line | None:
    wanted = "".join(truth.text.split())
    lines = [line for line in page.lines() if "".join(line.text.split()) == wanted]
    middle = truth.box.mean(axis=0)
    return min(
        lines,
        key=lambda line: float(np.linalg.norm(np.array(line.box).mean(axis=0) - middle)),
        default=None,
    )


def _cover(box: Quad, glyph: Quad, line: Quad) -> Covered:
    along = (line[1] - line[0]) / np.linalg.norm(line[1] - line[0])
    low, high = _extent(box, along)
    least, most = _extent(glyph, along)
    common = max(0.0, min(high, most) - max(low, least))
    whole = max(high, most) - min(low, least)
    return Covered(low <= (least + most) / 2 <= high, common / whole if whole else 0.0)


def _extent(quad: Quad, along: Quad) -> tuple[float, float]:
    """Start and end of a box in the direction of its line: the middles of its ends."""
    places = np.sort(quad @ along)
    return float(np.mean(places[:2])), float(np.mean(places[2:]))


def main(seeds: int) -> None:
    """Print the table."""
    engine = Engine(Toolbox(SessionCache(load_manifest(MODELS), 2), 2))
    for scene in (*SCENES, *EXTRA):
        found: list[Covered] = []
        for seed in range(seeds):
            drawn = render(scene, seed)
            picture = np.ascontiguousarray(drawn.picture[..., ::-1])
            found += compare(engine.read(picture, Options(), Deadline()), drawn)
        hits = np.mean([one.hit for one in found]) if found else 0.0
        overlap = np.mean([one.overlap for one in found]) if found else 0.0
        sys.stdout.write(f"{scene:12} {len(found):6} {hits:7.1%} {overlap:7.3f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
