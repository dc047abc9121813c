"""How likely a line is right, from how sure its reader is: logistic regression (Platt 1999).

A reader's own probabilities are too high, and by how much differs from reader to reader, with the
length of the line and with what the reading rests on. The weights are fitted by
layers/model/calibration and stand in the manifest.
"""

from collections.abc import Mapping
from math import exp, log

from wenyun.engine.ctc import Reading

LEAST = 1e-4
"""Probabilities are taken to be at least so far from 0 and from 1."""

SURELY = 0.999
"""No line is likelier to be right than this, nor less likely than its opposite."""


def likelihood(reading: Reading, weights: Mapping[str, float]) -> float | None:
    """The calibrated probability that a line is right; None without weights."""
    if not weights:
        return None
    if not reading.text.strip():
        return 1.0 - SURELY
    parts = features(reading)
    total = sum(weights.get(name, 0.0) * value for name, value in parts.items())
    return min(max(1.0 / (1.0 + exp(-max(min(total, 40.0), -40.0))), 1.0 - SURELY), SURELY)


def features(reading: Reading) -> dict[str, float]:
    """What is looked at, by name.

    `weakest` and `mean` are ln odds of the least certain character and of the mean, `together` of
    all characters being right at once; `length` is ln of their number; the others are 1 or 0: ink
    was passed over (`unread`), or the reading rests on n-grams, the caller's words, a field.
    """
    shown = zip(reading.confidences, reading.text, strict=True)
    sure = [min(max(one, LEAST), 1.0 - LEAST) for one, mark in shown if mark != " "]
    if not sure:
        return {"bias": 1.0}
    return {
        "bias": 1.0,
        "weakest": _odds(min(sure)),
        "mean": _odds(sum(sure) / len(sure)),
        "together": _odds(exp(sum(map(log, sure)))),
        "length": log(len(sure)),
        "unread": float(reading.unread > 0.0),
        "language": float(reading.by == "language"),
        "lexicon": float(reading.by == "lexicon"),
        "field": float(reading.by in ("date", "amount", "id_number")),
    }


def _odds(chance: float) -> float:
    kept = min(max(chance, LEAST), 1.0 - LEAST)
    return log(kept / (1.0 - kept))
