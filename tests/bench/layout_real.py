"""The order of lines on real pages, as far as their labels tell it."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import numpy as np

from tests.bench.layout_score import inversions
from tests.bench.samples import REALSET, load
from tests.bench.text import normal
from wenyun.engine.geometry import Image
from wenyun.result import Block

SOURCES = ("pdf_zh_rendered", "receipts_en_sroie", "tests_misc_en")
MIN_LINES = 8
"""Pages of fewer matched lines say little of order."""


def real_table(read: Callable[[Image], Sequence[Block]]) -> str:
    """A row a page: how its lines come out against the order of its labels."""
    rows = ["| page | lines matched | order error | followed |", "|---|---|---|---|"]
    for source in SOURCES:
        if not (REALSET / source / "labels.jsonl").is_file():
            rows.append(f"| {source}: skipped, {REALSET} is absent | – | – | – |")
            continue
        for sample in load(REALSET / source):
            picture = cv2.imread(str(sample.path))
            found = places(sample.truth.lines, read(np.asarray(picture, np.uint8)))
            if len(found) >= MIN_LINES:
                pairs = len(found) * (len(found) - 1) / 2
                kept = sum(b == a + 1 for a, b in pairwise(found)) / (len(found) - 1)
                rows.append(
                    f"| {source}/{sample.path.name} | {len(found)}/{len(sample.truth.lines)} "
                    f"| {inversions(found) / pairs:.1%} | {kept:.0%} |"
                )
    return "\n".join(rows)


def places(labels: Sequence[str], blocks: Sequence[Block]) -> list[int]:
    """The ranks, among lines that were read verbatim, of the labels' lines, in their order.

    Lines whose text comes twice on either side are left out: they cannot be told apart.
    """
    read = [normal(line.text) for block in blocks for line in block.lines]
    wanted = [normal(label) for label in labels]
    often = {t for texts in (read, wanted) for t, n in Counter(texts).items() if n > 1}
    common = (set(read) & set(wanted)) - often
    rank = {text: place for place, text in enumerate(t for t in read if t in common)}
    return [rank[text] for text in wanted if text in common]
