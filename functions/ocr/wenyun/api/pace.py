"""How long files of each kind take of late, and so how long a line is in seconds."""

from collections.abc import Iterable, Mapping
from typing import Literal

Kind = Literal["small", "large", "document"]
"""A picture that is read in a second or two, any other picture, a file that may have pages."""

KINDS: tuple[Kind, ...] = ("small", "large", "document")

LEARNING = 0.2
"""Weight of the newest time in the mean of its kind."""


class Pace:
    """Mean seconds by kind; a second each before anything is known."""

    def __init__(self) -> None:
        self._mean: dict[Kind, float] = dict.fromkeys(KINDS, 1.0)

    def learn(self, kind: Kind, seconds: float) -> None:
        """A file of this kind took so long."""
        self._mean[kind] += LEARNING * (seconds - self._mean[kind])

    def wait(
        self,
        own: Iterable[Kind],
        other: Iterable[Kind],
        running: Mapping[Kind, int],
        workers: int,
    ) -> float:
        """Seconds until a file that comes now has its turn.

        Half of what runs is done, on the mean. A line has every other turn, so as much of the
        other line counts as there is of its own.

        Args:
            own: Who waits in the line that it would join.
            other: Who waits in the other line.
            running: How many of each kind are being read.
            workers: How many are read at a time.

        """
        before = self._sum(own)
        at_work = sum(self._mean[kind] * count for kind, count in running.items()) / 2
        return (before + min(before, self._sum(other)) + at_work) / workers

    def _sum(self, kinds: Iterable[Kind]) -> float:
        return sum(self._mean[kind] for kind in kinds)
