"""Wenyun reads Chinese and English text in pictures, serverless or on one machine."""

import os

from wenyun.version import __version__

__all__ = ["__version__"]

# numpy and OpenCV each bring an OpenBLAS that starts a thread a CPU as it loads. Nothing here
# multiplies large matrices, and where a CPU is paid for by the share those threads delay the start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The web framework's pydantic would look through every installed package for plugins of its own.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
