"""Wenyun reads Chinese and English text in pictures, serverless or on one machine."""

from wenyun.version import __version__

__all__ = ["__version__"]
