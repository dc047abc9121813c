"""PDFs opened through their child process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from wenyun.deadline import Deadline
from wenyun.documents.opening import open_sheets
from wenyun.documents.pdf.sheets import PdfSheets
from wenyun.documents.reader import Limits
from wenyun.documents.sheets import Sheet
from wenyun.errors import WenyunError
from wenyun.options import parse_options

LIMITS = Limits(bytes=10_000_000, pixels=50_000_000)

Open = Callable[..., Any]
SheetOf = Callable[..., Sheet]
CodeOf = Callable[..., str]


@contextmanager
def opened(data: bytes, limits: Limits = LIMITS, **options: Any) -> Iterator[PdfSheets]:
    """The file's pages; the child is gone afterwards."""
    sheets = open_sheets(data, parse_options(options), limits, Deadline.after(120))
    assert isinstance(sheets, PdfSheets)
    try:
        yield sheets
    finally:
        sheets.close()


@pytest.fixture
def sheet_of() -> SheetOf:
    """One page of a file."""

    def sheet(data: bytes, number: int = 1, **options: Any) -> Sheet:
        with opened(data, **options) as sheets:
            return sheets.sheet(number)

    return sheet


@pytest.fixture
def error_of() -> Callable[..., WenyunError]:
    """The error that opening a file or its first page ends in."""

    def error(data: bytes, **options: Any) -> WenyunError:
        with pytest.raises(WenyunError) as caught, opened(data, **options) as sheets:
            sheets.sheet(1)
        return caught.value

    return error
