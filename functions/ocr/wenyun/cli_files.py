"""Results as files: where each goes, and writing it whole or not at all."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wenyun.errors import WenyunError
from wenyun.exports.render import FORMS

STDIN = STDOUT = "-"

ENDINGS = {form.extension: name for name, form in FORMS.items()} | {".html": "hocr", ".htm": "hocr"}
"""The format that the ending of a file's name asks for."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where results go.

    Attributes:
        path: A file, or a folder for several.
        formats: What is written of each file.
        folder: Whether `path` is a folder.

    """

    path: Path
    formats: tuple[str, ...]
    folder: bool

    def targets(self, name: str) -> dict[str, Path]:
        """The file of each format for one file that is read."""
        if not self.folder:
            return {self.formats[0]: self.path}
        return {f: self.path / f"{label(name)}{FORMS[f].extension}" for f in self.formats}


def label(name: str) -> str:
    """What a file that is read is called among results."""
    return "stdin" if name == STDIN else Path(name).name


def plan_output(path: str, formats: tuple[str, ...], files: Sequence[str]) -> Output:
    """Where results go.

    Args:
        path: What `-o` says.
        formats: What `--format` says, empty where it is not given.
        files: The files to be read.

    Raises:
        ValueError: It cannot be done so, or would cover a file that is to be read.

    """
    place = Path(path)
    folder = len(files) > 1 or len(formats) > 1 or path.endswith(os.sep) or place.is_dir()
    if folder and place.exists() and not place.is_dir():
        raise ValueError(f"-o {path}: several files or formats need a folder")
    found = Output(place, formats or _by_ending(place, folder), folder)
    check_targets("-o", files, [t for name in files for t in found.targets(name).values()])
    return found


def check_targets(flag: str, files: Sequence[str], targets: Sequence[Path]) -> None:
    """Refuse to write over a file that is to be read, or two results into one file.

    Raises:
        ValueError: Which.

    """
    sources = [Path(name) for name in files if name != STDIN]
    for target in targets:
        if any(_same(target, source) for source in sources):
            raise ValueError(f"{flag} would overwrite {target.name}, which is to be read")
    known = [target.resolve() for target in targets]
    for target in known:
        if known.count(target) > 1:
            raise ValueError(f"{flag}: two files would be written as {target.name}")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, and give it its own when it is complete.

    Raises:
        WenyunError: `invalid_option` where it cannot be written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path = path.resolve()
        if path.exists() and not path.is_file():
            # A device or a pipe has no other name.
            path.write_bytes(data)
        else:
            _replace(path, data)
    except OSError as error:
        raise WenyunError("invalid_option", f"{path}: {error.strerror}", field="output") from error


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()


def _by_ending(path: Path, folder: bool) -> tuple[str, ...]:
    if folder:
        return ("text",)
    name = ENDINGS.get(path.suffix.lower())
    if name is None:
        raise ValueError(f"-o {path}: end the name in {', '.join(ENDINGS)}, or add --format")
    return (name,)


def _same(target: Path, source: Path) -> bool:
    """Whether two paths are one file, by whatever names."""
    try:
        return target.resolve() == source.resolve() or target.samefile(source)
    except OSError:
        return False
