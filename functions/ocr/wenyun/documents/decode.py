"""A picture's bytes to its pixels as displayed."""

import importlib
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL.Image import DecompressionBombError

from wenyun.documents.formats.source import Source, check_size
from wenyun.documents.pixels import to_bgr, turn
from wenyun.documents.reader import Limits
from wenyun.documents.sniff import PICTURES, refusal, sniff
from wenyun.errors import WenyunError

ANIMATED = "animated_first_frame"

DECODER_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for damaged files; it promises no common base class."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture.

    Attributes:
        pixels: (H, W, 3) uint8 BGR, contiguous, turned as EXIF says, alpha over white.
        warnings: Codes of the contract, such as `animated_first_frame`.

    """

    pixels: NDArray[np.uint8]
    warnings: tuple[str, ...] = ()


def decode(data: bytes, limits: Limits) -> Picture:
    """Decode a picture of any format that is read; of several frames or pages, the first.

    Args:
        data: The whole file, of one of `sniff.PICTURES`.
        limits: Its `pixels` hold here; bytes are counted where the file comes in.

    Raises:
        WenyunError: `empty_file`, `unsupported_image`, `too_many_pixels`, `image_too_small` or
            `corrupt_image`.

    """
    name = sniff(data)
    if name not in PICTURES:
        raise refusal(name)
    _quieten_pillow()
    try:
        return _decode(name, data, limits)
    except DecompressionBombError:
        raise WenyunError("too_many_pixels") from None
    except DECODER_FAILURES as error:
        raise WenyunError("corrupt_image") from error


def pixels_of(data: bytes, limits: Limits) -> int:
    """How many pixels a picture says that it has; nothing is decoded, and errors are as above."""
    name = sniff(data)
    if name not in PICTURES:
        raise refusal(name)
    _quieten_pillow()
    try:
        width, height = _opener(name)(data, limits).image.size
    except DecompressionBombError:
        raise WenyunError("too_many_pixels") from None
    except DECODER_FAILURES as error:
        raise WenyunError("corrupt_image") from error
    return width * height


def _decode(name: str, data: bytes, limits: Limits) -> Picture:
    source = _opener(name)(data, limits)
    check_size(*source.image.size, limits)
    source.image.load()
    pixels, orientation, animated = to_bgr(source), source.orientation, source.animated
    # The decoder's own copy goes before the turn makes another.
    del source
    return Picture(turn(pixels, orientation), (ANIMATED,) if animated else ())


def _opener(name: str) -> Callable[[bytes, Limits], Source]:
    """The format's module, imported at first need: no start pays for formats it never sees."""
    module = importlib.import_module(f"wenyun.documents.formats.{name}")
    return cast(Callable[[bytes, Limits], Source], module.open_source)


def _quieten_pillow() -> None:
    """Pillow warns about files; our answer says all that the sender needs to know."""
    warnings.filterwarnings("ignore", module=r"PIL\.")
