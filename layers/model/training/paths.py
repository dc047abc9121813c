"""Where the recipe keeps what it fetches and makes; `WENYUN_TRAINING` moves the cache."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECIPE = HERE.parent
ROOT = RECIPE.parents[1]
CACHE = Path(os.environ.get("WENYUN_TRAINING", ROOT / ".training"))
"""Fonts, texts, drawn lines and runs; never committed."""

WHEELS = RECIPE / ".cache"
"""The layer builder's cache, where PP-OCRv6 small's wheel lies."""

FONTS = CACHE / "fonts"
TEXTS = CACHE / "texts"
SCENES = ROOT / "tests/scenes"
"""The accuracy generator: its texts and fonts are kept out of training."""
