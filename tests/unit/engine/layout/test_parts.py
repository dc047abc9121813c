"""Connected parts and levels of masks: as OpenCV and numpy have them, at less cost."""

import cv2
import numpy as np
import pytest

from wenyun.engine.layout.parts import Mask, counts_of, median_of, parts_of


def scattered(seed: int, height: int = 121, rows: int = 9) -> Mask:
    """A mask with short marks on a few of its rows."""
    rng = np.random.default_rng(seed)
    mask = np.zeros((height, 90), np.uint8)
    for row in rng.integers(0, height, rows):
        at = int(rng.integers(0, 80))
        mask[row : row + int(rng.integers(1, 4)), at : at + int(rng.integers(1, 10))] = 255
    return mask


def assert_same(mask: Mask) -> None:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = parts_of(mask)
    assert found.frames.tolist() == stats[1:count, :4].tolist()
    assert found.areas.tolist() == stats[1:count, 4].tolist()
    for index, (x, y, width, height) in enumerate(found.frames.tolist()):
        top = int(found.tops[index])
        own = found.labels[top : top + height, x : x + width] == index + 1
        whole = labels[y : y + height, x : x + width] == index + 1
        assert np.array_equal(own, whole)


@pytest.mark.parametrize("seed", range(40))
def test_parts_are_those_of_the_whole_mask_in_its_order(seed: int) -> None:
    assert_same(scattered(seed, height=120 + seed % 2))


@pytest.mark.parametrize("rows", [0, 1, 60])
def test_masks_may_be_empty_nearly_so_or_full_of_marks(rows: int) -> None:
    assert_same(scattered(1, rows=rows))


def test_marks_on_neighbouring_rows_are_parted_only_where_they_do_not_touch() -> None:
    mask = np.zeros((9, 9), np.uint8)
    mask[2, 2:5] = mask[3, 5:7] = mask[5, 1:3] = 255
    found = parts_of(mask)
    assert found.frames.tolist() == [[2, 2, 5, 2], [1, 5, 2, 1]]


def test_most_empty_rows_are_left_out() -> None:
    mask = np.zeros((1000, 20), np.uint8)
    mask[500, 4:9] = 255
    assert len(parts_of(mask).labels) <= 4


@pytest.mark.parametrize("seed", range(6))
def test_the_median_of_counts_is_that_of_the_levels(seed: int) -> None:
    levels = np.random.default_rng(seed).integers(0, 256, (7, 11 + seed)).astype(np.uint8)
    assert median_of(counts_of(levels)) == float(np.median(levels))


def test_only_pixels_of_the_mask_are_counted() -> None:
    levels = np.array([[3, 3, 200], [9, 9, 9]], np.uint8)
    where = np.array([[255, 0, 255], [0, 0, 0]], np.uint8)
    assert np.flatnonzero(counts_of(levels, where)).tolist() == [3, 200]
    assert median_of(counts_of(levels, where)) == 101.5
