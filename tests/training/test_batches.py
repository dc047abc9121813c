"""Batches of drawn lines, and lines joined to longer ones."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import TEXTS, data, light_data, sample, seen  # noqa: E402
from training.batches import Batches, join, run_on  # noqa: E402
from training.shards import write_shard  # noqa: E402


@pytest.mark.parametrize(("source", "channels"), [("tiny", 160), ("small", 504)])
def test_batches_hold_every_line_once(source: str, channels: int, tmp_path: Path) -> None:
    batches = Batches(data(tmp_path) / "train", source, 16)
    found = list(batches.once())
    assert sorted(text for batch in found for text in batch.texts) == sorted(TEXTS)
    for batch in found:
        lines, _, _, steps = batch.seen.shape
        assert batch.seen.shape == (len(batch.texts), channels, 1, steps)
        assert batch.seen.dtype == torch.float32
        assert batch.kinds == ["words"] * lines
        assert lines == 1 or lines * steps <= 16


def test_lines_are_joined_to_longer_ones(tmp_path: Path) -> None:
    lines = [sample(text, 64, n) for n, text in enumerate(["一二", "三", "四五", "六"])]
    views = seen(lines, "tiny")
    write_shard(tmp_path / "train/00000", lines, views)
    batches = Batches(tmp_path / "train", "tiny", 1000, joined=1.0)
    steps = next(Batches(tmp_path / "train", "tiny", 1000).once()).seen.shape[3]
    found: dict[str, Any] = {}
    for number in range(20):
        batch = next(batches.endless(np.random.default_rng(number)))
        assert batch.seen.shape[3] in (2 * steps, 3 * steps)
        assert batch.seen.shape[:3] == (len(batch.texts), 160, 1)
        found.update(zip(batch.texts, batch.seen, strict=True))
    whole = found["一二三"][:, 0].T
    assert np.array_equal(whole, np.concatenate(views["tiny"][:2]).astype(np.float32))


def test_latin_is_not_joined_to_han(tmp_path: Path) -> None:
    batches = Batches(light_data(tmp_path) / "train", "tiny", 100)
    (batch,) = (one for one in batches.once() if "一二" in one.texts)
    assert batch.texts == ["一二", "¥5"]
    assert join(batch, 2) is batch


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["ab", "cd"], "ab cd"),
        (["一", "cd"], "一cd"),
        (["ab", "一", "二"], "ab一二"),
        (["ab.", "Cd", "e"], "ab. Cd e"),
    ],
)
def test_words_that_stand_side_by_side(texts: list[str], whole: str) -> None:
    assert run_on(texts) == whole


def test_no_shards_are_said_so(tmp_path: Path) -> None:
    light_data(tmp_path)
    for folder, source in ((tmp_path, "tiny"), (tmp_path / "train", "small")):
        with pytest.raises(FileNotFoundError, match=f"{source} has seen: run `make train-data`"):
            next(Batches(folder, source, 16).endless(np.random.default_rng(0)))
