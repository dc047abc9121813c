"""The command with a reader that needs no models."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from wenyun.cli import run
from wenyun.cli_flags import parse_arguments
from wenyun.cli_streams import Streams
from wenyun.deadline import Deadline
from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits
from wenyun.options import Options
from wenyun.result import Block, Box, Document, Line, Page
from wenyun.settings import Settings

BOX: Box = ((10, 5), (40, 5), (40, 15), (10, 15))


@dataclass
class FakeReader:
    """Decodes for real, then always reads the same two lines."""

    asked: list[Options] = field(default_factory=list)
    failure: BaseException | None = None

    def read(self, data: bytes, options: Options, deadline: Deadline, **more: Any) -> Document:
        deadline.check()
        self.asked.append(options)
        if self.failure is not None:
            raise self.failure
        pixels = decode(data, Limits(bytes=1, pixels=1_000_000)).pixels
        lines = (Line("发票 Invoice", 0.9876, BOX, "crnn"), Line("¥12.50", 0.5, BOX, "second"))
        page = Page(1, pixels.shape[1], pixels.shape[0], 0, (Block("text", BOX, lines),))
        return Document((page,))

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        return 1

    def warm(self) -> None:
        """Nothing to open."""

    def models(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True)
class Ended:
    """How a run of the command ended."""

    status: int
    out: str
    err: str


Command = Callable[..., Ended]


class Terminal(StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def command(reader: FakeReader) -> Command:
    """Run the command on words as typed, with the fake reader."""

    def call(*words: str | Path, stdin: bytes = b"", terminal: bool = False) -> Ended:
        out, err = StringIO(), Terminal() if terminal else StringIO()
        args = parse_arguments([str(word) for word in words], Settings(), out)
        assert args is not None
        status = run(args, reader, Streams(BytesIO(stdin), out, err))
        return Ended(status, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A white PNG of 60 × 20 pixels."""
    path = tmp_path / "page.png"
    Image.fromarray(np.full((20, 60, 3), 255, np.uint8)).save(path)
    return path
