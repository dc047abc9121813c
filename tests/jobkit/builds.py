"""Homes of jobs by their kind, for tests that hold for all of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.jobkit.cloud import cloud_home
from tests.jobkit.home import Home
from tests.jobkit.house import house


@dataclass(frozen=True)
class Build:
    """One kind of home.

    Args:
        home: Makes one in a directory.
        stride: Of the points at which a run may break, every so many-th is tried.

    """

    home: Callable[[Path], AbstractContextManager[Home]]
    stride: int = 1


def embedded_build() -> Build:
    return Build(house)


def aws_build(url: str, stride: int = 1) -> Build:
    return Build(lambda root: cloud_home(url, root), stride)
