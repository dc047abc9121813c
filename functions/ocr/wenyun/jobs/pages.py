"""Which pages a job reads."""

import heapq
from collections.abc import Sequence
from itertools import groupby, islice

from wenyun.values import PageRange


def page_numbers(ranges: Sequence[PageRange], total: int) -> list[int]:
    """The numbers of the pages to read, in order, each once.

    Args:
        ranges: What was asked for; nothing means every page.
        total: How many pages that were found to be. Ranges may name pages beyond the end of the
            file, but those are the last ones, so that the first `total` are the right ones.

    """
    if not ranges:
        return list(range(1, total + 1))
    found = heapq.merge(
        *(range(wanted.first, wanted.last + 1) for wanted in sorted(ranges, key=_first))
    )
    return list(islice((number for number, _ in groupby(found)), total))


def _first(wanted: PageRange) -> int:
    return wanted.first
