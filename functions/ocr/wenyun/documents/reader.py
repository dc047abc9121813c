"""A file's bytes to its document: the one door that the API, the triggers and the command use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wenyun.deadline import Deadline
from wenyun.options import Options
from wenyun.result import Document

Progress = Callable[[int, int], None]
"""Called after each page with how many are done and how many there are to do."""


class Reader(Protocol):
    """Reads files."""

    def read(
        self,
        data: bytes,
        options: Options,
        deadline: Deadline,
        *,
        max_pages: int | None = None,
        progress: Progress | None = None,
    ) -> Document:
        """Read the pages of a file that the options ask for.

        Args:
            data: The whole file.
            options: What was asked for.
            deadline: When the time is up.
            max_pages: More pages to read than this are refused before the first is read.
            progress: Told of each page that is done.

        Raises:
            WenyunError: With a code of the contract, for input that cannot be read or time that
                ran out.

        """

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        """How many pages `read` would read.

        Args:
            data: The whole file.
            options: Its `pages` and `password` hold here.
            deadline: When the time is up.

        Raises:
            WenyunError: As `read` does before the first page.

        """

    def warm(self) -> None:
        """Open the models that every request needs; repeatable, raises when one cannot open."""

    def models(self) -> dict[str, str]:
        """Role to name of each model of the layer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a deployment takes: bytes of a file, pixels of a picture."""

    bytes: int
    pixels: int
