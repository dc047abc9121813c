"""Quantiles and distinct values are numpy's, and numpy's own are not used where a page is read."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.enginekit.layer import ROOT
from wenyun.engine.ranks import distinct, median, medians, quantiles

RNG = np.random.default_rng(7)
SHARES = (0.0, 0.005, 0.4, 0.5, 0.995, 1.0)


@pytest.mark.parametrize(
    "values",
    [
        RNG.integers(0, 256, (37, 41), dtype=np.uint8),
        RNG.normal(0, 3, 1000),
        np.array([250, 3], np.uint8),
        np.array([2.5]),
        np.zeros((2, 3, 4), np.float32),
    ],
)
def test_quantiles_are_numpys(values: np.ndarray) -> None:
    assert quantiles(values, *SHARES) == pytest.approx(list(np.quantile(values, SHARES)))


@pytest.mark.parametrize(
    "values",
    [
        RNG.integers(0, 9, (5, 2)),
        RNG.normal(0, 1, (4, 3)).round(1),
        np.array([], np.float64),
        np.array([[7, 7], [7, 7]], np.int32),
    ],
)
def test_distinct_values_are_numpys(values: np.ndarray) -> None:
    found, wanted = distinct(values), np.unique(values)
    assert found.dtype == wanted.dtype
    assert found.tolist() == wanted.tolist()


@pytest.mark.parametrize("count", [1, 2, 5, 6])
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_medians_are_numpys(count: int, kind: type) -> None:
    values: np.ndarray = RNG.uniform(0, 255, (count, 3)).astype(kind)
    for axis in (0, 1):
        assert medians(values, axis).tolist() == np.median(values, axis=axis).tolist()
    assert median(values) == np.median(values)
    assert median(values[:, 0].tolist()) == np.median(values[:, 0].tolist())


def test_they_load_nothing() -> None:
    script = (
        "import sys, numpy as np\n"
        "from wenyun.engine.ranks import distinct, median, quantiles\n"
        "distinct(np.arange(9)), quantiles(np.arange(9), 0.5), median([1.5, 2.0, 3.0])\n"
        "assert 'numpy.ma' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_reading_uses_no_others() -> None:
    """Columns of upright characters alone do, which few pages have."""
    loading = re.compile(
        r"np\.(?:nan)?(?:median|unique|quantile|percentile|isin|setdiff1d|union1d|ma)\b"
    )
    folders = [ROOT / "functions/ocr/wenyun" / name for name in ("engine", "documents")]
    using = [path for folder in folders for path in _modules(folder) if loading.search(_code(path))]
    assert using == []


def _modules(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if path.name not in ("ranks.py", "vertical.py")]


def _code(path: Path) -> str:
    return path.read_text(encoding="utf-8")
