"""A file as pages to be read, whatever its format: what stands between files and the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from wenyun.documents.pixels import Pixels
from wenyun.errors import WenyunError
from wenyun.result import Line
from wenyun.values import PageRange


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file, opened.

    Attributes:
        number: The page's number in its file, from 1.
        width: As displayed, in `unit`.
        height: As displayed, in `unit`.
        pixels: (H, W, 3) uint8 BGR, what is to be read; None where nothing is.
        unit: `px`, or `pt` for a page of a PDF.
        scale: Pixels a unit.
        lines: What the file itself says is written there, in `unit`: a PDF's text layer.
        columns: How many of these lines are columns of vertical text.
        origin: Where `pixels` begin on the page, in `unit`: they may show a part of it.
        overview: (H, W, 3) uint8 BGR, the whole page as displayed, at any scale, for its layout;
            None where `pixels` are all there is.
        warnings: Codes of the contract.

    """

    number: int
    width: float
    height: float
    pixels: Pixels | None
    unit: str = "px"
    scale: float = 1.0
    lines: tuple[Line, ...] = ()
    columns: int = 0
    origin: tuple[float, float] = (0.0, 0.0)
    overview: Pixels | None = None
    warnings: tuple[str, ...] = ()


class Sheets(Protocol):
    """An open file of one page or more."""

    @property
    def count(self) -> int:
        """How many pages the file has."""

    def sheet(self, number: int) -> Sheet:
        """Open one page, numbered from 1.

        Raises:
            WenyunError: Where the page cannot be opened, or the time is up.

        """

    def close(self) -> None:
        """Give back what the file held; repeatable."""


def chosen_pages(ranges: Sequence[PageRange], count: int) -> list[int]:
    """The numbers of the pages that were asked for, in the file's order, each once.

    Raises:
        WenyunError: `invalid_option` where a range begins after the last page.

    """
    if not ranges:
        return list(range(1, count + 1))
    for wanted in ranges:
        if wanted.first > count:
            raise WenyunError(
                "invalid_option",
                f"There is no page {wanted.first}: the document has {count}.",
                f"没有第 {wanted.first} 页：文档共 {count} 页。",
                field="pages",
            )
    return sorted({number for wanted in ranges for number in _numbers(wanted, count)})


def _numbers(wanted: PageRange, count: int) -> Iterator[int]:
    return iter(range(wanted.first, min(wanted.last, count) + 1))
