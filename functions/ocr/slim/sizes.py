"""What files weigh: their bytes, each file once however many names it has."""

from pathlib import Path


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; links weigh nothing."""
    if path.is_symlink() or not path.exists():
        return 0
    if path.is_file():
        return path.stat().st_size
    return sum(size_of(inside) for inside in path.iterdir())
