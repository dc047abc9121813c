"""Scores by table row, summed over what a subject read."""

from collections.abc import Iterable, Sequence

from tests.bench.samples import Sample
from tests.bench.score import Read, Score, score

Tally = dict[str, Score]
"""Row to the sum of its pages' scores."""

DRAWN, REAL = "all drawn", "all real"


def tally(samples: Sequence[Sample], reads: Sequence[Read]) -> Tally:
    """Score every page and add up by row; sums over all drawn and all real pages come last."""
    rows: Tally = {}
    for sample, read in zip(samples, reads, strict=True):
        rows[sample.row] = rows.get(sample.row, Score()) + score(sample.truth, read)
    return with_sums(rows)


def with_sums(rows: Tally) -> Tally:
    """The rows and, where there are several of a kind, their sums."""
    real = [row for row in rows if row.startswith("real ")]
    drawn = [row for row in rows if row not in real]
    sums = {DRAWN: drawn, REAL: real}
    totals = {name: total(rows[row] for row in parts) for name, parts in sums.items() if parts}
    return {**rows, **totals}


def total(scores: Iterable[Score]) -> Score:
    """The sum of scores."""
    result = Score()
    for one in scores:
        result += one
    return result
