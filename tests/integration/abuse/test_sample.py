"""A fixed sample of damaged input against the real app: no crash, no hang, no 500.

`python -m tests.bench.abuse` is the same in bulk.
"""

import pytest

from tests.fuzz.cases import KINDS
from tests.fuzz.tally import Tally, tally
from tests.fuzz.watch import outcomes
from wenyun.settings import Settings

if not (Settings.from_env().model_dir / "manifest.json").is_file():
    pytest.skip("no model layer: run `make layer`", allow_module_level=True)

pytestmark = pytest.mark.timeout(900)

SAMPLE = range(0, 2310, 7)
"""Seven and the number of kinds have nothing in common, so every kind is in it."""

PEAK_MEGABYTES = 900
"""Models, the arena and one picture; a 12-megapixel photo is read in less."""


@pytest.fixture(scope="module")
def sample() -> Tally:
    return tally(outcomes(SAMPLE))


def test_nothing_crashes_hangs_or_fails(sample: Tally) -> None:
    assert sample.cases == len(SAMPLE) == 330
    assert sample.clean, sample.report()


def test_memory_is_bounded(sample: Tally) -> None:
    assert 50 < sample.peak < PEAK_MEGABYTES


def test_the_sample_goes_deep_and_wide(sample: Tally) -> None:
    """Damage that is all refused at the door would show nothing."""
    assert set(sample.by_kind) == set(KINDS)
    read = sum(counts["read"] for counts in sample.by_kind.values())
    assert read > 0.2 * sample.cases
    assert len({code for counts in sample.by_kind.values() for code in counts}) >= 10
