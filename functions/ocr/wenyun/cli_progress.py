"""A progress bar for several files, where there is a terminal to show it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol, TextIO


class Progress(Protocol):
    """Shows how many files are done."""

    def step(self) -> None:
        """One more is done."""

    def aside(self) -> AbstractContextManager[Any]:
        """Out of the way while something else is written."""


class _Silent:
    def step(self) -> None:
        """Nothing to show."""

    def aside(self) -> AbstractContextManager[Any]:
        return nullcontext()


class _Bar:
    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def step(self) -> None:
        self._bar.update()

    @contextmanager
    def aside(self) -> Iterator[None]:
        self._bar.clear()
        yield
        self._bar.refresh()


@contextmanager
def progress_for(count: int, err: TextIO) -> Iterator[Progress]:
    """A bar on `err` for more than one file at a terminal, else nothing.

    tqdm comes with the server's packages; without it there is no bar.
    """
    if count < 2 or not err.isatty():
        yield _Silent()
        return
    try:
        from tqdm import tqdm
    except ImportError:
        yield _Silent()
        return
    with tqdm(total=count, file=err, unit="file", leave=False) as bar:
        yield _Bar(bar)
