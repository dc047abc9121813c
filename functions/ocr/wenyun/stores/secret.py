"""A secret that all processes of one installation share and that survives them."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from wenyun.stores.objects import StoreFaultError

SIZE = 32


def shared_secret(path: Path) -> bytes:
    """The secret in a file; the first to ask makes it.

    Raises:
        StoreFaultError: It can be neither read nor made, or something else is there.

    """
    try:
        if not path.exists():
            _make(path)
        found = path.read_bytes()
    except OSError as error:
        raise StoreFaultError(f"The secret of the jobs: {error.strerror}") from error
    if len(found) != SIZE:
        raise StoreFaultError(f"The secret of the jobs has {len(found)} bytes, not {SIZE}.")
    return found


def _make(path: Path) -> None:
    own = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(SIZE))
        file.flush()
        os.fsync(file.fileno())
    # Whole from the start, and whoever comes second keeps what the first has made.
    with suppress(FileExistsError):
        os.link(own, path)
    own.unlink()
