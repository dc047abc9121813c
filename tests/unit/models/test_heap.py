"""Free memory that the C library keeps is given back, where it can be."""

import ctypes
import platform
import subprocess
import sys
from collections.abc import Iterator

import pytest

from wenyun.models import heap

GLIBC = platform.libc_ver()[0] == "glibc"

KEPT = """
from wenyun.models.heap import trim
from wenyun.observe.process import resident

pieces = [bytes(50_000) for _ in range(4_000)]
full = resident()
# Every hundredth piece stays, so that nothing is free at the heap's end.
pieces = pieces[99::100]
kept = resident()
trimmed = trim()
print(full, kept, resident(), trimmed, sum(map(len, pieces)))
"""


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """The C library is asked again."""
    heap._calls.cache_clear()
    yield
    heap._calls.cache_clear()


@pytest.mark.skipif(not GLIBC, reason="this C library is not glibc")
def test_what_lies_free_between_pieces_in_use_is_given_back() -> None:
    ended = subprocess.run([sys.executable, "-c", KEPT], capture_output=True, text=True, check=True)
    full, kept, after, trimmed, left = ended.stdout.split()
    assert int(kept) > int(full) - 20_000_000
    assert int(after) < int(full) - 150_000_000
    assert (trimmed, left) == ("True", "2000000")


@pytest.mark.skipif(not GLIBC, reason="this C library is not glibc")
def test_it_may_be_repeated() -> None:
    heap.trim()
    assert heap.trim() in (True, False)


class Bare:
    """A C library that has no such call, as musl and macOS."""


@pytest.mark.parametrize("error", [None, OSError("no library"), TypeError("None is no name")])
def test_no_such_call_does_no_harm(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def load(name: str | None) -> Bare:
        if error:
            raise error
        return Bare()

    monkeypatch.setattr(ctypes, "CDLL", load)
    assert heap.trim() is False
    assert heap.bound({}) == []


def test_the_library_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def load(name: str | None) -> Bare:
        asked.append(name)
        return Bare()

    monkeypatch.setattr(ctypes, "CDLL", load)
    for _ in range(3):
        heap.trim()
    assert asked == [None]


LARGE = """
import threading
from wenyun.models import heap
from wenyun.observe.process import resident

print(len(heap.bound({})) if BOUND else 0)
first = bytearray(30 << 20)
del first
before = resident()

def work():
    # Pieces of 5 MiB, freed below one that stays: a heap would keep them.
    kept.append([bytearray(b"x") * (5 << 20) for _ in range(10)][-1])

kept = []
for _ in range(4):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
print(resident() - before - sum(map(len, kept)))
"""


def left_behind(bound: bool) -> tuple[int, int]:
    program = LARGE.replace("BOUND", str(bound))
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    count, kept = map(int, ended.stdout.split())
    return count, kept


@pytest.mark.skipif(not GLIBC, reason="this C library is not glibc")
def test_what_is_large_goes_back_as_soon_as_it_is_freed() -> None:
    """Also after something larger was freed, from which glibc would learn to keep it."""
    assert left_behind(bound=False)[1] > 20_000_000
    count, kept = left_behind(bound=True)
    assert count == len(heap.BOUNDS)
    assert kept < 5_000_000


@pytest.mark.skipif(not GLIBC, reason="this C library is not glibc")
def test_variables_that_the_operator_set_hold() -> None:
    program = (
        "from wenyun.models.heap import bound\n"
        "print(bound({'MALLOC_ARENA_MAX': '8', 'MALLOC_TRIM_THRESHOLD_': '0'}))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "['MALLOC_MMAP_THRESHOLD_']"
