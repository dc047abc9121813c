"""Pages delivered twice and functions that end in the middle, at a fixed seed.

`python -m tests.bench.jobs --aws` does the same with a thousand pages.
"""

from tests.chainkit.unruly import run_pages


def test_no_page_more_and_no_page_less() -> None:
    found = run_pages(60, seed=178)
    assert found.state == "succeeded"
    assert found.counted == found.results == found.right == 60
    assert found.twice == 0
    assert found.left == 0
    assert found.doubled > 1
    assert found.crashes > 2
    assert found.reads >= 60
