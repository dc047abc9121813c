"""The tables that `python -m tests.bench.turns` prints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.bench.table import percent, table

QUARTERS = (0, 90, 180, 270)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """One reading of a page.

    `place` is the turn that the page needs, or its slant, in degrees; `found` the turn that was
    found, None where nothing was read; `exact` counts lines of the truth that were read.
    """

    row: str
    profile: str
    place: float
    found: int | None
    exact: int
    lines: int


def turn_tables(cases: Sequence[Case]) -> list[str]:
    """Confusion over all pages a profile, then what became of each scene."""
    return [
        text
        for profile in _once(case.profile for case in cases)
        for own in [[case for case in cases if case.profile == profile]]
        for text in (
            f"Turn that was found, pages, {profile}\n\n{_confusion(own)}",
            f"Turned pages by scene, {profile}\n\n{_by_scene(own)}",
        )
    ]


def skew_tables(cases: Sequence[Case]) -> list[str]:
    """Exact lines by slant, in percent of the truth's lines."""
    return [
        f"Exact lines by slant in degrees, %, {profile}\n\n{_by_slant(own)}"
        for profile in _once(case.profile for case in cases)
        for own in [[case for case in cases if case.profile == profile]]
    ]


def _confusion(cases: Sequence[Case]) -> str:
    head = ["needed", *map(str, QUARTERS), "nothing read"]
    rows = [
        [str(needed), *(str(_count(cases, needed, found)) for found in (*QUARTERS, None))]
        for needed in QUARTERS
    ]
    return table(head, rows)


def _count(cases: Iterable[Case], needed: int, found: int | None) -> int:
    return sum(case.place == needed and case.found == found for case in cases)


def _by_scene(cases: Sequence[Case]) -> str:
    head = ["scene", "upright", "kept", "turned", "found", "lines upright", "lines turned, %"]
    scenes = _once(case.row for case in cases)
    parts = {scene: [case for case in cases if case.row == scene] for scene in scenes}
    return table(head, [_scene(name, own) for name, own in [*parts.items(), ("all", cases)]])


def _scene(name: str, cases: Sequence[Case]) -> list[str]:
    upright = [case for case in cases if case.place == 0]
    laid = [case for case in cases if case.place != 0]
    base = sum(case.exact for case in upright)
    # Three turns stand beside one upright page.
    turned = sum(case.exact for case in laid) * len(upright) / max(1, len(laid))
    return [
        name,
        str(len(upright)),
        str(sum(case.found in (0, None) for case in upright)),
        str(len(laid)),
        str(sum(case.found == case.place for case in laid)),
        str(base),
        percent(turned / base) if base else "-",
    ]


def _by_slant(cases: Sequence[Case]) -> str:
    slants = sorted(_once(case.place for case in cases))
    scenes = _once(case.row for case in cases)
    rows = [[scene, *_shares([c for c in cases if c.row == scene], slants)] for scene in scenes]
    return table(
        ["scene", *(f"{slant:g}" for slant in slants)], [*rows, ["all", *_shares(cases, slants)]]
    )


def _shares(cases: Sequence[Case], slants: Sequence[float]) -> list[str]:
    parts = [[case for case in cases if case.place == slant] for slant in slants]
    return [
        percent(sum(c.exact for c in part) / max(1, sum(c.lines for c in part))) for part in parts
    ]


def _once(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))
