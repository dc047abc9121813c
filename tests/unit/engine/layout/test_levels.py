"""Levels of small pictures: as numpy has them, at less cost."""

import numpy as np
import pytest

from wenyun.engine.layout.levels import counts_of, median_of


@pytest.mark.parametrize("seed", range(6))
def test_the_median_of_counts_is_that_of_the_levels(seed: int) -> None:
    levels = np.random.default_rng(seed).integers(0, 256, (7, 11 + seed)).astype(np.uint8)
    assert median_of(counts_of(levels)) == float(np.median(levels))


def test_only_pixels_of_the_mask_are_counted() -> None:
    levels = np.array([[3, 3, 200], [9, 9, 9]], np.uint8)
    where = np.array([[255, 0, 255], [0, 0, 0]], np.uint8)
    assert np.flatnonzero(counts_of(levels, where)).tolist() == [3, 200]
    assert median_of(counts_of(levels, where)) == 101.5
