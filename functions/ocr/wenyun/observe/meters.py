"""Metrics in the text format of Prometheus, and no more of it than is used here.

Prometheus text format 0.0.4. The usual client library would add a dependency and some thirty
milliseconds to the start, for counters that fit on a page.
"""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 28.0)
"""Seconds: from a warm line to the time that a request has."""

Labels = tuple[str, ...]


@dataclass(slots=True)
class Counter:
    """Only grows; one value for each combination of label values."""

    name: str
    help: str
    labels: Labels = ()
    _values: dict[Labels, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *values: str, by: float = 1.0) -> None:
        """Count."""
        with self._lock:
            self._values[values] = self._values.get(values, 0.0) + by

    def lines(self) -> Iterator[str]:
        """Its lines of the text."""
        yield from _head(self.name, self.help, "counter")
        with self._lock:
            values = sorted(self._values.items())
        for labels, value in values:
            yield _sample(self.name, zip(self.labels, labels, strict=True), value)


@dataclass(slots=True)
class Histogram:
    """How many were at most so long, for each of some lengths."""

    name: str
    help: str
    labels: Labels = ()
    buckets: Sequence[float] = BUCKETS
    _counts: dict[Labels, list[int]] = field(default_factory=dict)
    _sums: dict[Labels, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, value: float, *labels: str) -> None:
        """Count one of this length."""
        with self._lock:
            counts = self._counts.setdefault(labels, [0] * (len(self.buckets) + 1))
            counts[bisect_left(self.buckets, value)] += 1
            self._sums[labels] = self._sums.get(labels, 0.0) + value

    def lines(self) -> Iterator[str]:
        """Its lines of the text; every bucket counts the smaller ones too."""
        yield from _head(self.name, self.help, "histogram")
        with self._lock:
            found = sorted((key, list(counts)) for key, counts in self._counts.items())
            sums = dict(self._sums)
        for labels, counts in found:
            pairs = list(zip(self.labels, labels, strict=True))
            total = 0
            for limit, count in zip((*map(_number, self.buckets), "+Inf"), counts, strict=True):
                total += count
                yield _sample(f"{self.name}_bucket", [*pairs, ("le", limit)], total)
            yield _sample(f"{self.name}_sum", pairs, sums[labels])
            yield _sample(f"{self.name}_count", pairs, total)


@dataclass(slots=True)
class Gauge:
    """Asked when the text is written; None where there is nothing to tell."""

    name: str
    help: str
    ask: Callable[[], Mapping[Labels, float]]
    labels: Labels = ()
    kind: str = "gauge"

    def lines(self) -> Iterator[str]:
        """Its lines of the text; none where it has no value now."""
        found = self.ask()
        if found:
            yield from _head(self.name, self.help, self.kind)
        for labels, value in sorted(found.items()):
            yield _sample(self.name, zip(self.labels, labels, strict=True), value)


Meter = Counter | Histogram | Gauge


def text(meters: Sequence[Meter]) -> str:
    """All of them, as they are scraped."""
    return "".join(f"{line}\n" for meter in meters for line in meter.lines())


def _head(name: str, explanation: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {explanation}"
    yield f"# TYPE {name} {kind}"


def _sample(name: str, labels: Iterable[tuple[str, str]], value: float) -> str:
    inner = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
    return f"{name}{{{inner}}} {_number(value)}" if inner else f"{name} {_number(value)}"


def _number(value: float) -> str:
    return repr(int(value)) if value == int(value) else repr(value)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
