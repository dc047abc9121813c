"""A lock between processes that ends with the process that has it."""

import os
from pathlib import Path


class ProcessLock:
    """Held by at most one at a time; not by children.

    Args:
        path: A file that stands for the lock.

    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Have the lock from now on, or see that another has it; repeatable."""
        if self._descriptor is not None:
            return True
        # Only Unix has it, and only one who starts workers needs it.
        import fcntl

        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def give(self) -> None:
        """Let another have it; repeatable."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
