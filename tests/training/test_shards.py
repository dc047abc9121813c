"""What is written to a shard is what is read from it."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.kit import data, read
from training.shards import Shard, shards, write_shard


def test_lines_come_back(tmp_path: Path) -> None:
    lines = [read("一 二", 70, 1), read("abc", 33, 2), read("¥", 96, 3)]
    write_shard(tmp_path / "0", lines)
    shard = Shard(tmp_path / "0")
    assert len(shard) == 3
    for number, line in enumerate(lines):
        assert shard.text(number) == line.sample.text
        assert shard.kind(number) == "words"
        assert shard.steps(number) == len(line.target)
        assert np.array_equal(shard.picture(number), line.sample.picture)
        assert np.array_equal(shard.features(number), line.features)
        assert np.array_equal(shard.target(number), line.target)
        classes, logits = shard.likely(number)
        assert np.array_equal(classes, line.classes)
        assert np.array_equal(logits, line.logits)


def test_half_a_shard_is_none(tmp_path: Path) -> None:
    data(tmp_path)
    (tmp_path / "train/00001.new").mkdir()
    assert shards(tmp_path / "train") == [tmp_path / "train/00000"]


def test_a_shard_is_not_written_over(tmp_path: Path) -> None:
    write_shard(tmp_path / "0", [read("a", 40)])
    with pytest.raises(OSError, match="0"):
        write_shard(tmp_path / "0", [read("b", 40)])
    assert Shard(tmp_path / "0").text(0) == "a"
