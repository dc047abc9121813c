"""Points and matrices of a page, without numpy: the child does this.

User space has its origin at the bottom left; the page as displayed at its top left, after cropping
and turning. Both are in points.
"""

import math
from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f as PDF writes them: x' = ax + cy + e, y' = bx + dy + f."""

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom of the page as displayed."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix, then another."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Rect:
    """The upright rectangle around a rectangle that goes through a matrix."""
    corners = [apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def area(rect: Rect) -> float:
    """Square points; nothing for what is turned inside out."""
    return max(0.0, rect[2] - rect[0]) * max(0.0, rect[3] - rect[1])


def common(one: Rect, other: Rect) -> Rect:
    """What two rectangles share; without area where that is nothing."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return left, top, max(left, min(one[2], other[2])), max(top, min(one[3], other[3]))


def union(rects: list[Rect]) -> Rect:
    """The rectangle around rectangles, of which there is one at least."""
    return (
        min(r[0] for r in rects),
        min(r[1] for r in rects),
        max(r[2] for r in rects),
        max(r[3] for r in rects),
    )


@dataclass(frozen=True, slots=True)
class View:
    """How a page is displayed: its size in points, and user space to the displayed page."""

    width: float
    height: float
    matrix: Matrix

    @property
    def rect(self) -> Rect:
        """The whole page."""
        return 0.0, 0.0, self.width, self.height


def view_of(left: float, bottom: float, right: float, top: float, turns: int) -> View:
    """The view of a page that shows this box of user space, turned clockwise by quarters."""
    width, height = right - left, top - bottom
    matrices: tuple[Matrix, ...] = (
        (1, 0, 0, -1, -left, top),
        (0, 1, 1, 0, -bottom, -left),
        (-1, 0, 0, 1, right, -bottom),
        (0, -1, -1, 0, top, right),
    )
    if turns % 2:
        width, height = height, width
    return View(width, height, matrices[turns % 4])


def degrees(dx: float, dy: float) -> float:
    """A direction as an angle, clockwise on the displayed page; right angles are exact."""
    angle = math.degrees(math.atan2(dy, dx)) % 360
    nearest = round(angle / 90) * 90
    return float(nearest % 360) if abs(angle - nearest) < 1 else angle
