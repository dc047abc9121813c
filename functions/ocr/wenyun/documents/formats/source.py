"""An opened picture, before its pixels are decoded."""

from dataclasses import dataclass

from PIL.Image import Image

from wenyun.documents.reader import Limits
from wenyun.errors import WenyunError

MIN_SIDE = 3
"""Fewer pixels than this cannot hold a character of any script."""

MAX_SIDE = 65_535
"""The longest side that a JPEG can have; it spares every later step a wider type."""


@dataclass(frozen=True, slots=True)
class Source:
    """A picture whose header is read.

    Attributes:
        image: Pillow's picture, not loaded yet.
        orientation: The EXIF turn still to be applied, 1 to 8.
        animated: Whether more frames follow the first.
        key: The one colour that means transparent, a value a band in the bands' own units.
        levels: For samples of more than 8 bits: the values that become black and white.

    """

    image: Image
    orientation: int = 1
    animated: bool = False
    key: tuple[int, ...] | None = None
    levels: tuple[float, float] | None = None


def check_size(width: int, height: int, limits: Limits) -> None:
    """Refuse a picture by what its header says, before memory is taken for it.

    Raises:
        WenyunError: `too_many_pixels` or `image_too_small`.

    """
    if width * height > limits.pixels or max(width, height) > MAX_SIDE:
        raise too_many_pixels(width, height, limits)
    if min(width, height) < MIN_SIDE:
        raise WenyunError(
            "image_too_small",
            f"The picture is {width} × {height} pixels; {MIN_SIDE} × {MIN_SIDE} is the least.",
            f"图片为 {width} × {height} 像素，至少需要 {MIN_SIDE} × {MIN_SIDE}。",
        )


def too_many_pixels(width: int, height: int, limits: Limits) -> WenyunError:
    """The error that says the picture's size and what is taken."""
    return WenyunError(
        "too_many_pixels",
        f"The picture is {width} × {height} pixels; at most {limits.pixels:,} pixels and "
        f"{MAX_SIDE:,} on a side are read.",
        f"图片为 {width} × {height} 像素；最多 {limits.pixels:,} 像素，每边最多 {MAX_SIDE:,}。",
    )
