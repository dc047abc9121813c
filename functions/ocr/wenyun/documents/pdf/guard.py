"""What holds a process back that works on files of strangers. Imported by the child."""

import contextlib
import ctypes
import os
import signal
import sys

MEMORY = 768 << 20
"""Bytes of address space beside the file itself: some 100 MB are the interpreter and PDFium."""

PAGE_SECONDS = 15
"""CPU seconds a page, and for opening a file; drawing a page takes a tenth of one."""

OPEN_FILES = 64
"""PDFium opens the system's fonts, one after another."""

_PR_SET_PDEATHSIG = 1


def bind(parent: int, file_bytes: int) -> None:
    """Limit memory, files and writing, and die with the parent.

    Args:
        parent: The process that started this one.
        file_bytes: Size of the file that will be worked on.

    """
    _die_with(parent)
    # The file is held once, and streams of its own size are unpacked from it.
    _limit("RLIMIT_AS", MEMORY + 2 * file_bytes)
    _limit("RLIMIT_NOFILE", OPEN_FILES)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_CORE", 0)


def allow_a_page() -> None:
    """So many CPU seconds from now; the system ends the process when they are spent."""
    spent = sum(os.times()[:2])
    _limit("RLIMIT_CPU", int(spent) + PAGE_SECONDS + 1)


def _limit(name: str, value: int) -> None:
    """Lower the soft limit; systems without it, or with a lower one, are left as they are."""
    try:
        import resource
    except ImportError:
        return
    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(OSError, ValueError):
        capped = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (capped, hard))


def _die_with(parent: int) -> None:
    """Be ended when the thread ends that started this process, and so when its process does.

    Elsewhere than on Linux the end of the pipe ends the child, at its next word.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
