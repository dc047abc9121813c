"""The locks of the checkout: what is pinned, and to which files."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "functions/ocr/requirements/server.txt"
LAMBDA = ROOT / "functions/ocr/requirements/lambda.txt"
TESTS = ROOT / "tests/requirements.txt"
TRAINING = ROOT / "layers/model/training/requirements.txt"

_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*(.*?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package at a version; `marker` says where it is installed, `hashes` are its files'."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its package URL (ECMA-427)."""
        return f"pkg:pypi/{self.name.lower().replace('_', '-')}@{self.version}"


def pins(lock: Path) -> list[Pin]:
    """Every pin of a lock, in its order; a ValueError where a line is neither pin nor hash."""
    found: list[tuple[str, str, str, list[str]]] = []
    for line in lock.read_text("utf-8").splitlines():
        if match := _HASH.search(line):
            found[-1][3].append(match[1])
        elif match := _PIN.fullmatch(line.strip()):
            found.append((match[1], match[2], match[3] or "", []))
        elif line.strip():
            raise ValueError(f"{lock.name}: {line!r} is no pin")
    return [Pin(name, version, marker, tuple(hashes)) for name, version, marker, hashes in found]
