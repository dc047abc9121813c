"""The command's files as bytes."""

from pathlib import Path
from typing import BinaryIO

from wenyun.cli_flags import STDIN
from wenyun.errors import WenyunError

MAX_FILE_BYTES = 200_000_000
"""A file is held in memory; this is ten times what the service takes by default."""


def read_input(name: str, stdin: BinaryIO) -> bytes:
    """A file's content; `-` is standard input.

    Raises:
        WenyunError: `not_found` where it cannot be opened, `file_too_large`.

    """
    try:
        if name == STDIN:
            return _read(stdin)
        with Path(name).open("rb") as file:
            return _read(file)
    except OSError as error:
        raise WenyunError("not_found", error.strerror or str(error)) from error


def _read(file: BinaryIO) -> bytes:
    data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        megabytes = MAX_FILE_BYTES // 1_000_000
        raise WenyunError("file_too_large", f"The file is larger than {megabytes} MB.")
    return data
