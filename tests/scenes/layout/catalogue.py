"""Every layout page by name: `python -m tests.scenes.layout.catalogue OUT` draws one of each."""

import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from tests.scenes.layout import paper, press, slips, tate
from tests.scenes.layout.truth import LayoutPage, tilted
from tests.scenes.words import Rng

LAYOUTS: dict[str, Callable[[Rng], LayoutPage]] = {
    "one-column": paper.one_column,
    "two-columns-zh": paper.two_columns_zh,
    "two-columns-en": paper.two_columns_en,
    "two-columns-mixed": paper.two_columns_mixed,
    "three-columns": paper.three_columns,
    "newspaper": press.newspaper,
    "sidebar": press.sidebar,
    "vertical": tate.one_tier,
    "vertical-tiers": tate.two_tiers,
    "vertical-titled": tate.titled,
    "letter": slips.letter,
    "receipt": slips.receipt,
    "form": slips.form,
}

TILT = 0.03
"""How far corners move, in parts of the shorter side."""


def draw(name: str, seed: int, tilt: float = 0.0) -> LayoutPage:
    """The page of a name for a seed; the same arguments always give the same pixels."""
    rng = np.random.default_rng([zlib.crc32(name.encode()), seed])
    page = LAYOUTS[name](rng)
    return tilted(page, rng, tilt) if tilt else page


def main(folder: Path) -> None:
    """Draw one page of each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LAYOUTS:
        cv2.imwrite(str(folder / f"{name}.png"), draw(name, 1).scene.picture[..., ::-1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
