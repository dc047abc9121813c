"""Rulings that cross each other: the rows and columns of a drawn grid, and which edges are drawn.

All in level coordinates. A ruling is (place, start, end): where it lies across its direction, and
from where to where it runs.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.ranks import distinct, median

Bools = npt.NDArray[np.bool_]

TOUCH = 0.7
"""Rulings meet when their ends miss each other by less than this many text heights."""

SAME = 0.5
"""Rulings so many text heights apart are one border, a double line."""

DRAWN = 0.55
"""A border of a cell is there when this part of it is drawn."""

BEYOND = 1.0
"""Rules that reach this many text heights beyond the last upright one have a column more."""

MOST = 400
"""Rulings looked at in each direction, the longest first."""

FEWEST_SIDES = 2
MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Lattice:
    """Borders of C columns and R rows, and which parts of them are drawn.

    Attributes:
        us: (C + 1,) places of the upright borders.
        vs: (R + 1,) places of the level ones.
        across: (R + 1, C) bool, level edges.
        down: (R, C + 1) bool, upright edges.
    """

    us: Floats
    vs: Floats
    across: Bools
    down: Bools

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.vs) - 1, len(self.us) - 1


def lattices(level: Floats, upright: Floats, em: float) -> list[Lattice]:
    """The drawn grids among (N, 3) level and (M, 3) upright rulings."""
    level, upright = _longest(level), _longest(upright)
    if len(level) < FEWEST_SIDES or not len(upright):
        return []
    touch = _touching(level, upright, em)
    kept = touch.sum(axis=0) >= FEWEST_SIDES
    upright, touch = upright[kept], touch[:, kept]
    found = [_lattice(level[h], upright[v], em) for h, v in _groups(touch)]
    return [lattice for lattice in found if lattice is not None]


def _longest(rulings: Floats) -> Floats:
    return rulings[np.argsort(rulings[:, 1] - rulings[:, 2], kind="stable")[:MOST]]


def _touching(level: Floats, upright: Floats, em: float) -> Bools:
    """(N, M) bool: which level rulings meet which upright ones."""
    near = TOUCH * em
    places = upright[None, :, 0]
    along = (places > level[:, 1:2] - near) & (places < level[:, 2:3] + near)
    places = level[:, 0:1]
    beside = (places > upright[None, :, 1] - near) & (places < upright[None, :, 2] + near)
    return np.asarray(along & beside, np.bool_)


def _groups(touch: Bools) -> list[tuple[Bools, Bools]]:
    """Level and upright rulings that hang together, as masks."""
    left = np.asarray(touch.any(axis=1), np.bool_)
    found = []
    while left.any():
        level = np.zeros(len(left), np.bool_)
        level[int(np.argmax(left))] = True
        count = 0
        while level.sum() != count:
            count = int(level.sum())
            upright = np.asarray(touch[level].any(axis=0), np.bool_)
            level = np.asarray(touch[:, upright].any(axis=1), np.bool_)
        left &= ~level
        found.append((level, upright))
    return found


def _lattice(level: Floats, upright: Floats, em: float) -> Lattice | None:
    if not len(upright):
        return None
    rows, columns = _clusters(level, em), _clusters(upright, em)
    if len(rows) < FEWEST_SIDES:
        return None
    vs, us = _places(rows), _places(columns)
    us, sides = _widened(us, level, em)
    vs, ends = _widened(vs, upright, em)
    if len(us) < FEWEST_SIDES:
        return None
    across = np.stack([_drawn(group, us, em) for group in rows])
    down = np.stack([_drawn(group, vs, em) for group in columns], axis=1)
    across = np.pad(across, ((ends[0], ends[1]), (0, 0)), constant_values=True)
    down = np.pad(down, ((0, 0), (sides[0], sides[1])), constant_values=True)
    return pruned(_trimmed(Lattice(us, vs, across, down)))


def _trimmed(lattice: Lattice) -> Lattice:
    """The lattice without rows and columns at its ends that are hardly there: stray rulings."""
    rows = _extent(lattice.across, np.asarray(lattice.down.any(axis=1), np.bool_))
    columns = _extent(lattice.down.T, np.asarray(lattice.across.any(axis=0), np.bool_))
    inner = slice(rows.start, rows.stop - 1), slice(columns.start, columns.stop - 1)
    across, down = lattice.across[rows, inner[1]], lattice.down[inner[0], columns]
    return Lattice(lattice.us[columns], lattice.vs[rows], across, down)


def _extent(edges: Bools, held: Bools) -> slice:
    """Borders left when outer strips that nothing divides, behind a broken border, are cut."""
    start, stop = 0, len(edges)
    while stop - start > 2 and not held[start] and edges[start].mean() < MOSTLY:
        start += 1
    while stop - start > 2 and not held[stop - 2] and edges[stop - 1].mean() < MOSTLY:
        stop -= 1
    return slice(start, stop)


def _clusters(rulings: Floats, em: float) -> list[Floats]:
    """Rulings in one border each, in order."""
    ordered = rulings[np.argsort(rulings[:, 0])]
    breaks = np.flatnonzero(np.diff(ordered[:, 0]) > SAME * em) + 1
    return list(np.split(ordered, breaks))


def _places(groups: list[Floats]) -> Floats:
    means = [np.average(group[:, 0], weights=group[:, 2] - group[:, 1]) for group in groups]
    return np.array(means, np.float64)


def _widened(places: Floats, others: Floats, em: float) -> tuple[Floats, tuple[int, int]]:
    """Borders, with one more where the rulings across reach well beyond the first or last."""
    long = others[others[:, 2] - others[:, 1] > 0.6 * np.max(others[:, 2] - others[:, 1])]
    start, end = median(long[:, 1]), median(long[:, 2])
    before, after = start < places[0] - BEYOND * em, end > places[-1] + BEYOND * em
    added = (np.array([start][: int(before)]), places, np.array([end][: int(after)]))
    return np.concatenate(added), (int(before), int(after))


def _drawn(group: Floats, borders: Floats, em: float) -> Bools:
    """(len(borders) - 1,) bool: between which borders a group of rulings is drawn."""
    inset = np.minimum(0.2 * em, np.diff(borders) / 4)
    starts, ends = borders[:-1] + inset, borders[1:] - inset
    low = np.clip(group[:, 1:2], starts, ends)
    high = np.clip(group[:, 2:3], starts, ends)
    return np.asarray((high - low).sum(axis=0) > DRAWN * (ends - starts), np.bool_)


def pruned(lattice: Lattice) -> Lattice:
    """The lattice without borders of which nothing is drawn."""
    rows = np.asarray(lattice.across.any(axis=1), np.bool_)
    columns = np.asarray(lattice.down.any(axis=0), np.bool_)
    rows[[0, -1]] = columns[[0, -1]] = True
    across, down = lattice.across[rows], lattice.down[:, columns]
    down = np.logical_or.reduceat(down, np.flatnonzero(rows)[:-1], axis=0)
    across = np.logical_or.reduceat(across, np.flatnonzero(columns)[:-1], axis=1)
    return Lattice(lattice.us[columns], lattice.vs[rows], across, down)


def without_struck(lattice: Lattice, rects: Floats, em: float) -> Lattice:
    """The lattice without upright borders that most lines beside them run across: strokes."""
    down = lattice.down.copy()
    middles = (rects[:, 1] + rects[:, 3]) / 2
    rows = np.searchsorted(lattice.vs, middles) - 1
    inside = (rows >= 0) & (rows < len(down))
    for border in range(1, len(lattice.us) - 1):
        place = lattice.us[border]
        over = inside & (rects[:, 0] < place - SAME * em) & (rects[:, 2] > place + SAME * em)
        struck = distinct(rows[over])
        if 2 * down[struck, border].sum() > down[:, border].sum():
            down[:, border] = False
    return pruned(replace(lattice, down=down))
