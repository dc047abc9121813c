"""What the detector's scale buys: `python -m tests.bench.scales --heights 18 20 22 26`.

Reads drawn pages in all kinds of light, and real pictures, with the height that lines are shown at
as the only thing that changes, and prints how much of a page the detector saw and how many lines
were read. docs/accuracy.md shows the table.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from tests.bench.samples import REALSET
from tests.bench.table import table
from tests.bench.tally import total
from tests.bench.turns import drawn, pictures, scored
from tests.enginekit.layer import MODELS
from tests.scenes.catalogue import SCENES
from tests.scenes.light import CONDITIONS
from tests.scenes.page import ScenePage
from wenyun.deadline import NEVER, Deadline
from wenyun.engine.pipeline import Engine
from wenyun.engine.profiles import PROFILES
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import FloatArray, Session, SessionCache

THREADS = 2
HEADS = ["lines shown at, px", "megapixels a page", "drawn lines, %", "real lines, %"]


@dataclass(slots=True)
class Seen:
    """A detector's session that counts the pixels it is shown."""

    inner: Session
    pixels: int = 0

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        """Run and count."""
        self.pixels += batch.shape[2] * batch.shape[3]
        return self.inner.run(batch, deadline)

    def shrink(self) -> None:
        """As the session itself does."""
        self.inner.shrink()


def main(argv: list[str] | None = None) -> None:
    """Read the command line and print the table."""
    given = _parser().parse_args(argv)
    shown = list(drawn(SCENES, given.seed, given.pages, list(CONDITIONS)))
    photos = list(pictures(given.real)) if given.real else []
    sessions = SessionCache(load_manifest(MODELS), THREADS)
    rows = [row(sessions, height, shown, photos, given.profile) for height in given.heights]
    sys.stdout.write(f"{len(shown)} + {len(photos)} pages, {given.profile}\n{table(HEADS, rows)}\n")


def row(
    sessions: SessionCache,
    height: float,
    shown: Sequence[ScenePage],
    photos: Sequence[ScenePage],
    profile: str,
) -> list[str]:
    """The table's row of one height."""
    seen = Seen(sessions.get("detector"))
    wanted = PROFILES[profile]
    changed = replace(wanted, scale=replace(wanted.scale, text_height=height))
    with (
        patch.dict(PROFILES, {profile: changed}),
        patch.dict(sessions._open, {"detector": seen}),
    ):
        engine = Engine(Toolbox(sessions, THREADS))
        shares = [_share(engine, pages, profile) for pages in (shown, photos)]
    return [f"{height:g}", f"{seen.pixels / 1e6 / (len(shown) + len(photos)):.2f}", *shares]


def _share(engine: Engine, pages: Sequence[ScenePage], profile: str) -> str:
    """Lines read exactly, in a hundred; empty where there are no pages."""
    whole = total(scored(engine, page, profile)[1] for page in pages)
    return f"{100 * whole.exact_share:.2f}" if whole.lines else ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scales", description=__doc__)
    parser.add_argument("--heights", type=float, nargs="+", default=[18, 20, 22, 26])
    parser.add_argument("--pages", type=int, default=2, help="pages a scene and light")
    parser.add_argument("--seed", type=int, default=500)
    parser.add_argument("--profile", choices=list(PROFILES), default="fast")
    parser.add_argument("--real", type=Path, default=REALSET, help="folder of real pictures")
    parser.add_argument("--no-real", dest="real", action="store_const", const=None)
    return parser


if __name__ == "__main__":
    main()
