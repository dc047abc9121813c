"""Stand-ins for models."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from wenyun.deadline import NEVER, Deadline
from wenyun.models.manifest import ModelEntry
from wenyun.models.sessions import FloatArray


@dataclass
class FakeSession:
    """Answers with what a function makes of the batch, and remembers the shapes it saw."""

    answer: Callable[[FloatArray], FloatArray]
    shapes: list[tuple[int, ...]] = field(default_factory=list)
    shrunk: int = 0

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        self.shapes.append(batch.shape)
        return self.answer(batch)

    def shrink(self) -> None:
        self.shrunk += 1


@dataclass
class CountingOpener:
    """Opens stand-ins; `failures` says how often a role fails before it opens.

    While `gate` is not set, opening takes its time: threads pile up behind it.
    """

    failures: dict[str, int] = field(default_factory=dict)
    gate: threading.Event | None = None
    opened: Counter[str] = field(default_factory=Counter)
    threads: dict[str, int] = field(default_factory=dict)
    session: FakeSession = field(default_factory=lambda: FakeSession(np.copy))

    def __call__(self, entry: ModelEntry, threads: int) -> FakeSession:
        self.opened[entry.role] += 1
        self.threads[entry.role] = threads
        if self.gate is not None:
            assert self.gate.wait(30)
        if self.opened[entry.role] <= self.failures.get(entry.role, 0):
            raise OSError(f"{entry.role} does not open today")
        return FakeSession(self.session.answer)
