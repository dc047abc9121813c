"""Blobs as files below one directory; no part of a path was ever chosen by a client."""

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wenyun.stores.blobs import BlobMissingError
from wenyun.stores.objects import StoreFaultError, StoreFullError

_KEY = re.compile(r"[a-z0-9]+(/[a-z0-9]+)*")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)
"""What file systems say that know one name a file."""


class Files:
    """Blobs below `root`, which is made where it is not there; see `BlobStore`.

    A file is written beside its place under a name of its own, brought to the disk, and then
    given its name in one step.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._spool = root / ".spool"
        with _faults():
            self._spool.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, in place of what was there."""
        target = self.path(key)
        with self.spool() as (path, file):
            file.write(data)
            _sync(file)
            _make_home(target)
            path.replace(target)
            _sync_directory(target.parent)

    def put_file(self, key: str, path: Path) -> bool:
        """Keep a file unless the key is taken."""
        target = self.path(key)
        with _faults():
            with path.open("rb") as file:
                os.fsync(file.fileno())
            _make_home(target)
            first = _link(path, target)
            path.unlink(missing_ok=True)
            _sync_directory(target.parent)
        return first

    def get(self, key: str) -> bytes:
        """The bytes of a key."""
        with _faults():
            try:
                return self.path(key).read_bytes()
            except FileNotFoundError:
                raise BlobMissingError(key) from None

    def has(self, key: str) -> bool:
        """Whether there is something under a key."""
        return self.path(key).exists()

    def delete(self, prefix: str) -> None:
        """Remove a key, or all below it."""
        path = self.path(prefix)
        with _faults():
            if path.is_dir():
                # Who writes into it at this moment makes it anew; the sweep takes that.
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def path(self, key: str) -> Path:
        """Where a key's file is; keys are made by us, and any other is a fault of ours."""
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a key: {key!r}")
        return self._root / key

    @contextmanager
    def spool(self) -> Iterator[tuple[Path, BinaryIO]]:
        """A new file to fill; gone when the block ends, unless it was given a place."""
        path = self._spool / secrets.token_hex(16)
        with _faults():
            try:
                opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(opened, "wb") as file:
                    yield path, file
            finally:
                path.unlink(missing_ok=True)

    def room(self) -> int:
        """Bytes that are free where the files are."""
        with _faults():
            return shutil.disk_usage(self._root).free

    def homes(self, before: float) -> list[str]:
        """The first parts of all keys whose directory has not changed since some time."""
        with _faults(), os.scandir(self._root) as found:
            return [
                entry.name
                for entry in found
                if _KEY.fullmatch(entry.name) and _changed(entry) < before
            ]

    def forget_spools(self, before: float) -> None:
        """Remove files that nobody has filled since some time: their writer was killed."""
        with _faults(), os.scandir(self._spool) as found:
            for entry in found:
                if _changed(entry) < before:
                    Path(entry.path).unlink(missing_ok=True)


def _changed(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return time.time()


def _link(path: Path, target: Path) -> bool:
    """Give a file a second name unless that is taken; whether it got it."""
    try:
        os.link(path, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            return False
        path.replace(target)
    return True


def _make_home(target: Path) -> None:
    if not target.parent.is_dir():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_directory(target.parent.parent)
        _sync_directory(target.parent.parent.parent)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_directory(path: Path) -> None:
    """Bring a directory's names to the disk; some file systems cannot, and need not."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = StoreFullError if error.errno in _FULL else StoreFaultError
        raise kind(f"The files of the jobs: {error.strerror}") from error
