"""Medians, quantiles and distinct values, without what numpy's own load.

`np.median`, `np.quantile` and `np.unique` import numpy's masked arrays when they are first called:
10 ms of a first answer, for nothing.
"""

from typing import Any

import numpy as np
import numpy.typing as npt


def quantiles(values: npt.NDArray[Any], *shares: float) -> list[float]:
    """Where so great a share (0-1) of the values lies below, between two of them if need be.

    Args:
        values: Any shape, at least one value.
        shares: Of which quantiles.

    """
    # For small integers numpy then counts rather than compares.
    ordered = np.sort(values, axis=None, kind="stable")
    return [_between(ordered, share * (len(ordered) - 1)) for share in shares]


def median(values: npt.ArrayLike) -> float:
    """The middle of one or more values of any shape, or between the two in the middle."""
    return float(medians(np.ravel(values), 0))


def medians(values: npt.NDArray[Any], axis: int) -> npt.NDArray[Any]:
    """The same along an axis, which is gone from the shape of what is returned."""
    ordered, count = np.sort(values, axis=axis), values.shape[axis]
    pair = ordered.take([(count - 1) // 2, count // 2], axis)
    return np.asarray(np.mean(pair, axis=axis))


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The different values in ascending order: (N,), of the type of the values, of any shape."""
    ordered = np.sort(values, axis=None)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _between(ordered: npt.NDArray[Any], place: float) -> float:
    below = int(place)
    low, high = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
    return low + (high - low) * (place - below)
