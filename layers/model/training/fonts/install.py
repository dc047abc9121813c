"""`python -m training.fonts.install`: fetch the fonts of sources.toml and list what each can draw.

Debian packages are fetched with apt-get and unpacked, npm packages with npm from a locked list;
both land in the cache, and nothing is installed into the system.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from training.fonts.scan import scan
from training.net.charset import load_characters
from training.paths import FONTS

HERE = Path(__file__).resolve().parent


def sources() -> dict[str, Any]:
    """What sources.toml says."""
    return tomllib.loads((HERE / "sources.toml").read_text("utf-8"))


def fetch_debian(packages: list[str], folder: Path) -> None:
    """Fetch and unpack Debian packages that the folder lacks; one that fails is named."""
    downloads = folder / "packages"
    downloads.mkdir(parents=True, exist_ok=True)
    for package in packages:
        target = folder / "debian" / package
        if target.exists():
            continue
        command = ["apt-get", "download", "-q", package]
        done = subprocess.run(command, cwd=downloads, capture_output=True, check=False)
        found = sorted(downloads.glob(f"{package}_*.deb"))
        if done.returncode or not found:
            print(f"fonts: {package} could not be fetched", file=sys.stderr)
            continue
        subprocess.run(["dpkg-deb", "-x", str(found[-1]), str(target)], check=True)
        found[-1].unlink()


def fetch_npm(folder: Path) -> None:
    """Install the locked npm packages below the folder."""
    if (folder / "node_modules").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True)


def main() -> None:
    """Fetch, scan, and write index.json beside the fonts."""
    listed = sources()
    fetch_debian(listed["debian"], FONTS)
    fetch_npm(FONTS / "npm")
    faces = scan(FONTS, listed, load_characters())
    (FONTS / "index.json").write_text(json.dumps(faces, ensure_ascii=False), "utf-8")
    han = sum(face["han"] > 3000 for face in faces)
    print(f"fonts: {len(faces)} faces, {han} of them with Chinese characters")


if __name__ == "__main__":
    main()
