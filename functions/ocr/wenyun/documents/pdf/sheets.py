"""A PDF's pages. PDFium works in a process of its own, a page ahead of the engine."""

import logging
import math
import time
from bisect import bisect_right
from collections.abc import Sequence
from sys import intern
from typing import Any

import numpy as np

from wenyun.deadline import Deadline
from wenyun.documents.pdf.guard import PAGE_SECONDS
from wenyun.documents.pdf.process import Child, ChildDiedError, ChildSlowError
from wenyun.documents.pdf.wire import Message
from wenyun.documents.pixels import Pixels
from wenyun.documents.reader import Limits
from wenyun.documents.sheets import Sheet, chosen_pages
from wenyun.errors import KINDS, WenyunError
from wenyun.options import Options
from wenyun.result import Box, Line, Point, Word

log = logging.getLogger(__name__)

PATIENCE = PAGE_SECONDS * 2.0
"""Seconds on the clock that an answer may take: its CPU seconds, on a busy machine."""

MOST_DEATHS = 3
"""After so many pages that ended the child the rest of a file is not tried."""

MODEL = "pdf_text"


class PdfSheets:
    """An open PDF; see `Sheets`."""

    def __init__(self, data: bytes, options: Options, limits: Limits, deadline: Deadline) -> None:
        self._data = data
        self._options = options
        self._limits = limits
        self._deadline = deadline
        self._deaths = 0
        self._asked: int | None = None
        self._child: Child | None = None
        self.count = self._open()
        self._numbers: list[int] = []

    def sheet(self, number: int) -> Sheet:
        """Open one page; the next one that was asked for is drawn meanwhile."""
        self._numbers = self._numbers or chosen_pages(self._options.pages, self.count)
        try:
            with self._deadline.ending(self._kill):
                if self._asked != number:
                    self._restart_if(self._asked is not None or self._child is None)
                    self._ask(number)
                self._asked = None
                sheet = sheet_of(number, *self._answer())
        except (ChildDiedError, ChildSlowError) as error:
            raise self._failed(error, f"page {number}") from error
        self._ask_ahead(number)
        return sheet

    def close(self) -> None:
        """End the child; repeatable."""
        if self._child:
            self._child.close()
        self._child, self._asked = None, None

    def _kill(self) -> None:
        """Nobody waits any more: whoever listens to the child hears that it ended."""
        if child := self._child:
            child.kill()

    def _open(self) -> int:
        """Start a child on the file; the number of pages."""
        self._child = Child()
        passwords = [self._options.password] if self._options.password else []
        try:
            with self._deadline.ending(self._kill):
                until = self._until()
                self._child.send({"passwords": passwords}, self._data, until)
                answer, _ = self._child.hear(until)
            _check(answer)
            return _whole(answer["pages"])
        except (ChildDiedError, ChildSlowError) as error:
            raise self._failed(error, "opening") from error
        except BaseException:
            self.close()
            raise

    def _restart_if(self, needed: bool) -> None:
        if not needed:
            return
        self.close()
        if self._deaths >= MOST_DEATHS:
            raise WenyunError("corrupt_pdf")
        self._open()

    def _ask(self, number: int) -> None:
        assert self._child is not None
        request = {
            "number": number,
            "mode": self._options.pdf_mode,
            "pixels": self._limits.pixels,
        }
        self._child.send(request, b"", self._until())
        self._asked = number

    def _ask_ahead(self, number: int) -> None:
        place = bisect_right(self._numbers, number)
        if place == len(self._numbers):
            return
        try:
            self._ask(self._numbers[place])
        except (ChildDiedError, ChildSlowError):
            # This page is here; what became of the child is the next one's matter.
            self.close()

    def _answer(self) -> tuple[Message, list[Pixels]]:
        """The next answer with its pictures, each of the size that it names."""
        assert self._child is not None
        until = self._until()
        answer, payload = self._child.hear(until)
        _check(answer)
        images: list[Pixels] = []
        for name in ("read", "overview"):
            if answer[name] is not None:
                width, height = map(_whole, answer[name])
                if width * height > max(self._limits.pixels, 4_000_000):
                    raise ChildDiedError("a picture larger than asked for")
                images.append(np.empty((height, width, 3), np.uint8))
        if payload != sum(image.nbytes for image in images):
            raise ChildDiedError("pictures of another size")
        for image in images:
            self._child.into(image.data.cast("B"), until)
        return answer, images

    def _until(self) -> float:
        self._deadline.check()
        return min(self._deadline.at, time.monotonic() + PATIENCE)

    def _failed(self, error: Exception, where: str) -> WenyunError:
        """What to tell when the child is gone: the file is to blame, unless the time is up."""
        self.close()
        self._deadline.check()
        self._deaths += 1
        log.warning("PDF, %s: %s %s", where, type(error).__name__, error)
        return WenyunError(
            "corrupt_pdf",
            f"The PDF ({where}) takes more time or memory than a page may, or is damaged.",
            "PDF 处理所需的时间或内存超出限制，或文件已损坏。",
        )


def sheet_of(number: int, answer: Message, images: list[Pixels]) -> Sheet:
    """The child's answer as a sheet.

    Raises:
        ChildDiedError: It makes no sense.

    """
    rest = list(images)
    try:
        width, height, scale = (_positive(answer[name]) for name in ("width", "height", "scale"))
        x, y = (_number(value) for value in answer["origin"])
        return Sheet(
            number,
            width,
            height,
            rest.pop(0) if answer["read"] else None,
            unit="pt",
            scale=scale,
            lines=tuple(_line(line, width, height) for line in answer["lines"]),
            columns=sum(bool(line["column"]) for line in answer["lines"]),
            origin=(x, y),
            overview=rest.pop(0) if answer["overview"] else None,
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ChildDiedError(f"no sheet: {error}") from error


def _line(line: dict[str, Any], width: float, height: float) -> Line:
    """Read by the file itself, so there is nothing to be unsure of: the confidence is 1."""
    known: dict[Point, Point] = {}
    characters = tuple(
        Word(intern(str(text)), 1.0, _box(corners, width, height, known))
        for text, corners in line["characters"]
    )
    return Line(str(line["text"]), 1.0, _box(line["box"], width, height, known), MODEL, characters)


def _box(values: Sequence[Any], width: float, height: float, known: dict[Point, Point]) -> Box:
    """Neighbours share corners, and so their memory: a book has a million characters."""
    points = (
        (min(max(_number(x), 0.0), width), min(max(_number(y), 0.0), height))
        for x, y in zip(values[0:8:2], values[1:8:2], strict=True)
    )
    first, second, third, fourth = (known.setdefault(point, point) for point in points)
    return first, second, third, fourth


def _check(answer: Message) -> None:
    """Raise the error that an answer holds."""
    code = answer.get("error")
    if code is not None:
        if code not in KINDS:
            raise ChildDiedError("an unknown error")
        field = "password" if code == "pdf_password_required" else None
        raise WenyunError(code, str(answer["message"]), str(answer["message_zh"]), field=field)


def _whole(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 1 << 31:
        raise ChildDiedError("not a number")
    return value


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not a number")
    return number


def _positive(value: Any) -> float:
    number = _number(value)
    if number < 0:
        raise ValueError("less than nothing")
    return number
