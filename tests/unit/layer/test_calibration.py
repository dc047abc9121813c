"""The fit, and the recipe's file that it is written to."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from builder.spec import load_specs
from calibration.fit import chances, deciles, expected_error, fitted, rising
from calibration.picture import draw
from calibration.recipe import entry_text, written
from tests.enginekit.layer import RECIPE

WEIGHTS = {"bias": -0.5, "mean": 1.25}


def test_weights_that_made_the_answers_are_found() -> None:
    rng = np.random.default_rng(1)
    parts = np.stack([np.ones(20_000), rng.normal(size=20_000)], axis=1)
    true = np.array([0.5, -2.0])
    right = (rng.random(20_000) < chances(parts, true)).astype(np.float64)
    assert fitted(parts, right) == pytest.approx(true, abs=0.1)


def test_a_weight_that_may_not_be_negative_is_left_out() -> None:
    rng = np.random.default_rng(2)
    good = rng.normal(size=5000)
    parts = np.stack([np.ones(5000), good + 0.1 * rng.normal(size=5000), good], axis=1)
    right = (rng.random(5000) < chances(parts, np.array([0.0, -1.0, 3.0]))).astype(np.float64)
    assert fitted(parts, right)[1] < 0
    found = rising(parts, right, [1, 2])
    assert found[1] == 0
    assert found[2] == pytest.approx(2.0, abs=0.2)


def test_answers_that_can_be_told_apart_give_weights_all_the_same() -> None:
    parts = np.array([[1.0, -1.0], [1.0, 1.0]] * 5)
    found = fitted(parts, np.array([0.0, 1.0] * 5))
    assert np.isfinite(found).all()
    assert found[1] > 0


def test_deciles_go_from_the_least_to_the_most_likely() -> None:
    said = np.linspace(0, 1, 100)[::-1]
    groups = deciles(said, (said > 0.5).astype(np.float64))
    assert [count for _, _, count in groups] == [10] * 10
    assert [was for _, was, _ in groups] == [0] * 5 + [1] * 5
    assert groups == sorted(groups)
    assert expected_error([(0.9, 0.5, 1), (0.5, 0.5, 3)]) == pytest.approx(0.1)


def test_a_picture_of_two_readers(tmp_path: Path) -> None:
    groups = [(0.1, 0.2, 5), (0.9, 0.8, 5)]
    draw(tmp_path / "a.png", {"one": (groups, groups), "two": (groups, groups)})
    assert 500 < (tmp_path / "a.png").stat().st_size < 10_000


def test_the_recipe_with_a_calibration() -> None:
    text = (RECIPE / "models.toml").read_text("utf-8")
    for role in ("recogniser", "second"):
        text = written(text, role, WEIGHTS)
    assert written(text, "second", WEIGHTS) == text
    models = {one["role"]: one for one in tomllib.loads(text)["model"]}
    assert models["recogniser"]["calibration"] == models["second"]["calibration"] == WEIGHTS
    before = {
        one["role"]: one for one in tomllib.loads((RECIPE / "models.toml").read_text())["model"]
    }
    for role, model in models.items():
        assert {**model, "calibration": 0} == {**before[role], "calibration": 0} or (
            "calibration" not in model and model == before[role]
        )
    assert tomllib.loads(entry_text("second", WEIGHTS))["model"]["calibration"] == WEIGHTS


def test_a_role_that_nobody_plays() -> None:
    with pytest.raises(ValueError, match="nobody"):
        written('[[model]]\nrole = "second"\n', "nobody", WEIGHTS)


def test_the_builder_passes_it_on() -> None:
    for spec in load_specs(RECIPE / "models.toml"):
        if spec.runtime["kind"] == "recogniser":
            assert set(spec.runtime["calibration"]) >= {"bias", "mean", "weakest"}
