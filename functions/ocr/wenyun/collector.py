"""The garbage collector while a process starts.

What is imported stays, so that looking for garbage among it finds nothing: some sixty passes take a
tenth of a start.
"""

import gc

_held = False


def hold() -> None:
    """Let the collector rest while modules are imported and parts are made."""
    global _held
    _held = True
    gc.disable()


def release() -> None:
    """Let it work again, on what is made from here on: whatever stands now is never looked at.

    Nothing happens where it was not held here: who has turned it off otherwise keeps it so. For
    whole processes alone: what is garbage by now is kept, unless nothing refers to it.
    """
    global _held
    if _held:
        _held = False
        gc.freeze()
        gc.enable()
