"""The log of a run: a JSON line an entry, and its curves as a picture."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

WIDTH, HEIGHT, EDGE = 1100, 320, 60
COLOURS = ((180, 90, 20), (40, 130, 40), (40, 40, 200), (160, 40, 160), (20, 160, 200))
PANELS = (
    ("loss", ("loss", "distil", "ctc")),
    ("validation", ("exact", "spaced", "origin", "origin_spaced")),
    ("origin", ("kept", "agreement")),
)
"""Panels of the picture, top to bottom: title and the values drawn."""


class Log:
    """Appends to log.jsonl and draws curves.png beside it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "log.jsonl"
        self._picture = folder / "curves.png"

    def write(self, entry: dict[str, Any]) -> None:
        """Add an entry; it has a `step`."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def draw(self) -> None:
        """Draw everything logged so far."""
        rows = [json.loads(row) for row in self._file.read_text("utf-8").splitlines()]
        sheets = [_panel(title, names, rows) for title, names in PANELS]
        cv2.imwrite(str(self._picture), np.vstack(sheets))


def _panel(title: str, names: tuple[str, ...], rows: list[dict[str, Any]]) -> Any:
    sheet = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    curves = {name: [(row["step"], row[name]) for row in rows if name in row] for name in names}
    points = [point for curve in curves.values() for point in curve]
    _write(sheet, title, (EDGE, 24), (0, 0, 0))
    if not points:
        return sheet
    table = np.array(points, np.float64)
    low = np.min(table, 0)
    high = np.maximum(np.max(table, 0), low + 1e-6)
    high[1] = min(high[1], max(1.05, float(np.quantile(table[:, 1], 0.95)) * 1.2))
    size = np.array([WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE])
    for number, (name, curve) in enumerate(curves.items()):
        if not curve:
            continue
        colour = COLOURS[number % len(COLOURS)]
        place = (np.array(curve, np.float64) - low) / (high - low) * size
        line = np.stack([EDGE + place[:, 0], HEIGHT - EDGE - np.clip(place[:, 1], 0, size[1])], 1)
        cv2.polylines(sheet, [line.astype(np.int32)], False, colour, 2, cv2.LINE_AA)
        _write(sheet, f"{name} {curve[-1][1]:.3f}", (200 + 170 * number, 24), colour)
    for value, y in ((high[1], EDGE), (low[1], HEIGHT - EDGE)):
        _write(sheet, f"{value:.3f}", (4, y), (90, 90, 90))
    for value, x in ((low[0], EDGE), (high[0], WIDTH - EDGE - 40)):
        _write(sheet, f"{value:.0f}", (x, HEIGHT - 24), (90, 90, 90))
    return sheet


def _write(sheet: Any, text: str, at: tuple[int, int], colour: tuple[int, int, int]) -> None:
    cv2.putText(sheet, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.45, colour, 1, cv2.LINE_AA)
