"""Pictures to the input of a model."""

import numpy as np
import pytest

from tests.enginekit.entries import entry
from wenyun.engine.tensors import to_tensor

IMAGE = np.random.default_rng(0).integers(0, 256, (5, 7, 3)).astype(np.uint8)


def test_as_the_manifest_says() -> None:
    described = entry(mean=(1.0, 2.0, 3.0), scale=(0.5, 0.25, 2.0))
    tensor = to_tensor(IMAGE, described)
    expected = (IMAGE.astype(np.float32) - [1, 2, 3]) * [0.5, 0.25, 2]
    assert tensor.shape == (3, 5, 7)
    assert tensor.dtype == np.float32
    assert np.allclose(tensor, expected.transpose(2, 0, 1), atol=1e-4)


def test_channels_the_other_way_round() -> None:
    blue_first = to_tensor(IMAGE, entry(channels="bgr"))
    assert np.array_equal(to_tensor(IMAGE, entry(channels="rgb")), blue_first[::-1])


def test_mean_and_scale_follow_the_models_order() -> None:
    """The first number is for the model's first channel: red, where it wants red first."""
    described = entry(channels="rgb", mean=(10.0, 0.0, 0.0), scale=(1.0, 1.0, 1.0))
    assert np.allclose(to_tensor(IMAGE, described)[0], IMAGE[:, :, 2].astype(np.float32) - 10)


def test_writing_in_place() -> None:
    room = np.full((3, 5, 9), 7, np.float32)
    found = to_tensor(IMAGE, entry(), out=room[:, :, :7])
    assert np.shares_memory(found, room)
    assert np.array_equal(room[:, :, :7], to_tensor(IMAGE, entry()))
    assert (room[:, :, 7:] == 7).all()


@pytest.mark.parametrize(("value", "expected"), [(0, -1.0), (255, 1.0)])
def test_black_and_white(value: int, expected: float) -> None:
    tensor = to_tensor(np.full((2, 2, 3), value, np.uint8), entry())
    assert np.allclose(tensor, expected, atol=1e-6)
