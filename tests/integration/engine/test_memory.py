"""A process that lives on is small again when a burst of large pages is over."""

import json
import subprocess
import sys

import pytest

from tests.enginekit.layer import MODELS

if not (MODELS / "manifest.json").is_file():
    pytest.skip("no model layer: run `make layer`", allow_module_level=True)
if sys.platform != "linux":
    pytest.skip("only Linux tells of memory in /proc", allow_module_level=True)

BURST = """
import json
import time
from concurrent.futures import ThreadPoolExecutor

from tests.scenes.catalogue import render
from tests.scenes.files import encoded
from wenyun.deadline import Deadline
from wenyun.observe.process import resident
from wenyun.options import Options
from wenyun.settings import Settings
from wenyun.wiring import make_lasting_reader

small, large = (encoded(render(name, 3, "clean"), ".png") for name in ("card", "menu"))
reader = make_lasting_reader(Settings.from_env(), seconds=0.5)


def read(data):
    (page,) = reader.read(data, Options(profile="balanced"), Deadline.after(300)).pages
    return [(line.text, line.box) for line in page.lines()]


def settled():
    # Several rounds of tidying, as the first may have come while others still read.
    time.sleep(3)
    return resident()


card, menu = read(small), read(large)
before = settled()
peak = before
with ThreadPoolExecutor(4) as pool:
    readings = [pool.submit(read, large) for _ in range(4)]
    while not all(one.done() for one in readings):
        peak = max(peak, resident())
        time.sleep(0.02)
after = settled()
same = all(one.result() == menu for one in readings) and read(small) == card
print(json.dumps({"before": before, "peak": peak, "after": after, "same": same}))
"""


@pytest.fixture(scope="module")
def burst() -> dict[str, int]:
    """Bytes in memory before, at the most and afterwards; whether all was read as ever."""
    ended = subprocess.run(
        [sys.executable, "-c", BURST], capture_output=True, text=True, check=True, timeout=600
    )
    found: dict[str, int] = json.loads(ended.stdout)
    return found


def test_memory_falls_to_near_what_it_was(burst: dict[str, int]) -> None:
    assert burst["peak"] > burst["before"] + 100_000_000
    assert burst["after"] < burst["before"] + 40_000_000


def test_what_is_read_meanwhile_is_read_as_ever(burst: dict[str, int]) -> None:
    assert burst["same"]
