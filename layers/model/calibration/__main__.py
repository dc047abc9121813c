"""`python -m calibration`: fit each recogniser's calibration on drawn validation lines.

Two lines of three are fitted on, the third says how well. Prints the error by decile before (the
mean of the characters) and after, and the tables for models.toml; `--write` puts them there,
`--picture` draws them. Also prints, by how likely a line has to be to stay with the first reader,
how many lines are sent on to the second and how many of all are right then.
"""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from calibration.fit import chances, deciles, expected_error, rising
from calibration.lines import Drawn, LineReader, Seen, drawn
from calibration.picture import Groups, draw
from calibration.recipe import entry_text, written
from training.paths import CACHE, RECIPE
from wenyun.engine.calibration import features, likelihood

EVERY = 3
"""Every so many-th line is kept to judge by."""

NAMES = (
    "bias",
    "weakest",
    "mean",
    "together",
    "length",
    "unread",
    "language",
    "lexicon",
    "field",
)
RISING = ("weakest", "mean", "together")
"""Features that may only speak for a line."""

BARS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1.1)


def main() -> None:
    """Read lines, fit, print."""
    given = _parser().parse_args()
    lines = drawn(given.data, given.lines)
    print(f"{len(lines)} lines of {given.data}")
    seen, judged, weights = {}, {}, {}
    for role in given.roles:
        reader = LineReader(given.models, role)
        seen[role] = list(reader.read(lines))
        weights[role] = _fit(seen[role])
        judged[reader.entry.name] = judge(seen[role], weights[role])
        print(_table(reader.entry.name, *judged[reader.entry.name]), flush=True)
    if given.picture:
        draw(given.picture, judged)
    if len(given.roles) == 2:
        first, second = given.roles
        print(sent_on(seen[first], seen[second], weights[first], weights[second]))
    for role, found in weights.items():
        print(entry_text(role, found))
        if given.write:
            path = RECIPE / "models.toml"
            path.write_text(written(path.read_text("utf-8"), role, found), "utf-8")


def _fit(seen: Sequence[Sequence[Seen]]) -> dict[str, float]:
    """The weights that two lines of three give."""
    used = _shown(one for number, all_ in enumerate(seen) if number % EVERY for one in all_)
    parts, right = _arrays(used)
    found = rising(parts, right, [NAMES.index(name) for name in RISING])
    return dict(zip(NAMES, (round(float(one), 4) for one in found), strict=True))


def judge(seen: Sequence[Sequence[Seen]], weights: dict[str, float]) -> tuple[Groups, Groups]:
    """Deciles of the lines that were kept, by the mean of the characters and calibrated."""
    kept = _shown(one for number, all_ in enumerate(seen) if not number % EVERY for one in all_)
    parts, right = _arrays(kept)
    before = np.array([one.reading.confidence for one in kept])
    after = chances(parts, np.array([weights[name] for name in NAMES]))
    return deciles(before, right), deciles(after, right)


def _arrays(seen: Sequence[Seen]) -> tuple[np.ndarray, np.ndarray]:
    rows = [[features(one.reading).get(name, 0.0) for name in NAMES] for one in seen]
    return np.array(rows), np.array([float(one.right) for one in seen])


def _shown(seen: Iterable[Seen]) -> list[Seen]:
    """Lines of which anything was read; of the others nothing is said."""
    return [one for one in seen if one.reading.text.strip()]


def sent_on(
    first: Sequence[Sequence[Seen]],
    second: Sequence[Sequence[Seen]],
    weights: dict[str, float],
    other: dict[str, float],
) -> str:
    """By the bar under which lines are read again: share sent on, lines right."""
    pairs = [(a[0], b[0]) for a, b in zip(first, second, strict=True)]
    judged = [
        (likelihood(a.reading, weights) or 0.0, likelihood(b.reading, other) or 0.0, a, b)
        for a, b in pairs
    ]
    rows = ["| sent on below | lines sent on, % | lines right, % |", "| --: | --: | --: |"]
    for bar in BARS:
        sent = [said < bar for said, _, _, _ in judged]
        right = [
            (b if goes and again >= said else a).right
            for goes, (said, again, a, b) in zip(sent, judged, strict=True)
        ]
        rows.append(f"| {bar} | {100 * np.mean(sent):.1f} | {100 * np.mean(right):.1f} |")
    return "\n".join(rows)


def _table(name: str, before: Groups, after: Groups) -> str:
    rows = [
        f"{name}: error {expected_error(before):.3f} before, {expected_error(after):.3f} after",
        "| decile | said before | right | said after | right |",
        "| --: | --: | --: | --: | --: |",
    ]
    for number, (was, now) in enumerate(zip(before, after, strict=True), 1):
        cells = (f"{value:.3f}" for value in (was[0], was[1], now[0], now[1]))
        rows.append(f"| {number} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="calibration", description=__doc__)
    parser.add_argument("roles", nargs="*", default=["recogniser", "second"])
    parser.add_argument("--data", type=Path, default=CACHE / "data/validation")
    parser.add_argument("--models", type=Path, default=RECIPE / "build/opt/models")
    parser.add_argument("--lines", type=int, default=3000)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--write", action="store_true")
    return parser


__all__ = ["Drawn", "judge", "main", "sent_on"]

if __name__ == "__main__":
    main()
