"""The layer's manifest: which models there are, and how each wants its input."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Triple = tuple[float, float, float]

REQUIRED = ("recogniser", "detector")
"""Roles without which nothing can be read."""


class LayerError(Exception):
    """The model layer is missing or cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the manifest.

    Input is (N, 3, H, W) float32 in the order of `channels`, `(x - mean) * scale` of uint8
    pixels. `height` and `width` are fixed sizes where they are not None. A recogniser gives
    (N, W / width_stride, classes) probabilities; class `blank` is the CTC blank and the others
    are the lines of `charset`. `drops_spaces` says that it reads Latin words without the spaces
    between them. `language_weight` and `language_bonus` say how much the layer's n-grams count
    beside what it sees; 0 and 0: they do not. `calibration` turns how sure it is into how likely
    it is right; empty: it is not calibrated.
    """

    role: str
    name: str
    kind: str
    path: Path
    input: str
    output: str
    channels: str
    mean: Triple
    scale: Triple
    height: int | None
    width: int | None
    width_stride: int
    blank: int
    charset: Path | None
    drops_spaces: bool
    language_weight: float = 0.0
    language_bonus: float = 0.0
    calibration: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The models of a layer by role, and the file of its n-grams, if it has one."""

    folder: Path
    models: dict[str, ModelEntry]
    language: Path | None = None

    def entry(self, role: str) -> ModelEntry:
        """The model that plays a role.

        Raises:
            LayerError: If the layer has none.
        """
        try:
            return self.models[role]
        except KeyError:
            raise LayerError(f"the model layer in {self.folder} has no '{role}'") from None


def load_manifest(folder: Path) -> Manifest:
    """Read `manifest.json` in the layer's folder.

    Raises:
        LayerError: If it is missing, broken, or lacks a model that every request needs.
    """
    path = folder / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        models = {role: _entry(role, item, folder) for role, item in found["models"].items()}
        language = found.get("files", {}).get("language")
        manifest = Manifest(folder, models, folder / language["file"] if language else None)
    except FileNotFoundError:
        hint = "build it with `make layer`, or set OCR_MODEL_DIR"
        raise LayerError(f"there is no model layer in {folder}: {hint}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LayerError(f"{path} cannot be used: {error!r}") from error
    for role in REQUIRED:
        manifest.entry(role)
    return manifest


def _entry(role: str, item: dict[str, Any], folder: Path) -> ModelEntry:
    charset = item.get("charset")
    return ModelEntry(
        role=role,
        name=str(item["name"]),
        kind=str(item["kind"]),
        path=folder / item["file"],
        input=str(item["input"]),
        output=str(item["output"]),
        channels=_channels(item.get("channels", "bgr")),
        mean=_triple(item["mean"]),
        scale=_triple(item["scale"]),
        height=item.get("height"),
        width=item.get("width"),
        width_stride=int(item.get("width_stride", 1)),
        blank=int(item.get("blank", 0)),
        charset=folder / charset if charset else None,
        drops_spaces=bool(item.get("drops_spaces", False)),
        language_weight=float(item.get("language_weight", 0.0)),
        language_bonus=float(item.get("language_bonus", 0.0)),
        calibration={name: float(part) for name, part in item.get("calibration", {}).items()},
    )


def _channels(order: str) -> str:
    if order not in ("bgr", "rgb"):
        raise ValueError(f"channels must be bgr or rgb, not {order!r}")
    return order


def _triple(value: float | list[float]) -> Triple:
    if isinstance(value, list):
        first, second, third = map(float, value)
        return first, second, third
    return float(value), float(value), float(value)
