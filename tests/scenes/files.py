"""Pages as files, with labels in the form that sets of real pictures have."""

import json
from pathlib import Path
from typing import Any

import cv2

from tests.scenes.catalogue import render
from tests.scenes.page import ScenePage


def encoded(page: ScenePage, suffix: str = ".png") -> bytes:
    """The picture as a PNG, or as a JPEG of quality 92."""
    settings = [cv2.IMWRITE_JPEG_QUALITY, 92] if suffix == ".jpg" else []
    ok, data = cv2.imencode(suffix, page.picture[..., ::-1], settings)
    assert ok, suffix
    return data.tobytes()


def label(page: ScenePage, file: str) -> dict[str, Any]:
    """The page's entry in labels.jsonl."""
    return {
        "file": file,
        "kind": "page",
        "lang": page.lang,
        "scene": page.scene,
        "text": [line.text for line in page.lines],
        "complete": True,
        "boxes": [line.box.round(1).tolist() for line in page.lines],
        "ignore": [box.round(1).tolist() for box in page.ignore],
    }


def write(
    folder: Path, scenes: list[str], seed: int, pages: int, condition: str, suffix: str
) -> int:
    """Write so many pages a scene, from the seed on; returns how many files there are."""
    folder.mkdir(parents=True, exist_ok=True)
    labels = []
    for scene in scenes:
        for number in range(seed, seed + pages):
            page = render(scene, number, condition)
            name = f"{scene}_{condition}_{number:04}{suffix}"
            (folder / name).write_bytes(encoded(page, suffix))
            labels.append(label(page, name))
    rows = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in labels)
    (folder / "labels.jsonl").write_text(rows, "utf-8")
    return len(labels)
