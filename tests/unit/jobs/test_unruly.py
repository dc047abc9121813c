"""Pages delivered twice and processes that end in the middle, at a fixed seed.

`python -m tests.bench.jobs` does the same with a thousand pages.
"""

from pathlib import Path

import pytest

from tests.jobkit.unruly import run_pages


@pytest.mark.parametrize("seed", [4, 6])
def test_no_page_more_and_no_page_less(tmp_path: Path, seed: int) -> None:
    found = run_pages(tmp_path, 150, seed)
    assert found.state == "succeeded"
    assert found.counted == found.results == found.right == 150
    assert found.twice == 0
    assert found.left == 0
    assert found.doubled > 2
    assert found.crashes > 0
    assert found.reads >= 150
