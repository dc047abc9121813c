"""Which lines that were read belong to which lines of the truth."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.bench.text import distance

Quads = NDArray[np.float32]
"""(N, 4, 2) float32 corners in pixels."""

Group = tuple[list[int], list[int]]
"""Indices of truth lines and of read lines that belong together."""

SHARED = 0.5
"""Two boxes belong together when they share this part of the smaller one."""


def by_place(truth: Quads, read: Quads) -> list[Group]:
    """Groups of boxes that overlap, so that a line read in two parts, or two as one, still match.

    Every index is in exactly one group; within a group lines run in reading direction.
    """
    linked = overlap(truth, read) >= SHARED
    groups: list[Group] = []
    seen: set[int] = set()
    for start in range(len(truth)):
        if start in seen:
            continue
        lines, found = {start}, set(np.flatnonzero(linked[start]).tolist())
        while more := {int(i) for j in found for i in np.flatnonzero(linked[:, j])} - lines:
            lines |= more
            found |= {int(j) for i in more for j in np.flatnonzero(linked[i])}
        seen |= lines
        axis = truth[start][1] - truth[start][0]
        groups.append((_along(axis, truth, lines), _along(axis, read, found)))
    taken = {j for _, found_list in groups for j in found_list}
    groups += [([], [j]) for j in range(len(read)) if j not in taken]
    return groups


def by_text(truth: Sequence[str], read: Sequence[str]) -> list[Group]:
    """The assignment of single lines with the fewest edits in all."""
    costs = np.array([[distance(t, r) for r in read] for t in truth], np.float64)
    if not truth or not read:
        pairs: list[tuple[int, int]] = []
    else:
        limits = np.array([[max(len(t), len(r)) for r in read] for t in truth], np.float64)
        pairs = [(i, j) for i, j in assign(costs) if costs[i, j] < limits[i, j]]
    rows, columns = {i for i, _ in pairs}, {j for _, j in pairs}
    return [
        *(([i], [j]) for i, j in pairs),
        *(([i], []) for i in range(len(truth)) if i not in rows),
        *(([], [j]) for j in range(len(read)) if j not in columns),
    ]


def overlap(some: Quads, others: Quads) -> NDArray[np.float64]:
    """(N, M) float64: the shared area of each pair, in parts of the smaller box."""
    result = np.zeros((len(some), len(others)))
    areas = [[max(1.0, cv2.contourArea(box)) for box in boxes] for boxes in (some, others)]
    for i, one in enumerate(some):
        for j, other in enumerate(others):
            if (one.min(0) <= other.max(0)).all() and (other.min(0) <= one.max(0)).all():
                shared, _ = cv2.intersectConvexConvex(one, other)
                result[i, j] = shared / min(areas[0][i], areas[1][j])
    return result


def assign(costs: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs of row and column with the least cost in all (Hungarian method, row by row)."""
    if costs.shape[0] > costs.shape[1]:
        return sorted((i, j) for j, i in assign(costs.T))
    rows, columns = costs.shape
    row_of = np.full(columns + 1, -1)
    row_price, column_price = np.zeros(rows), np.zeros(columns + 1)
    for row in range(rows):
        _augment(costs, row, row_of, row_price, column_price)
    return sorted((int(row_of[j]), j) for j in range(columns) if row_of[j] >= 0)


def _augment(
    costs: NDArray[np.float64],
    row: int,
    row_of: NDArray[np.int_],
    row_price: NDArray[np.float64],
    column_price: NDArray[np.float64],
) -> None:
    """Give the row a column, moving earlier rows along the cheapest path."""
    columns = costs.shape[1]
    row_of[columns] = row
    least = np.full(columns, np.inf)
    came = np.full(columns, columns)
    used = np.zeros(columns + 1, bool)
    at = columns
    while row_of[at] >= 0:
        used[at] = True
        current = row_of[at]
        reduced = costs[current] - row_price[current] - column_price[:-1]
        better = ~used[:-1] & (reduced < least)
        least[better], came[better] = reduced[better], at
        free = np.where(used[:-1], np.inf, least)
        nearest = int(np.argmin(free))
        step = free[nearest]
        row_price[row_of[used]] += step
        column_price[used] -= step
        least[~used[:-1]] -= step
        at = nearest
    while at != columns:
        before = int(came[at])
        row_of[at] = row_of[before]
        at = before
    row_of[columns] = -1


def _along(axis: NDArray[np.float32], boxes: Quads, chosen: set[int]) -> list[int]:
    return sorted(chosen, key=lambda index: float(boxes[index].mean(0) @ axis))
