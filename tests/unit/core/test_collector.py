"""The collector rests while a process starts, and never looks at what stands then."""

import subprocess
import sys

import pytest

HELD = """
import gc, weakref
from wenyun import collector

class Ring:
    def __init__(self):
        self.itself = self

collector.hold()
assert not gc.isenabled()
before = Ring()
collector.release()
assert gc.isenabled() and gc.get_freeze_count() > 0
frozen = gc.get_freeze_count()
collector.release()
assert gc.get_freeze_count() == frozen

old, new = weakref.ref(before), weakref.ref(after := Ring())
del before, after
gc.collect()
assert old() is not None and new() is None
"""

NEVER_HELD = """
import gc
from wenyun import collector

collector.release()
assert gc.isenabled() and gc.get_freeze_count() == 0
"""

TURNED_OFF = """
import gc
from wenyun.cli import main

gc.disable()
assert main(["nothing.png"]) == 1
assert not gc.isenabled() and gc.get_freeze_count() == 0
gc.enable()
assert main(["nothing.png"]) == 1
assert gc.isenabled() and gc.get_freeze_count() == 0
"""
"""A program that reads files by the command's function has a collector of its own."""


@pytest.mark.parametrize(
    "script", [HELD, NEVER_HELD, TURNED_OFF], ids=["held", "never held", "turned off"]
)
def test_in_a_process_of_its_own(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True)
