"""What a large photo takes of memory: `python -m tests.bench.photo --megapixels 12`.

Drawn pages are laid on a table, blown up to the size that a phone's camera gives, and read one by
one, each by a reader in a process of its own.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.bench.samples import drawn
from tests.bench.subjects import RunnerError, Subject, ours, rapidocr, run
from tests.bench.table import table

SCENES = ("menu", "invoice", "sign")
QUALITY = 92
NOISE = 6.0
"""Standard deviation of the camera's noise, in grey levels."""


def main(argv: list[str] | None = None) -> None:
    """Print a row a reader, a column a scene."""
    given = _parser().parse_args(argv)
    with TemporaryDirectory(prefix="wenyun-photo-") as name:
        photos = draw(Path(name), given.megapixels, given.seed)
        readers = [ours("fast"), ours("balanced"), ours("accurate"), rapidocr()]
        rows = [[reader.name, *_peaks(reader, photos, given.threads)] for reader in readers]
    title = f"Peak MB for a photo of {given.megapixels} megapixels, {given.threads} threads"
    sys.stdout.write(f"{title}\n\n{table(['reader', *SCENES], rows)}\n")


def draw(folder: Path, megapixels: float, seed: int) -> list[Path]:
    """One photo a scene, as JPEG files of 4:3."""
    rng = np.random.default_rng(seed)
    photos = []
    for sample in drawn(folder, SCENES, seed, 1, "natural"):
        page = np.asarray(cv2.imread(str(sample.path)), np.uint8)
        path = sample.path.with_suffix(".jpg")
        photo = photograph(page, megapixels, rng)
        cv2.imwrite(str(path), photo, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        photos.append(path)
    return photos


def photograph(
    page: NDArray[np.uint8], megapixels: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """A page (H, W, 3) in the middle of a picture of 4:3 with so many million pixels."""
    height, width = page.shape[:2]
    across = max(width, round(height * 4 / 3))
    ground = np.full((round(across * 3 / 4), across, 3), 96, np.uint8)
    if ground.shape[0] < height:
        ground = np.full((height, across, 3), 96, np.uint8)
    top, left = (ground.shape[0] - height) // 2, (across - width) // 2
    ground[top : top + height, left : left + width] = page
    tall = round((megapixels * 1e6 * 3 / 4) ** 0.5)
    large = cv2.resize(ground, (round(tall * 4 / 3), tall), interpolation=cv2.INTER_CUBIC)
    noise = np.asarray(rng.normal(0, NOISE, large.shape), np.float32)
    return np.asarray(np.clip(large + noise, 0, 255), np.uint8)


def _peaks(reader: Subject, photos: Sequence[Path], threads: int) -> list[str]:
    if why := reader.missing():
        sys.stderr.write(f"{why}\n")
        return ["-"] * len(photos)
    return [_peak(reader, photo, threads) for photo in photos]


def _peak(reader: Subject, photo: Path, threads: int) -> str:
    try:
        outcome = run(reader, [photo], threads=threads)
    except RunnerError as error:
        sys.stderr.write(f"{error}\n")
        return "-"
    if outcome.failures:
        sys.stderr.write(f"{outcome.failures[0]}\n")
        return "-"
    return "-" if outcome.peak is None else f"{outcome.peak:.0f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.photo", description=__doc__)
    parser.add_argument("--megapixels", type=float, default=12.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=9_100)
    return parser


if __name__ == "__main__":
    main()
