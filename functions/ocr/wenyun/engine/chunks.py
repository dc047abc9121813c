"""Very long lines: read in overlapping pieces that meet where there is no ink, and joined again."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from wenyun.engine.ctc import Reading
from wenyun.engine.geometry import Image
from wenyun.engine.ink import ink_of
from wenyun.engine.recognise import MAX_RATIO, LineCrop
from wenyun.engine.vertical import unstack

PIECE = 40
"""Pieces are about so many times as wide as high."""

LONGEST = 500
"""Lines wider than this many times their height are squeezed to it: time is bounded."""

OVERLAP = 1.0
"""Line heights that a piece sees beyond its ends: the characters there are whole in it."""

SEARCH = 3.0
"""Line heights either side of an even cut in which a gap is looked for."""

SPACE_REACH = 0.25
"""Line heights by which two pieces may differ on where a space is."""

INSIDE = 0.999
"""The last place in a piece: its end is the next one's."""

ReadCrops = Callable[[Sequence[LineCrop]], list[Reading]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Columns that a piece gives (`start` to `end`) and those that it sees, in pixels."""

    start: int
    end: int
    seen_start: int
    seen_end: int


def read_crops(crops: Sequence[LineCrop], read: ReadCrops) -> list[Reading]:
    """Read lines of any length; the answers stand in the order of the crops.

    Lines too long for the reader are cut into pieces, one line after another, so that only one of
    them is in memory.
    """
    short = [i for i, crop in enumerate(crops) if crop.ratio <= MAX_RATIO]
    readings = dict(zip(short, read([crops[i] for i in short]), strict=True))
    for index, crop in enumerate(crops):
        if index not in readings:
            readings[index] = unstack(_read_long(squeezed(crop.cut()), read), crop.cells)
    return [readings[index] for index in range(len(crops))]


def _read_long(image: Image, read: ReadCrops) -> Reading:
    height, width = image.shape[:2]
    pieces = plan(ink_of(image))
    found = read([_crop(image[:, piece.seen_start : piece.seen_end]) for piece in pieces])
    return join(found, pieces, width, height)


def squeezed(image: Image) -> Image:
    """A line no longer than `LONGEST`."""
    height, width = image.shape[:2]
    if width <= LONGEST * height:
        return image
    size = (LONGEST * height, height)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _crop(image: Image) -> LineCrop:
    return LineCrop(image.shape[1] / image.shape[0], lambda: image)


def plan(ink: npt.NDArray[np.bool_]) -> list[Piece]:
    """Cut a line of (H, W) ink into pieces at gaps."""
    height, width = ink.shape
    count = max(1, math.ceil(width / (PIECE * height)))
    filled = np.count_nonzero(ink, axis=0)
    reach = round(SEARCH * height)
    even = (round(width * part / count) for part in range(1, count))
    cuts = [0, *(_gap(filled, at, reach) for at in even), width]
    more = round(OVERLAP * height)
    return [
        Piece(start, end, max(0, start - more), min(width, end + more))
        for start, end in pairwise(cuts)
    ]


def _gap(filled: npt.NDArray[np.intp], at: int, reach: int) -> int:
    """The middle of the widest stretch with the least ink near a column."""
    low = max(0, at - reach)
    window = filled[low : at + reach]
    least = np.concatenate([[0], (window == np.min(window)).astype(np.int8), [0]])
    starts, ends = (np.flatnonzero(np.diff(least) == way) for way in (1, -1))
    widest = int(np.argmax(ends - starts))
    return low + int(starts[widest] + ends[widest]) // 2


def join(readings: Sequence[Reading], pieces: Sequence[Piece], width: int, height: int) -> Reading:
    """What the pieces of a line say together: each gives the characters whose centres are its own.

    Args:
        readings: One a piece.
        pieces: From left to right; together they cover the line.
        width: The line's width in pixels.
        height: Its height.
    """
    own = [mark for pair in zip(readings, pieces, strict=True) for mark in _marks(*pair, height)]
    kept: list[Mark] = []
    for mark in sorted(own, key=lambda mark: mark.at):
        if not (mark.text == " " and kept and kept[-1].text == " "):
            kept.append(mark)
    lost = sum(
        reading.unread * (piece.seen_end - piece.seen_start)
        for reading, piece in zip(readings, pieces, strict=True)
    )
    return Reading(
        "".join(mark.text for mark in kept),
        tuple(mark.sure for mark in kept),
        tuple(min(1.0, mark.at / width) for mark in kept),
        min(1.0, lost / width),
        tuple((mark.start / width, mark.end / width) for mark in kept),
        likelihood=_all_right(readings),
    )


def _all_right(readings: Sequence[Reading]) -> float | None:
    """How likely it is that every piece is right; None where the reader is not calibrated."""
    found = [reading.likelihood for reading in readings if reading.text.strip()]
    known = [one for one in found if one is not None]
    return math.prod(known) if known and len(known) == len(found) else None


@dataclass(frozen=True, slots=True)
class Mark:
    """A character, how sure it is, and its centre, start and end in pixels of the line."""

    text: str
    sure: float
    at: float
    start: float
    end: float


def _marks(reading: Reading, piece: Piece, height: int) -> list[Mark]:
    """The characters of a piece whose centres are its own.

    A space stands where the piece ends, for words part there: both sides give it, or each would
    take it to be on the other.
    """
    seen = piece.seen_end - piece.seen_start
    spans = reading.spans or [(at, at) for at in reading.positions]
    marks = [
        Mark(text, sure, *(piece.seen_start + min(part, INSIDE) * seen for part in (at, *span)))
        for text, sure, at, span in zip(
            reading.text, reading.confidences, reading.positions, spans, strict=True
        )
    ]
    near = SPACE_REACH * height
    return [
        mark
        for mark in marks
        for reach in [near if mark.text == " " else 0.0]
        if piece.start - reach <= mark.at < piece.end + reach
    ]
