"""Small texts, fonts and shards for the tests of the training recipe."""

from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from tests.scenes import fonts
from training.camera.picture import Sample
from training.fonts.faces import Faces
from training.net.charset import load_characters
from training.paths import WHEELS
from training.shards import SIGHTS, Halves, write_shard

needs_small = pytest.mark.skipif(
    not list(WHEELS.glob("rapidocr-*.whl")), reason="PP-OCRv6 small's wheel: run `make layer`"
)

PROSE = ["山高月小，水落石出。", "他说：今天下午三点开会，请准时参加；不要迟到！"]
FILES = {
    "words_zh": ["学校\t900", "老师\t400", "橙子\t3"],
    "prose_zh": PROSE,
    "traditional": ["學而時習之，不亦說乎"],
    "poems": ["床前明月光"],
    "words_en": ["lantern", "o'clock", "Peter's"],
    "prose_en": ["It was late when the last guests had gone home, and nobody spoke."],
    "code": ["if self.count >= limit: return None"],
    "people_zh": ["王芳"],
    "companies_zh": ["某某科技有限公司"],
    "addresses_zh": ["某省某市某区某街b座 123456"],
    "jobs_zh": ["会计/出纳"],
    "people_en": ["Ann Smith"],
    "companies_en": ["Smith & Sons Ltd"],
    "addresses_en": ["12 High Street, Leeds"],
    "web": ["ann@example.org"],
}


def texts(folder: Path, taboo: str = "") -> Path:
    """A folder as the corpus writes it; every passage is often enough there for both sides."""
    for name, rows in FILES.items():
        (folder / f"{name}.txt").write_text("\n".join(rows * 60) + "\n", "utf-8")
    (folder / "taboo.txt").write_text(taboo, "utf-8")
    return folder


def faces(*families: str, held_out: bool = False) -> Faces:
    """The font of the system under several names, with every character of ASCII."""
    path = fonts.face("dejavu-sans").path
    characters = "".join(one for one in load_characters() if one.isascii())
    parts = [{"file": path, "index": 0, "characters": characters}]
    rows = [
        {
            "name": name,
            "family": name,
            "kind": "hand" if "hand" in name else "print",
            "han": 0,
            "parts": parts,
            "sha256": [],
        }
        for name in families
    ]
    return Faces(rows, held_out)


def sample(text: str, width: int, seed: int = 0) -> Sample:
    """A line of noise."""
    picture = np.random.default_rng(seed).integers(0, 255, (48, width, 3), np.uint8)
    return Sample(picture, text, "words", "face")


CHANNELS = {"tiny": 160, "features": 384, "targets": 120}


def seen(samples: list[Sample], *names: str) -> dict[str, list[Halves]]:
    """Noise in the place of what published readers see of lines."""
    rng = np.random.default_rng(3)
    steps = [-(-one.picture.shape[1] // 32) * 4 for one in samples]
    return {
        name: [rng.standard_normal((count, CHANNELS[name])).astype(np.float16) for count in steps]
        for name in names
    }


TEXTS = ["一二", "ab", "¥5", "好 a"]


def data(folder: Path, *names: str) -> Path:
    """Shards for training and for validation, seen by every reader or as names of files say."""
    lines = [sample(text, 64 + 32 * (n % 2), n) for n, text in enumerate(TEXTS)]
    for split in ("train", "validation"):
        views = seen(lines, *(names or chain(*SIGHTS.values())))
        write_shard(folder / split / "00000", lines, views)
    return folder


def light_data(folder: Path) -> Path:
    """The same lines as `makedata --light` writes them."""
    return data(folder, *SIGHTS["tiny"])
