"""How published readers see the shards."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import data, light_data, needs_small  # noqa: E402
from training.batches import Batches  # noqa: E402
from training.look import make_view, write_sight  # noqa: E402
from training.net.keeper import Keeper  # noqa: E402
from training.net.onnxtorch import GraphModule  # noqa: E402
from training.net.origin import SMALL  # noqa: E402
from training.net.published import tensor  # noqa: E402
from training.net.tiny import EYES, tiny  # noqa: E402
from training.shards import Shard  # noqa: E402

RNG = np.random.default_rng


def test_how_its_convolutions_see_a_shard(tmp_path: Path) -> None:
    folder = data(tmp_path, "features", "targets") / "train/00000"
    write_sight(folder, "tiny", make_view("tiny"))
    shard = Shard(folder)
    eyes = GraphModule(tiny(), EYES)
    for number in range(len(shard)):
        with torch.no_grad():
            seen = eyes(torch.from_numpy(tensor(shard.picture(number))))
        stored = shard.seen(number, "tiny").astype(np.float32)
        assert np.allclose(stored, seen[0, :, 0].T.numpy(), atol=0.02)
    written = (folder / "tiny.npy").stat().st_mtime_ns
    write_sight(folder, "tiny", make_view("tiny"))
    assert (folder / "tiny.npy").stat().st_mtime_ns == written
    found = next(Batches(folder.parent, "tiny", 16).endless(RNG(0)))
    assert found.seen.shape[1:3] == (160, 1)


@needs_small
def test_how_the_strong_reader_sees_a_light_shard(tmp_path: Path) -> None:
    folder = light_data(tmp_path) / "train/00000"
    assert not list(Batches(folder.parent, "small", 16).once())
    write_sight(folder, "small", make_view("small"))
    shard, keeper = Shard(folder), Keeper(SMALL, 8, 1)
    for number in range(len(shard)):
        seen = keeper.see(torch.from_numpy(tensor(shard.picture(number))))
        stored = shard.seen(number, "small").astype(np.float32)
        assert stored.shape[1] == SMALL.seen
        assert np.allclose(stored, seen[0, :, 0].T.numpy(), atol=0.02)
    found = next(Batches(folder.parent, "small", 16).endless(RNG(0)))
    assert found.seen.shape[1:3] == (SMALL.seen, 1)
