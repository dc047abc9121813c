"""The peers' own environments under .tools/peers, from locked requirements.

`python -m tests.bench.peers` makes those that are missing. They never mix with the product's.
"""

import subprocess
import sys
from pathlib import Path

from tests.bench.subjects import PEERS

REQUIREMENTS = Path(__file__).parent / "locks"
NAMES = ("rapidocr", "rapidocr-api", "faster-paddle")


def ensure(name: str) -> str | None:
    """Make a peer's environment unless it is there; returns why that failed, or None."""
    home = PEERS / name
    if (home / "bin/python").exists():
        return None
    try:
        _call(sys.executable, "-m", "venv", str(home))
        lock = REQUIREMENTS / f"{name}.txt"
        _call(
            *(str(home / "bin/python"), "-m", "pip", "--disable-pip-version-check", "--quiet"),
            *("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)),
        )
    except subprocess.CalledProcessError as error:
        _call("rm", "-rf", str(home))
        return f"{name}: skipped, its environment could not be made: {error.stderr[-500:]}"
    return None


def main() -> None:
    """Make every peer's environment."""
    for name in NAMES:
        sys.stdout.write(f"{ensure(name) or f'{name}: ready'}\n")


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


if __name__ == "__main__":
    main()
