"""A file's bytes to its document: the one door that the API, the triggers and the command use."""

from dataclasses import dataclass
from typing import Protocol

from wenyun.deadline import Deadline
from wenyun.options import Options
from wenyun.result import Document


class Reader(Protocol):
    """Reads files."""

    def read(self, data: bytes, options: Options, deadline: Deadline) -> Document:
        """Read every page of a file.

        Raises:
            WenyunError: With a code of the contract, for input that cannot be read or time that
                ran out.

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
