"""What `models.toml` says of each weight file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class LayerError(Exception):
    """The layer cannot be built; the message names the file to blame."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One weight file. `runtime` is what the manifest passes on to the runtime as it stands."""

    role: str
    wheel: str
    path: str
    sha256: str
    charset: str | None
    charset_sha256: str | None
    charset_append: tuple[str, ...]
    runtime: dict[str, Any]


SOURCE_KEYS = ("role", "wheel", "path", "sha256", "charset", "charset_sha256", "charset_append")


def load_specs(path: Path) -> list[ModelSpec]:
    """Read `models.toml`; a role that comes twice is an error."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    specs = [_spec(table) for table in tables]
    roles = [spec.role for spec in specs]
    if len(set(roles)) != len(roles):
        raise LayerError(f"{path.name}: a role is named twice: {', '.join(roles)}")
    return specs


def _spec(table: dict[str, Any]) -> ModelSpec:
    return ModelSpec(
        role=table["role"],
        wheel=table["wheel"],
        path=table["path"],
        sha256=table["sha256"],
        charset=table.get("charset"),
        charset_sha256=table.get("charset_sha256"),
        charset_append=tuple(table.get("charset_append", ())),
        runtime={key: value for key, value in table.items() if key not in SOURCE_KEYS},
    )
