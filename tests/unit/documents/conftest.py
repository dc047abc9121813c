"""Decoding with the limits that most tests use."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from wenyun.documents.decode import Picture, decode
from wenyun.documents.reader import Limits
from wenyun.errors import WenyunError

LIMITS = Limits(bytes=10_000_000, pixels=1_000_000)

Read = Callable[[bytes], Picture]
ReadRgb = Callable[[bytes], NDArray[np.uint8]]
ErrorOf = Callable[[bytes], WenyunError]


@pytest.fixture
def read() -> Read:
    """Decode under a limit of a million pixels."""
    return lambda data: decode(data, LIMITS)


@pytest.fixture
def rgb() -> ReadRgb:
    """Decode to (H, W, 3) RGB, checking what holds for every picture."""

    def read(data: bytes) -> NDArray[np.uint8]:
        pixels = decode(data, LIMITS).pixels
        assert pixels.dtype == np.uint8
        assert pixels.flags.c_contiguous
        assert pixels.flags.writeable
        return pixels[..., ::-1]

    return read


@pytest.fixture
def error_of() -> ErrorOf:
    """The error that decoding ends in."""

    def fail(data: bytes) -> WenyunError:
        with pytest.raises(WenyunError) as caught:
            decode(data, LIMITS)
        return caught.value

    return fail
