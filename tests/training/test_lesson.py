"""What a keeper is taught with."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import light_data  # noqa: E402
from training import losses  # noqa: E402
from training.batches import Batches  # noqa: E402
from training.config import load_config  # noqa: E402
from training.lesson import CHANCE, DOUBT, Lesson, class_places, classes_of, shaken  # noqa: E402


def lesson() -> Lesson:
    torch.manual_seed(4)
    return Lesson(replace(load_config("fast"), shake=0.0), "cpu")


def test_at_first_nothing_is_left(tmp_path: Path) -> None:
    made = lesson()
    batch = next(Batches(light_data(tmp_path) / "train", "tiny", 100).once())
    found = made.losses(batch)
    assert set(found) == {"distil", "ctc"}
    # The new characters, those drawn by chance weighed up, take what little -8 leaves them.
    assert 0 <= float(found["distil"].detach()) < 0.1
    assert float(found["ctc"].detach()) > 1
    assert found["distil"].requires_grad
    with torch.no_grad():
        made.keeper.known.bias[1:].add_(torch.randn(len(made.keeper.known.bias) - 1) * 9)
    assert float(made.losses(batch)["distil"].detach()) > 2 * float(found["distil"].detach())


def test_what_each_line_counts() -> None:
    made = lesson()
    one, two = made._places["一"], made._places["二"]
    fresh = made.keeper.origin.added()[0]
    told = torch.tensor([[one, 0, two, two]] * 4)
    weights = made._weights(told, ["一二", "一 二", "一三", f"一{fresh}"])
    assert weights.tolist() == [1, 1, DOUBT, 0]


def test_the_classes_of_a_batch() -> None:
    made = lesson()
    told, neck = torch.tensor([[5, 0]]), torch.zeros(1, 2, made.keeper.origin.width)
    fresh = len(made._places)
    chosen, offset = made._some(told, neck, [[7, fresh]])
    known = len(made.keeper.origin.published())
    needed = {0, 5, 7, known, fresh, *made.keeper.best(neck).flatten().tolist()}
    places = chosen.tolist()
    assert places == sorted(set(places))
    assert needed <= set(places)
    assert CHANCE <= len(places) <= CHANCE + len(needed)
    raised = np.log((fresh + 1) / CHANCE)
    for place, much in zip(places, offset.tolist(), strict=True):
        assert much == pytest.approx(0 if place in needed else raised)


def test_ctc_counts_lines_that_fit() -> None:
    scores = torch.zeros(1, 3, 4).log_softmax(2)
    # Three ways of reading one character in two steps, of 16.
    assert float(losses.ctc(scores[:, :2], [[1]])) == pytest.approx(-np.log(3 / 16), abs=1e-4)
    assert float(losses.ctc(scores, [[1, 1, 1, 1]])) == 0


def test_the_price_of_leaving() -> None:
    torch.manual_seed(2)
    origin = torch.randn(2, 5, 20) * 4
    logs = torch.cat([origin, torch.full((2, 5, 3), -50.0)], 2).log_softmax(2)
    one = torch.ones(2)
    assert float(losses.kept(logs, origin, one)) == pytest.approx(0, abs=1e-3)
    other = torch.randn(2, 5, 23).log_softmax(2)
    price = float(losses.kept(other, origin, one))
    assert price > 0.5
    assert float(losses.kept(other, origin, 0 * one)) == 0
    assert float(losses.kept(other, origin, one / 2)) == pytest.approx(price / 2)


def test_a_gap_may_become_a_space() -> None:
    origin = torch.zeros(1, 4, 6)
    origin[..., 0] = 20
    for place, cost in ((0, False), (5, False), (3, True)):
        scores = torch.zeros(1, 4, 8)
        scores[..., place] = 20
        price = float(losses.kept(scores.log_softmax(2), origin, torch.ones(1)))
        assert (price > 1) == cost


def test_hopeless_lines_pull_less() -> None:
    scores = torch.zeros(2, 4, 3, requires_grad=True)
    hard = torch.tensor([[[9.0, 0, 0]] * 4, [[0, 9.0, 0]] * 4])
    for hopeless, wanted in ((1.0, True), (float("inf"), False)):
        (pull,) = torch.autograd.grad(
            losses.ctc((scores + hard).log_softmax(2), [[1], [1]], hopeless), scores
        )
        strength = pull.abs().sum((1, 2))
        plain = (
            torch.autograd.grad(losses.ctc((scores + hard).log_softmax(2), [[1], [1]]), scores)[0]
            .abs()
            .sum((1, 2))
        )
        assert bool(strength[0] < 0.5 * plain[0]) == wanted
        assert float(strength[1]) == pytest.approx(float(plain[1]), rel=0.1)


def test_features_are_shaken() -> None:
    torch.manual_seed(3)
    seen = torch.randn(4, 6, 1, 50)
    assert torch.equal(shaken(seen, 0), seen)
    moved_ = shaken(seen, 0.1)
    assert moved_.shape == seen.shape
    assert 0.05 < float((moved_ - seen).std()) < 0.4


def test_classes() -> None:
    places = class_places(["甲", "乙", " "])
    assert classes_of(["乙 甲", ""], places) == [[2, 3, 1], []]
