"""The C library's heap: how it grows, and how what is free in it is given back.

All of it is for glibc, which keeps what is freed for the next who asks, in a heap for nearly every
thread. Other C libraries (musl, macOS) have no such calls and are left as they are.
"""

import functools
import os
from collections.abc import Callable, Mapping

MIB = 1 << 20

BOUNDS = {
    "MALLOC_ARENA_MAX": (-8, 2),
    "MALLOC_MMAP_THRESHOLD_": (-3, 4 * MIB),
    "MALLOC_TRIM_THRESHOLD_": (-1, 16 * MIB),
}
"""glibc's variables (mallopt(3)), their numbers in malloc.h, and what they are set to.

Two heaps instead of eight a CPU: threads that come and go leave less behind. What takes 4 MiB or
more, such as pixels and regions of the runtime's arena, is mapped and goes back when it is freed;
left to itself glibc raises that bound to 32 MiB, and the heaps are full of holes of that size.
"""


def bound(env: Mapping[str, str] = os.environ) -> list[str]:
    """Bound the heap of this process, before its threads start.

    Returns:
        The variables that were set; those that `env` has are left to whoever set them there.

    """
    calls = _calls()
    if calls is None:
        return []
    set_option, _ = calls
    wanted = {name: pair for name, pair in BOUNDS.items() if name not in env}
    return [name for name, (option, value) in wanted.items() if set_option(option, value)]


def trim() -> bool:
    """Give pages of the heap that hold nothing back to the system; safe while others allocate.

    By itself glibc gives back only what lies at a heap's end (malloc_trim(3)).

    Returns:
        Whether there was anything; False also where the C library has no such call.

    """
    calls = _calls()
    return calls is not None and bool(calls[1](0))


@functools.cache
def _calls() -> tuple[Callable[[int, int], int], Callable[[int], int]] | None:
    """`mallopt` and `malloc_trim`."""
    # Not needed by most commands, nor for a first answer.
    import ctypes

    try:
        library = ctypes.CDLL(None)
        option, trimming = library.mallopt, library.malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    option.argtypes, option.restype = [ctypes.c_int, ctypes.c_int], ctypes.c_int
    trimming.argtypes, trimming.restype = [ctypes.c_size_t], ctypes.c_int
    return option, trimming
