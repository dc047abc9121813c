"""What was read beside what stands there."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from tests.bench.text import normal
from tests.scenes.page import ScenePage
from wenyun.result import Page


def texts(page: Page) -> list[str]:
    """The lines in reading order."""
    return [line.text for line in page.lines()]


def exact(found: Iterable[str], wanted: Iterable[str]) -> int:
    """Lines of the truth that were read exactly, each at most once; spaces and case apart."""
    return (Counter(map(normal, found)) & Counter(map(normal, wanted))).total()


def share(page: Page, drawn: ScenePage) -> float:
    """Exact lines in parts of the truth's."""
    return exact(texts(page), [line.text for line in drawn.lines]) / len(drawn.lines)


def nearest(page: Page, drawn: ScenePage) -> list[float]:
    """For every line that was read exactly, how far its box's middle lies from the truth's, in
    parts of the line's height."""
    found = []
    for line in drawn.lines:
        boxes = [np.array(one.box) for one in page.lines() if normal(one.text) == normal(line.text)]
        height = float(np.linalg.norm(line.box[3] - line.box[0]))
        middles = [np.linalg.norm(box.mean(axis=0) - line.box.mean(axis=0)) for box in boxes]
        if middles:
            found.append(float(min(middles)) / height)
    return found
