"""The tables that `make accuracy` prints."""

from collections.abc import Callable, Mapping

from tests.bench.score import Score
from tests.bench.subjects import Outcome
from tests.bench.table import percent, table
from tests.bench.tally import DRAWN, REAL, Tally

Results = Mapping[str, tuple[Tally, Outcome]]

FLOORS = {"invoice": 0.982, "sign": 0.915, "handwriting": 0.863, "menu": 0.891}
"""Character accuracy below which the product may not fall with the default profile."""

LATIN = ("english", "real receipts_en_sroie", "real tests_misc_en")


def accuracy(results: Results, *, lines: bool) -> list[str]:
    """All tables of one run over pages, or over single lines."""
    if not results:
        return ["nothing was read"]
    unit = "lines" if lines else "pages"
    latin = any(row in LATIN for scores, _ in results.values() for row in scores)
    parts = [
        _titled("Exact lines, %", _scores(results, lambda s: percent(s.exact_share))),
        _titled("Character accuracy, %", _scores(results, lambda s: percent(s.accuracy))),
        _titled(f"Seconds a {unit[:-1]}, mean", _scores(results, _mean_seconds)),
    ]
    if latin:
        shown = _scores(results, lambda s: percent(s.verbatim / s.lines), LATIN)
        parts.append(_titled("Exact lines with spaces and case, %", shown))
    if not lines:
        parts.append(
            _titled(
                "Characters read where nothing stands, % of the truth's",
                _scores(results, lambda s: percent(s.extra / s.chars)),
            )
        )
        parts.append(_titled("Our profiles", _profiles(results)))
        parts += floors(results)
    return parts


def enhancement(rows: Mapping[str, Mapping[str, Tally]]) -> str:
    """Exact lines by condition and setting of `enhance`, with the verdict on clean pages."""
    settings = list(next(iter(rows.values()), {}))
    body = []
    for name, scores in rows.items():
        lines = next((str(tally[DRAWN].lines) for tally in scores.values()), "-")
        shares = (percent(scores[s][DRAWN].exact_share) if s in scores else "-" for s in settings)
        body.append([name, lines, *shares])
    head = ["pages", "lines", *settings]
    text = _titled("Enhancement: exact lines, %, balanced", table(head, body))
    clean = rows.get("clean", {})
    if "auto" in clean and "off" in clean:
        lost = clean["off"][DRAWN].exact - clean["auto"][DRAWN].exact
        text += f"\nauto on clean pages: {'met' if lost <= 0 else f'SHORT by {lost} lines'}"
    return text


def floors(results: Results) -> list[str]:
    """One line a floor: whether `balanced` stays above it."""
    if "wenyun balanced" not in results:
        return []
    scores = results["wenyun balanced"][0]
    lines = ["", "Floors of character accuracy with balanced:"]
    for scene, floor in FLOORS.items():
        if scene in scores:
            got = scores[scene].accuracy
            verdict = "met" if got >= floor else "SHORT"
            lines.append(f"{scene}: {percent(got)} (floor {percent(floor)}) {verdict}")
    return lines


def _titled(title: str, text: str) -> str:
    return f"\n{title}\n{text}"


def _scores(
    results: Results, show: Callable[[Score], str], only: tuple[str, ...] | None = None
) -> str:
    first = next(iter(results.values()))[0]
    rows = [row for row in first if only is None or row in only]
    rows.sort(key=lambda row: (row.startswith("real") or row == REAL, row in (DRAWN, REAL)))
    body = [
        [row, str(first[row].lines), *(show(scores[row]) for scores, _ in results.values())]
        for row in rows
    ]
    return table(["set", "lines", *results], body)


def _mean_seconds(score: Score) -> str:
    return f"{score.seconds / max(1, score.pages):.3f}"


def _profiles(results: Results) -> str:
    body = []
    for name, (scores, outcome) in results.items():
        if name.startswith("wenyun "):
            sums = [scores[row] for row in (DRAWN, REAL) if row in scores]
            sent, read = sum(s.sent for s in sums), sum(s.read for s in sums)
            share = percent(sent / read) if read else "-"
            body.append([name, share, f"{outcome.seconds:.1f}", _models(outcome)])
    return table(["profile", "sent on, % of lines", "seconds in all", "models used"], body)


def _models(outcome: Outcome) -> str:
    names = outcome.about.get("models", {})
    return ", ".join(f"{role}: {names.get(role, '?')}" for role in outcome.about.get("used", []))
