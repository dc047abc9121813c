"""Drawn lines are written with what published readers see of them."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.kit import needs_small, sample
from training import makedata
from training.look import make_view
from training.net.published import bucket_of
from training.shards import SIGHTS, Shard

WIDTHS = [300, 40, 100]


def written(folder: Path, *readers: str) -> Shard:
    samples = [sample("¥ 5", width, width) for width in WIDTHS]
    makedata.write(folder, samples, {reader: make_view(reader) for reader in readers})
    return Shard(folder)


def agrees(shard: Shard, reader: str, channels: int) -> None:
    view = make_view(reader)
    for number, width in enumerate(sorted(WIDTHS)):
        assert shard.picture(number).shape[1] == width
        assert shard.steps(number) == bucket_of(width) // 8
        stored = shard.seen(number, reader)
        assert stored.shape == (shard.steps(number), channels)
        found = np.concatenate(view.look(shard.picture(number)), 1)
        assert np.allclose(stored, found, atol=0.02)


def test_light_shards(tmp_path: Path) -> None:
    agrees(written(tmp_path / "0", "tiny"), "tiny", 160)
    names = {one.name for one in (tmp_path / "0").iterdir()}
    assert names == {"lines.json", "pictures.npy", "tiny.npy"}


@needs_small
def test_whole_shards(tmp_path: Path) -> None:
    shard = written(tmp_path / "0", *SIGHTS)
    agrees(shard, "tiny", 160)
    agrees(shard, "small", 384 + 120)
    names = {one.stem for one in (tmp_path / "0").iterdir()}
    assert names == {"lines", "pictures", "tiny", "features", "targets"}


class Studio:
    """Draws the same line again and again."""

    def __init__(self, *given: object) -> None:
        self.seed = given[-1]

    def sample(self) -> object:
        return sample("ab", 40, int(str(self.seed)))


@pytest.mark.parametrize("split", ["train", "validation"])
def test_the_command(split: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("make_writer", "load_faces"):
        monkeypatch.setattr(makedata, name, lambda held_out: held_out)
    monkeypatch.setattr(makedata, "Studio", Studio)
    monkeypatch.setattr(makedata, "LINES", 2)
    given = ["makedata", "--light", "--data", str(tmp_path), "--split", split]
    monkeypatch.setattr("sys.argv", [*given, "--first", "1", "--every", "2", "--shards", "5"])
    (tmp_path / split / "00001").mkdir(parents=True)
    makedata.main()
    assert sorted(one.name for one in (tmp_path / split).iterdir()) == ["00001", "00003"]
    assert not list((tmp_path / split / "00001").iterdir())
    shard = Shard(tmp_path / split / "00003")
    assert len(shard) == 2
    seed = 3 + (900_000 if split == "validation" else 0)
    assert np.array_equal(shard.picture(1), sample("ab", 40, seed).picture)
