"""What is written to a shard is what is read from it."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.kit import data, light_data, sample, seen
from training.shards import Shard, shards, write_shard


def test_lines_come_back(tmp_path: Path) -> None:
    lines = [sample("一 二", 70, 1), sample("abc", 33, 2), sample("¥", 96, 3)]
    found = seen(lines, "tiny", "features", "targets")
    write_shard(tmp_path / "0", lines, found)
    shard = Shard(tmp_path / "0")
    assert len(shard) == 3
    for number, line in enumerate(lines):
        assert shard.text(number) == line.text
        assert shard.kind(number) == "words"
        assert shard.steps(number) == len(found["tiny"][number])
        assert np.array_equal(shard.picture(number), line.picture)
        assert np.array_equal(shard.seen(number, "tiny"), found["tiny"][number])
        both = [found[name][number] for name in ("features", "targets")]
        assert np.array_equal(shard.seen(number, "small"), np.concatenate(both, 1))
        assert shard.seen(number, "small").dtype == np.float16


def test_shards_with_other_files_are_read(tmp_path: Path) -> None:
    folder = data(tmp_path, "features", "targets") / "train/00000"
    for name in ("classes", "logits"):
        np.save(folder / f"{name}.npy", np.zeros((1, 16), np.int16))
    assert Shard(folder).seen(0, "small").shape == (8, 504)
    assert shards(folder.parent, "small") == [folder]


def test_half_a_shard_is_none(tmp_path: Path) -> None:
    data(tmp_path)
    (tmp_path / "train/00001.new").mkdir()
    assert shards(tmp_path / "train") == [tmp_path / "train/00000"]


def test_each_reader_finds_the_shards_that_it_has_seen(tmp_path: Path) -> None:
    folders = [
        data(tmp_path / "whole") / "train",
        light_data(tmp_path / "light") / "train",
        data(tmp_path / "old", "features", "targets") / "train",
        data(tmp_path / "half", "features") / "train",
    ]
    assert [len(shards(one)) for one in folders] == [1, 1, 1, 1]
    assert [len(shards(one, "tiny")) for one in folders] == [1, 1, 0, 0]
    assert [len(shards(one, "small")) for one in folders] == [1, 0, 1, 0]


def test_a_shard_is_not_written_over(tmp_path: Path) -> None:
    for text, known in (("a", False), ("b", True)):
        lines = [sample(text, 40)]
        if known:
            with pytest.raises(OSError, match="0"):
                write_shard(tmp_path / "0", lines, seen(lines, "tiny"))
        else:
            write_shard(tmp_path / "0", lines, seen(lines, "tiny"))
    assert Shard(tmp_path / "0").text(0) == "a"
