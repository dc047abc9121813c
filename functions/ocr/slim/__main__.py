"""Cut the packages that are installed here, say what each cut bought, and load what is left."""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from slim.libraries import read_libraries, stub, unneeded
from slim.rules import CUTS, OPENCV_LIBRARIES, STUBBED
from slim.sizes import size_of

IMPORTS = "import cv2, numpy, numpy.typing, onnxruntime, PIL.Image, pypdfium2_raw"
"""What must still load. The interpreter is a new one: this one has nothing of it open."""

QUIET = {"ORT_DISABLE_TELEMETRY": "1"}
"""Otherwise onnxruntime leaves files behind, which would be part of the image."""


def main() -> None:
    """Cut, and fail where what is left cannot be loaded."""
    parser = argparse.ArgumentParser(prog="python3 -m slim", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=sysconfig.get_path("purelib"))
    parser.add_argument("--no-import", action="store_true", help="packages of another machine")
    arguments = parser.parse_args()
    before = size_of(arguments.folder)
    for bought, what in slim(arguments.folder):
        print(f"{bought / 1e6:8.1f} MB  {what}")
    after = size_of(arguments.folder)
    print(f"{(before - after) / 1e6:8.1f} MB  of {before / 1e6:.1f}; {after / 1e6:.1f} are left")
    if not arguments.no_import:
        subprocess.run([sys.executable, "-c", IMPORTS], env=os.environ | QUIET, check=True)


def slim(folder: Path) -> Iterator[tuple[int, str]]:
    """Make every cut in a folder of packages.

    Yields:
        The bytes that a cut bought, and what it was.

    """
    for cut in CUTS:
        paths = [path for pattern in cut.patterns for path in folder.glob(pattern)]
        yield _remove(paths), cut.reason
    libraries = read_libraries(folder)
    stubs = {path: reason for path in libraries if (reason := _reason_to_stub(path))}
    before = {path: size_of(path) for path in stubs}
    left = stub(libraries, stubs)
    for path, reason in stubs.items():
        yield before[path] - size_of(path), f"{path.name.partition('-')[0]}: {reason}"
    yield _remove(unneeded(left)), "libraries that only those had needed"


def _reason_to_stub(path: Path) -> str:
    """Empty for a library that stays as it is."""
    if not path.parent.match(OPENCV_LIBRARIES):
        return ""
    return next((reason for name, reason in STUBBED.items() if path.name.startswith(name)), "")


def _remove(paths: Iterable[Path]) -> int:
    bought = 0
    for path in paths:
        bought += size_of(path)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)  # gone with a folder already
    return bought


if __name__ == "__main__":
    main()
