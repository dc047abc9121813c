"""A point in time after which work on a request is pointless."""

import time
from dataclasses import dataclass

from wenyun.errors import WenyunError


@dataclass(frozen=True, slots=True)
class Deadline:
    """`at` is on the monotonic clock, in seconds; infinity never passes."""

    at: float = float("inf")

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """A deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds until then, never less than none."""
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        """Raise `time_limit` once the deadline has passed."""
        if time.monotonic() > self.at:
            raise WenyunError("time_limit")
