"""Runs of masks: openings and connected parts are OpenCV's."""

import cv2
import numpy as np
import pytest

from wenyun.engine.layout.runs import Mask, Runs, opened, parts_of, runs_of


def scattered(seed: int) -> Mask:
    """A mask of any small size with few or many pixels set."""
    rng = np.random.default_rng(seed)
    height, width = (int(side) for side in rng.integers(1, 40, 2))
    share = float(rng.choice([0.1, 0.5, 0.8, 0.95]))
    return np.asarray((rng.random((height, width)) < share) * 255, np.uint8)


def drawn(runs: Runs, shape: tuple[int, ...]) -> Mask:
    """The mask that runs make up."""
    mask = np.zeros(shape, np.uint8)
    for row, start, end in zip(runs.rows, runs.starts, runs.ends, strict=True):
        mask[row, start:end] = 255
    return mask


@pytest.mark.parametrize("seed", range(30))
def test_runs_make_up_the_mask(seed: int) -> None:
    mask = scattered(seed)
    runs = runs_of(mask)
    assert np.array_equal(drawn(runs, mask.shape), mask)
    assert (runs.starts < runs.ends).all()


def test_runs_go_from_the_top_and_from_the_left() -> None:
    mask = np.array([[0, 255, 255, 0, 255], [255, 255, 255, 255, 255]], np.uint8)
    runs = runs_of(mask)
    assert runs.rows.tolist() == [0, 0, 1]
    assert runs.starts.tolist() == [1, 4, 0]
    assert runs.ends.tolist() == [3, 5, 5]


def test_an_empty_mask_has_no_runs_and_no_parts() -> None:
    runs = runs_of(np.zeros((9, 7), np.uint8))
    assert len(runs.rows) == len(parts_of(runs)) == len(opened(runs, 3, 7).rows) == 0


@pytest.mark.parametrize("length", [1, 2, 3, 4, 7, 12])
@pytest.mark.parametrize("seed", range(20))
def test_an_opening_by_a_level_line_is_that_of_the_mask(seed: int, length: int) -> None:
    mask = scattered(seed)
    wanted = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    found = opened(runs_of(mask), length, mask.shape[1])
    assert np.array_equal(drawn(found, mask.shape), wanted)


@pytest.mark.parametrize("seed", range(30))
def test_parts_are_those_of_the_mask(seed: int) -> None:
    mask = scattered(seed)
    count, labels = cv2.connectedComponents(mask, connectivity=8)
    runs = runs_of(mask)
    own, theirs = parts_of(runs), labels[runs.rows, runs.starts]
    assert sorted(set(own.tolist())) == list(range(count - 1))
    assert len(set(zip(own.tolist(), theirs.tolist(), strict=True))) == count - 1


def test_runs_that_touch_by_a_corner_are_of_one_part() -> None:
    mask = np.zeros((6, 9), np.uint8)
    mask[1, 2:5] = mask[2, 5:7] = mask[4, 1:3] = 255
    assert parts_of(runs_of(mask)).tolist() == [0, 0, 1]


def test_some_runs_are_taken() -> None:
    runs = runs_of(np.asarray(np.eye(4) * 255, np.uint8))
    assert runs.take(np.array([1, 3])).starts.tolist() == [1, 3]
