"""How long a line is in seconds."""

import pytest

from wenyun.api.pace import Pace


def learned() -> Pace:
    pace = Pace()
    for _ in range(80):
        pace.learn("small", 0.5)
        pace.learn("document", 8.0)
    return pace


def test_before_anything_is_known_each_takes_a_second() -> None:
    assert Pace().wait(["large"] * 3, [], {"large": 2}, 2) == 2.0


def test_nobody_before_is_no_wait() -> None:
    assert learned().wait([], ["document"] * 5, {}, 1) == 0.0


def test_the_newest_times_count_most() -> None:
    pace = learned()
    for _ in range(20):
        pace.learn("small", 2.0)
    assert pace.wait(["small"], [], {}, 1) == pytest.approx(2.0, abs=0.05)


def test_a_line_has_every_other_turn() -> None:
    """As much of the other line counts as there is of its own, and no more than there is."""
    pace = learned()
    assert pace.wait(["small"] * 2, ["document"] * 5, {}, 1) == pytest.approx(2.0, abs=0.01)
    assert pace.wait(["document"] * 2, ["small"], {}, 1) == pytest.approx(16.5, abs=0.01)


def test_half_of_what_runs_is_done() -> None:
    assert learned().wait([], [], {"document": 2}, 2) == pytest.approx(4.0, abs=0.01)
