"""Decoders in C that would write what they dislike to standard error, in the midst of the log.

A stranger's file decides what they dislike, and how often: what they find is told by our own codes.
"""

import ctypes

import cv2
from PIL import _imaging


def hush_opencv() -> None:
    """OpenCV's own log; errors come as exceptions all the same."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def hush_libtiff() -> None:
    """The libtiff that Pillow decodes with: without a handler it says nothing (TIFFError(3))."""
    # Pillow may come without libtiff, and then there is nothing to be silenced.
    set_handler = getattr(ctypes.CDLL(_imaging.__file__), "TIFFSetErrorHandler", None)
    if set_handler:
        set_handler.restype = ctypes.c_void_p
        set_handler.argtypes = [ctypes.c_void_p]
        set_handler(None)
