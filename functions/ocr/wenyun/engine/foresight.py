"""What a page will need soon is made ready on another thread while the detector looks at it.

A first answer gains most: the detector's runs leave the interpreter free and a CPU half idle, and
opening the readers and importing the layout's modules takes as long as reading a small page.
"""

import importlib
import threading
from collections.abc import Sequence
from contextlib import suppress

from wenyun.models.manifest import LayerError
from wenyun.models.sessions import SessionCache

LAYOUT = "wenyun.engine.layout.arrange"
"""Some thirty modules, of which nothing is needed before all lines are read."""


def foresee(sessions: SessionCache, roles: Sequence[str], threads: int) -> threading.Thread | None:
    """Begin to open what is not open yet, unless there is one CPU only, where it gains nothing.

    A model that does not open is an error for who needs it. The interpreter waits at its end for
    the thread, as a model must not be cut off while it opens.

    Returns:
        The thread, or None where nothing is to be done.

    """
    shut = [role for role in roles if not sessions.is_open(role)]
    if not shut or threads < 2:
        return None
    thread = threading.Thread(target=_prepare, args=(sessions, shut), name="wenyun-open")
    thread.start()
    return thread


def _prepare(sessions: SessionCache, roles: Sequence[str]) -> None:
    with suppress(LayerError):
        for role in roles:
            sessions.get(role)
    importlib.import_module(LAYOUT)
