"""Running titles and page numbers: what comes back at the same place on the pages of a document.

One page shows a header only by the white below it; several pages show it by saying it again
(after X. Lin, "Header and footer extraction by page association", SPIE 5010, 2003: lines at the
same place of neighbouring pages that are alike once their digits are left out).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wenyun.result import Block, Box, Line, Page

MIN_PAGES = 3
"""Two pages are too few to tell a running title from a coincidence."""

SHARE = 0.5
"""A running title is on this part of the pages, or of every other one."""

MARGIN = 0.15
"""Running titles lie in this part of the page, from the top or from the bottom."""

PLACES = 60
"""How many places up and down a page are told apart."""

FROM_EDGE = 2
"""So many lines from the page's edge inwards may be running titles."""

KINDS = ("header", "footer")
DIGITS = re.compile(r"[\d\s]+")

Key = tuple[str, str, int]
"""Header or footer, the text without digits, the place."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line near a page's edge: where it is in the tree, and what it is alike to."""

    page: int
    block: int
    line: int
    key: Key


def mark_running(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with repeated headers and footers marked as such.

    A line that is marked leaves its block and becomes a block of its own, the first of its page
    or the last; no line is lost. Pages that lie on their side are left as they are.
    """
    if len(pages) < MIN_PAGES:
        return tuple(pages)
    seen: dict[Key, list[Candidate]] = defaultdict(list)
    for number, page in enumerate(pages):
        for found in _candidates(number, page):
            seen[found.key].append(found)
    marked: dict[int, list[Candidate]] = defaultdict(list)
    numbers = {page.number for page in pages}
    for key in seen:
        alike = [found for at in (-1, 0, 1) for found in seen.get((*key[:2], key[2] + at), [])]
        if _repeats({pages[found.page].number for found in alike}, numbers):
            for found in seen[key]:
                marked[found.page].append(found)
    return tuple(_with_marks(page, marked.get(n, [])) for n, page in enumerate(pages))


def _repeats(on: set[int], numbers: set[int]) -> bool:
    """On half of the pages, or on half of the left or of the right ones."""
    parts = [numbers, *({n for n in numbers if n % 2 == side} for side in (0, 1))]
    return any(len(on & part) >= max(MIN_PAGES, SHARE * len(part)) for part in parts)


def _candidates(number: int, page: Page) -> Iterator[Candidate]:
    """Lines near the upper and the lower edge of a page that stands upright."""
    if page.angle or page.height <= 0:
        return
    places = [
        (_middle(line.box) / page.height, b, n)
        for b, block in enumerate(page.blocks)
        if block.type not in ("table", "figure")
        for n, line in enumerate(block.lines)
    ]
    places.sort()
    edges = {KINDS[0]: places[:FROM_EDGE], KINDS[1]: places[-FROM_EDGE:]}
    for kind, near in edges.items():
        for height, block, line in near:
            if height < MARGIN if kind == KINDS[0] else height > 1 - MARGIN:
                text = DIGITS.sub("", page.blocks[block].lines[line].text).casefold()
                yield Candidate(number, block, line, (kind, text, round(height * PLACES)))


def _with_marks(page: Page, marked: list[Candidate]) -> Page:
    if not marked:
        return page
    kinds = {(found.block, found.line): found.key[0] for found in marked}
    inner: list[Block] = []
    out: dict[str, list[Block]] = {kind: [] for kind in KINDS}
    for b, block in enumerate(page.blocks):
        if block.type in out:
            out[block.type].append(block)
            continue
        kept = [line for n, line in enumerate(block.lines) if (b, n) not in kinds]
        if len(kept) == len(block.lines):
            inner.append(block)
            continue
        for n, line in enumerate(block.lines):
            if (b, n) in kinds:
                out[kinds[b, n]].append(Block(kinds[b, n], _frame([line]), (line,)))
        if kept:
            inner.append(replace(block, box=_frame(kept), lines=tuple(kept)))
    return replace(page, blocks=(*out[KINDS[0]], *inner, *out[KINDS[1]]))


def _middle(box: Box) -> float:
    return sum(y for _, y in box) / len(box)


def _frame(lines: Sequence[Line]) -> Box:
    xs = [x for line in lines for x, _ in line.box]
    ys = [y for line in lines for _, y in line.box]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)
