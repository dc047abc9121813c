"""A progress bar for several files, or for the pages of one, where a terminal shows it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import Any, Protocol, TextIO


class Progress(Protocol):
    """Shows how many files are done, and how many pages of the present one."""

    def step(self) -> None:
        """One more file is done."""

    def pages(self, done: int, count: int) -> None:
        """So many pages of the present file are done."""

    def aside(self) -> AbstractContextManager[Any]:
        """Out of the way while something else is written."""


class _Silent:
    def step(self) -> None:
        """Nothing to show."""

    def pages(self, done: int, count: int) -> None:
        """Nothing to show."""

    def aside(self) -> AbstractContextManager[Any]:
        return nullcontext()


class _Files:
    """Counts files; the page of a long one stands behind."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def step(self) -> None:
        self._bar.set_postfix_str("", refresh=False)
        self._bar.update()

    def pages(self, done: int, count: int) -> None:
        self._bar.set_postfix_str(f"page {done}/{count}" if count > 1 else "")

    @contextmanager
    def aside(self) -> Iterator[None]:
        self._bar.clear()
        yield
        self._bar.refresh()


class _Pages:
    """Counts the pages of one file, and is not there before it is known to have several."""

    def __init__(self, make: Callable[[int], Any]) -> None:
        self._make = make
        self._bar: Any = None

    def step(self) -> None:
        """There is one file."""

    def pages(self, done: int, count: int) -> None:
        if count > 1:
            self._bar = self._bar or self._make(count)
            self._bar.update(done - self._bar.n)

    @contextmanager
    def aside(self) -> Iterator[None]:
        self.close()
        yield

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


@contextmanager
def progress_for(count: int, err: TextIO) -> Iterator[Progress]:
    """A bar on `err` at a terminal, else nothing.

    Of several files the bar counts files, of a single one its pages, and it shows only where those
    are more than one. tqdm comes with the server's packages; without it there is no bar.
    """
    if not err.isatty():
        yield _Silent()
        return
    try:
        from tqdm import tqdm
    except ImportError:
        yield _Silent()
        return
    if count > 1:
        with tqdm(total=count, file=err, unit="file", leave=False) as bar:
            yield _Files(bar)
        return
    pages = _Pages(lambda total: tqdm(total=total, file=err, unit="page", leave=False))
    with closing(pages):
        yield pages
