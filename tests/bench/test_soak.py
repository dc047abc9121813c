"""What the soak's report says and how it judges."""

import argparse
import random
from collections.abc import Sequence
from typing import Any

import pytest

from tests.bench import soak as bench
from tests.loadkit import traffic
from tests.loadkit.goods import make_small
from tests.loadkit.process import Taken
from tests.loadkit.soak import Sample, Soaked


def soaked(memory: Sequence[int], faults: dict[str, int] | None = None, left: int = 0) -> Soaked:
    samples = [Sample(n, n, Taken(size, 0, 10, 5)) for n, size in enumerate(memory)]
    endings = {"ok": 5} | (faults or {})
    return Soaked(
        endings, {"picture": 5}, faults or {}, samples, samples[0].taken, samples[-1].taken, left
    )


def test_growth_is_that_of_the_last_quarter_over_the_second() -> None:
    assert soaked([10, 90, 100, 100, 100, 100, 105, 105]).growth == pytest.approx(0.05)
    assert soaked([100] * 8).growth == 0
    assert soaked([100]).growth == 0


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (soaked([100] * 8), 0),
        (soaked([100] * 6 + [110] * 2), 1),
        (soaked([100] * 8, {"internal": 1}), 1),
        (soaked([100] * 8, left=1), 1),
    ],
)
def test_the_status_says_whether_all_is_well(
    found: Soaked, status: int, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(bench, "soak", lambda *_, **__: found)
    given = argparse.Namespace(seed=1, at_once=2, every=10)
    assert bench.measure(given, lambda *_: True) == status
    text = capsys.readouterr().out
    assert "server MB" in text
    assert "endings that should not be" in text
    assert ("internal" in text) == bool(found.faults)


def test_every_kind_of_client_is_there() -> None:
    assert set(traffic.WEIGHTS) == set(traffic.ACTIONS)


def test_what_is_sent_is_the_same_for_the_same_seed() -> None:
    first, second = make_small(3), make_small(3)
    assert first == second
    assert first.damaged(random.Random(1)) == second.damaged(random.Random(1))
    assert make_small(4) != first
