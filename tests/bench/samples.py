"""Pages to be read, with their truth: drawn scenes and folders of real pictures."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.bench.match import Quads
from tests.bench.score import Truth
from tests.scenes.catalogue import crop
from tests.scenes.files import write
from tests.scenes.page import Truth as Line

REALSET = Path(__file__).resolve().parents[3] / "shared/realset"


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture's file, the table row it counts for, and what stands on it."""

    row: str
    path: Path
    truth: Truth


def load(folder: Path, row: str | None = None) -> list[Sample]:
    """The samples of a folder with labels.jsonl; `row` defaults to each entry's scene."""
    entries = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    return [_sample(folder, row, json.loads(entry)) for entry in entries]


def drawn(
    folder: Path, scenes: Iterable[str], seed: int, pages: int, condition: str
) -> list[Sample]:
    """Draw pages into a folder and give them as samples."""
    write(folder, list(scenes), seed, pages, condition, ".png")
    return load(folder)


def real(root: Path = REALSET) -> list[Sample]:
    """The real pictures, a row a source; none where the folder is absent."""
    return [
        sample
        for labels in sorted(root.glob("*/labels.jsonl"))
        for sample in load(labels.parent, f"real {labels.parent.name}")
    ]


def line_crops(samples: Iterable[Sample], folder: Path) -> Iterator[Sample]:
    """Every line of samples with boxes, cut out into a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in samples:
        if sample.truth.boxes is None:
            continue
        picture = np.asarray(cv2.imread(str(sample.path)), np.uint8)
        for place, (text, box) in enumerate(
            zip(sample.truth.lines, sample.truth.boxes, strict=True)
        ):
            path = folder / f"{sample.path.stem}_{place:03}.png"
            cv2.imwrite(str(path), crop(picture, Line(text, box)))
            yield Sample(sample.row, path, Truth((text,)))


def _sample(folder: Path, row: str | None, entry: dict[str, Any]) -> Sample:
    text = entry["text"]
    truth = Truth(
        tuple([text] if isinstance(text, str) else text),
        quads(entry.get("boxes")),
        quads(entry.get("ignore")),
        bool(entry.get("complete", True)),
    )
    return Sample(row or str(entry["scene"]), folder / entry["file"], truth)


def quads(boxes: Any) -> Quads | None:
    """Boxes of JSON as (N, 4, 2) float32; None where there are none."""
    return np.array(boxes, np.float32).reshape(-1, 4, 2) if boxes else None
