"""What will be needed soon is made ready on another thread, where there is a CPU for it.

A first answer gains: opening a model and the detector's runs leave the interpreter to others, and
opening the models and importing the layout's modules takes as long as reading a small page.
"""

import importlib
import threading
from collections.abc import Sequence
from contextlib import suppress

from wenyun.models.manifest import LayerError
from wenyun.models.sessions import SessionCache

LAYOUT = "wenyun.engine.layout.arrange"
"""Some thirty modules, of which nothing is needed before all lines of a page are read."""


def foresee(
    sessions: SessionCache, roles: Sequence[str], threads: int, modules: Sequence[str] = ()
) -> threading.Thread | None:
    """Begin to open what is not open yet and to import modules, unless there is one CPU only.

    A model that does not open is an error for who needs it. The interpreter waits at its end for
    the thread, as a model must not be cut off while it opens.

    Returns:
        The thread, or None where all models are open or there is no CPU to spare.

    """
    shut = [role for role in roles if not sessions.is_open(role)]
    if not shut or threads < 2:
        return None
    thread = threading.Thread(target=_prepare, args=(sessions, shut, modules), name="wenyun-open")
    thread.start()
    return thread


def _prepare(sessions: SessionCache, roles: Sequence[str], modules: Sequence[str]) -> None:
    with suppress(LayerError):
        for role in roles:
            sessions.get(role)
    for module in modules:
        importlib.import_module(module)
