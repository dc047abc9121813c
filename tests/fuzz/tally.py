"""Outcomes, counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.fuzz.watch import HANG_SECONDS, Outcome


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
    _memory: list[int] = field(default_factory=list)

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
        if "megabytes" in outcome:
            self._memory.append(outcome["megabytes"])

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not self.bad

    @property
    def growth(self) -> int:
        """Megabytes that the last tenth of the cases stood above the second tenth, at their median.

        The first tenth opens models and fills pools.
        """
        tenth = len(self._memory) // 10
        if not tenth:
            return 0
        early = sorted(self._memory[tenth : 2 * tenth])[tenth // 2]
        return sorted(self._memory[-tenth:])[tenth // 2] - early

    def report(self) -> str:
        """A table by kind, and what was found."""
        told = (
            f"{self.cases} cases: {self.crashes} crashes, {self.hangs} over {HANG_SECONDS:g} s "
            f"({self.late} more for want of a processor), "
            f"{self.errors} answers with 500, {self.shapes} answers out of shape; "
            f"peak {self.peak} MB, growth {self.growth} MB"
        )
        rows = [told]
        for kind, counts in sorted(self.by_kind.items()):
            row = ", ".join(f"{name} {count}" for name, count in counts.most_common())
            rows.append(f"  {kind}: {row}")
        rows += [f"  case {one['number']} ({one['kind']}): {one}" for one in self.bad[:50]]
        return "\n".join(rows)


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count them all."""
    found = Tally()
    for outcome in outcomes:
        found.add(outcome)
    return found
