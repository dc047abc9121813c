"""Light shards: drawn lines with PP-OCRv6 tiny's features alone."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.kit import data, light_data, read

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from training.batches import Batches, join  # noqa: E402
from training.makedata import write_light  # noqa: E402
from training.net.teacher import bucket_of  # noqa: E402
from training.net.tiny import Eyes  # noqa: E402
from training.shards import Shard  # noqa: E402

WIDTHS = [300, 40, 100]


def test_light_shards(tmp_path: Path) -> None:
    samples = [read("¥ 5", width, width).sample for width in WIDTHS]
    write_light(tmp_path / "0", samples, Eyes())
    shard = Shard(tmp_path / "0")
    assert not shard.taught
    assert [shard.picture(n).shape[1] for n in range(3)] == sorted(WIDTHS)
    for number, width in enumerate(sorted(WIDTHS)):
        assert shard.steps(number) == bucket_of(width) // 8
        seen = shard.features(number, "tiny")
        assert seen.shape == (shard.steps(number), 160)
        assert np.allclose(seen, Eyes().run([shard.picture(number)])[0], atol=0.02)
    assert {one.name for one in (tmp_path / "0").iterdir()} == {
        "lines.json",
        "pictures.npy",
        "tiny.npy",
    }


def test_each_student_finds_the_shards_that_it_can_learn_from(tmp_path: Path) -> None:
    data(tmp_path / "whole")
    light_data(tmp_path / "light")
    both = [tmp_path / "whole/train", tmp_path / "light/train"]
    light = [Batches(one, "tiny", 100, taught=False)._shards() for one in both]
    assert [len(one) for one in light] == [0, 1]
    assert [len(Batches(one, "features", 100)._shards()) for one in both] == [1, 0]
    batch = next(Batches(both[1], "tiny", 100, taught=False).once())
    assert batch.target is None
    assert batch.likely is None
    assert Shard(both[0] / "00000").taught


def test_latin_is_not_joined_to_han(tmp_path: Path) -> None:
    light_data(tmp_path)
    (batch,) = (
        one
        for one in Batches(tmp_path / "train", "tiny", 100, taught=False).once()
        if "一二" in one.texts
    )
    assert batch.texts == ["一二", "¥5"]
    assert join(batch, 2) is batch
