"""Outcomes, counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.fuzz.watch import HANG_SECONDS, Outcome

LONG = 1000
"""In a shorter run most of the memory's growth is the start."""

MOST_GROWTH = 0.05
"""Of the third quarter's memory; by so much the heap comes and goes with the pictures at hand."""

DEAR_SECONDS = 5.0
"""Processor seconds, whatever else the machine has to do."""


@dataclass
class Tally:
    """Counts of what the issue asks for, and the cases that went wrong."""

    cases: int = 0
    crashes: int = 0
    hangs: int = 0
    late: int = 0
    errors: int = 0
    shapes: int = 0
    peak: int = 0
    longest: float = 0.0
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    bad: list[Outcome] = field(default_factory=list)
    dear: int = 0
    dearest: Outcome = field(default_factory=dict)
    _resident: list[int] = field(default_factory=list)
    _allocated: list[int] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one."""
        fault = outcome["fault"]
        self.cases += 1
        self.crashes += fault.startswith("crash")
        self.hangs += fault == "hang"
        self.late += not fault and outcome.get("seconds", 0.0) > HANG_SECONDS
        self.errors += outcome["status"] == 500
        self.shapes += bool(fault) and not fault.startswith(("crash", "hang"))
        self.peak = max(self.peak, outcome.get("peak", 0))
        self.longest = max(self.longest, outcome.get("seconds", 0.0))
        name = outcome["code"] or ("read" if 0 < outcome["status"] < 400 else fault)
        self.by_kind.setdefault(outcome["kind"], Counter())[name] += 1
        if fault or outcome["status"] == 500:
            self.bad.append(outcome)
        self.dear += outcome.get("cpu", 0.0) > DEAR_SECONDS
        self.dearest = max(self.dearest, outcome, key=lambda one: one.get("cpu", 0.0))
        if "megabytes" in outcome:
            self._resident.append(outcome["megabytes"])
            self._allocated.append(outcome.get("used", 0))

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not self.bad and not self.leaks

    @property
    def growth(self) -> tuple[int, int]:
        """Megabytes in the last quarter over those in the third: resident, and allocated.

        In the first half models are opened, and the arena and the heap come to the size that the
        largest pictures need.
        """
        return _rise(self._resident), _rise(self._allocated)

    @property
    def leaks(self) -> bool:
        """Whether memory was still growing in the second half of a long run."""
        if self.cases < LONG:
            return False
        third = _median(_quarters(self._resident)[2])
        return self.growth[0] > MOST_GROWTH * third

    def report(self) -> str:
        """A table by kind, and what was found."""
        told = (
            f"{self.cases} cases: {self.crashes} crashes, {self.hangs} over {HANG_SECONDS:g} s "
            f"({self.late} more for want of a processor), "
            f"{self.errors} answers with 500, {self.shapes} answers out of shape; "
            f"peak {self.peak} MB"
        )
        rows = [told, *self._memory(), *self._cost()]
        for kind, counts in sorted(self.by_kind.items()):
            row = ", ".join(f"{name} {count}" for name, count in counts.most_common())
            rows.append(f"  {kind}: {row}")
        rows += [f"  case {one['number']} ({one['kind']}): {one}" for one in self.bad[:50]]
        return "\n".join(rows)

    def _memory(self) -> list[str]:
        pairs = zip(_tenths(self._resident), _tenths(self._allocated), strict=True)
        tenths = [f"{resident} ({allocated})" for resident, allocated in pairs]
        resident, allocated = self.growth
        verdict = "still growing" if self.leaks else "bounded"
        return [
            f"  memory by tenths, MB resident (allocated): {', '.join(tenths)}",
            f"  last quarter over the third: {resident:+} MB ({allocated:+} MB), "
            + (verdict if self.cases >= LONG else f"too few to judge (under {LONG:,})"),
        ]

    def _cost(self) -> list[str]:
        if not self.dearest.get("cpu"):
            return []
        one = self.dearest
        dearest = f"the dearest is case {one['number']} ({one['kind']}): {one['cpu']} s"
        return [f"  {self.dear} over {DEAR_SECONDS:g} CPU seconds; {dearest}"]


def _tenths(values: list[int]) -> list[int]:
    """The median of each tenth."""
    size = max(1, -(-len(values) // 10))
    return [_median(values[at : at + size]) for at in range(0, len(values), size)]


def _quarters(values: list[int]) -> list[list[int]]:
    size = len(values) // 4
    return [values[at * size : (at + 1) * size] for at in range(4)]


def _median(values: list[int]) -> int:
    return sorted(values)[len(values) // 2] if values else 0


def _rise(values: list[int]) -> int:
    _, _, third, last = _quarters(values)
    return _median(last) - _median(third)


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count them all."""
    found = Tally()
    for outcome in outcomes:
        found.add(outcome)
    return found
