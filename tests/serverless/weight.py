"""What our images add to their bases, by folder: `python -m tests.serverless.weight`.

Beside each folder stands what the packages weigh as they are published; the difference is `slim`.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from slim.__main__ import slim
from tests.awskit.functions import ROOT
from tests.serverless.base import LAMBDA, SLIM
from tests.serverless.engine import alone, podman, require_podman
from tests.serverless.images import IMAGES, build_images

BASES = {"lambda": LAMBDA, "server": SLIM}
LIMIT = 380_000_000
STRETCH = 300_000_000
SMALL = 1_000_000
"""Folders below this are counted together."""

Weights = Counter[str]


def added(target: str) -> Weights:
    """Bytes by folder of what an image has and its base has not."""
    base, image = (Path(podman("image", "mount", name)) for name in (BASES[target], IMAGES[target]))
    try:
        return _by_folder((path.relative_to(image), size) for path, size in _new_files(image, base))
    finally:
        podman("image", "unmount", IMAGES[target], BASES[target])


def published(target: str, folder: Path) -> tuple[Weights, list[tuple[int, str]]]:
    """Bytes by folder of the packages before they are cut, and what each cut buys."""
    lock = ROOT / f"functions/ocr/requirements/{target}.txt"
    command: list[str | Path] = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--require-hashes", "--only-binary", ":all:", "--python-version", "3.13",
        "--target", folder, "-r", lock,
    ]  # fmt: skip
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    compiling = [sys.executable, "-m", "compileall", "-qq", str(folder)]
    subprocess.run(compiling, check=False)  # packages may hold files that are no Python
    files = ((path, path.stat().st_size) for path in folder.rglob("*") if path.is_file())
    place = Path("site-packages")
    weights = _by_folder((place / path.relative_to(folder), size) for path, size in files)
    return weights, list(slim(folder))


def _new_files(image: Path, base: Path) -> Iterator[tuple[Path, int]]:
    for path in image.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        size, older = path.stat().st_size, base / path.relative_to(image)
        if not older.is_file() or older.stat().st_size != size:
            yield path, size


def _by_folder(files: Iterator[tuple[Path, int]]) -> Weights:
    weights: Weights = Counter()
    for path, size in files:
        weights[_group(path)] += size
    return weights


def _group(path: Path) -> str:
    """A package with its libraries and its metadata; elsewhere the folder two levels down."""
    if "site-packages" not in path.parts:
        return "/" + "/".join(path.parts[: min(len(path.parts) - 1, 3)])
    inside = path.parts[path.parts.index("site-packages") + 1]
    name = re.sub(r"(-[\d.]+\.dist-info|\.libs)$", "", inside)
    return {"opencv_python_headless": "cv2", "pillow": "PIL"}.get(name, name)


def table(found: Weights, plain: Weights) -> Iterator[str]:
    """Lines of Markdown, the heaviest folder first."""
    yield "| folder | as published, MB | in the image, MB |"
    yield "|---|---:|---:|"
    names = sorted(found | plain, key=lambda name: -found[name])
    large = [name for name in names if max(found[name], plain[name]) >= SMALL]
    for name in large:
        yield _row(name, plain[name], found[name])
    small = set(names) - set(large)
    yield _row("all smaller ones", sum(plain[n] for n in small), sum(found[n] for n in small))
    yield _row("**together**", sum(plain.values()), sum(found.values()))


def _row(name: str, before: int, now: int) -> str:
    return f"| {name} | {before / 1e6:.1f} | {now / 1e6:.1f} |"


def report(target: str) -> Iterator[str]:
    """Lines of Markdown about one image."""
    with tempfile.TemporaryDirectory() as folder:
        plain, cuts = published(target, Path(folder))
    found = added(target)
    # Models and code are not cut.
    plain += Counter({name: size for name, size in found.items() if name.startswith("/")})
    yield f"The image `{target}` adds {sum(found.values()) / 1e6:.1f} MB to its base:"
    yield from ("", *table(found, plain), "")
    yield from ("| cut | MB |", "|---|---:|")
    yield from (f"| {what} | {bought / 1e6:.1f} |" for bought, what in cuts)
    yield ""


def main() -> None:
    """Print a table for each image, and what each cut bought."""
    require_podman()
    with alone():
        build_images()
        for target in IMAGES:
            sys.stdout.write("\n".join(report(target)) + "\n")


if __name__ == "__main__":
    main()
