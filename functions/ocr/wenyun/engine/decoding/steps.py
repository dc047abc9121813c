"""The steps of a line that leave a choice, and the classes between which each leaves it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

SURE = 0.98
"""A step whose best class is so probable leaves no choice."""

FLOOR = 0.005
"""Classes less probable than this are never right (in 3,000 drawn lines a beam over all classes
changed nothing)."""

MOST = 8
"""Classes a step is left between, the most probable ones."""

Step = list[tuple[int, float]]
"""Classes and their probabilities."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the steps of a line leave to choose; runs of steps sure of one class are one."""

    steps: list[Step]
    open: int


def choices(
    probabilities: FloatArray, best: IntArray, sure: FloatArray, allowed: BoolArray
) -> Choice:
    """Reduce a line to what matters.

    Args:
        probabilities: (T, classes), each step summing to 1.
        best: (T,) the best allowed class of each step.
        sure: (T,) its probability.
        allowed: (classes,) what the language lets through.

    """
    unsure = np.flatnonzero(sure < SURE)
    options = _options(probabilities, unsure, allowed)
    steps: list[Step] = []
    last = -1
    for at, label in enumerate(best.tolist()):
        if at in options:
            steps.append(options[at] or [(label, 1.0)])
            last = -1
        elif label != last:
            steps.append([(label, 1.0)])
            last = label
    return Choice(steps, len(unsure))


def _options(probabilities: FloatArray, unsure: IntArray, allowed: BoolArray) -> dict[int, Step]:
    """The classes of the steps in question, the likeliest first."""
    found: dict[int, Step] = {at: [] for at in unsure.tolist()}
    rows = probabilities[unsure]
    where, classes = np.nonzero(rows > FLOOR)
    kept = allowed[classes]
    values = rows[where, classes]
    for row, label, value in zip(
        unsure[where[kept]].tolist(), classes[kept].tolist(), values[kept].tolist(), strict=True
    ):
        found[row].append((label, value))
    for options in found.values():
        options.sort(key=lambda option: -option[1])
        del options[MOST:]
    return found
