"""The garbage collector while a process starts.

What is imported stays, so that looking for garbage among it finds nothing: some sixty passes take a
tenth of a start.
"""

import gc


def hold() -> None:
    """Let the collector rest while modules are imported and parts are made."""
    gc.disable()


def release() -> None:
    """Let it work again, on what is made from here on: whatever stands now is never looked at.

    Nothing happens where it was not held. For whole processes alone: what is garbage by now is
    kept, unless nothing refers to it.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
