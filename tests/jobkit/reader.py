"""A reader that does what stands in the file: `order(pages=3, seed="a", bad=[2])`."""

import json
import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wenyun.deadline import Deadline
from wenyun.documents.sheets import chosen_pages
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Block, Box, Document, Line, Page

MAGIC = b"\x89PNG\r\n\x1a\n"
BOX: Box = ((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, 12.0))


def order(**what: Any) -> bytes:
    """A file that looks like a PNG and tells the reader what to do.

    `pages`: how many there are; `seed`: stands in every line; `seconds`: a page's; `bad`, `slow`,
    `hang`, `fail`, `kill`: numbers of pages that are corrupt, run out of time, never end, break the
    reader, kill the process.
    """
    return MAGIC + json.dumps(what).encode()


def document(**what: Any) -> bytes:
    """The same in a file that looks like one of many pages."""
    return b"II*\0" + json.dumps(what).encode()


def line_of(seed: str, number: int) -> str:
    """What stands on a page."""
    return f"{seed}: page {number}"


def text_of(seed: str, *numbers: int) -> str:
    """The text of a whole document."""
    return "\n\n".join(line_of(seed, number) for number in numbers) + "\n"


@dataclass
class OrderReader:
    """Counts what it reads; `log` names a file to which each page is written as it begins."""

    log: Path | None = None
    read_pages: list[int] = field(default_factory=list)

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        what = parse(data)
        if code := what.get("refuse"):
            raise WenyunError(code)
        return len(chosen_pages(options.pages, what.get("pages", 1)))

    def read(self, data: bytes, options: Options, deadline: Deadline, **more: Any) -> Document:
        what = parse(data)
        numbers = chosen_pages(options.pages, what.get("pages", 1))
        if len(numbers) > (more.get("max_pages") or len(numbers)):
            raise WenyunError("too_many_pages")
        return Document(tuple(self._page(what, number, deadline) for number in numbers))

    def warm(self) -> None:
        """Nothing to open."""

    def models(self) -> dict[str, str]:
        return {"recogniser": "orders"}

    def _page(self, what: dict[str, Any], number: int, deadline: Deadline) -> Page:
        self.read_pages.append(number)
        if self.log:
            with self.log.open("a") as file:
                file.write(f"{what.get('seed', '')} {number}\n")
        time.sleep(what.get("seconds", 0))
        if number in what.get("kill", ()):
            os.kill(os.getpid(), signal.SIGKILL)
        if number in what.get("slow", ()):
            raise WenyunError("time_limit")
        if number in what.get("hang", ()):
            time.sleep(3600)
        if number in what.get("bad", ()):
            raise WenyunError("corrupt_image")
        if number in what.get("fail", ()):
            raise RuntimeError("the reader is broken at /srv/secret")
        line = Line(line_of(what.get("seed", ""), number), 0.9, BOX, "crnn")
        return Page(number, 40, 20, 0, (Block("text", BOX, (line,)),), {"detect": 0.25})


def parse(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data[data.index(b"{") :])
    return found
