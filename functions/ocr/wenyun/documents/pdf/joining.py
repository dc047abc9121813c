"""Parts of one line that the file names apart."""

from dataclasses import replace

from wenyun.documents.pdf.glyphs import Glyph
from wenyun.documents.pdf.spacing import space_between
from wenyun.documents.pdf.spans import Span, extent

JOIN_GAP = 0.9
"""Parts of one line that the file names apart stand no further apart than this."""


def joined(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Join parts of one line; drop what is drawn twice to look bold."""
    placed = sorted(
        ((run, extent(run)) for run in runs),
        key=lambda one: (one[0][0].angle, one[1].middle, one[1].start),
    )
    taken = [False] * len(placed)
    out = []
    for index, (run, place) in enumerate(placed):
        if taken[index]:
            continue
        line, end = list(run), place
        while (found := _next(placed, taken, index, line, end)) is not None:
            taken[found] = True
            more, there = placed[found]
            if not _repeats(line, end, more, there):
                space = space_between(line[-1], more[0], [])
                line += [space, *more] if space else more
                end = replace(end, end=there.end)
        out.append(line)
    return out


def _next(
    placed: list[tuple[list[Glyph], Span]],
    taken: list[bool],
    index: int,
    line: list[Glyph],
    end: Span,
) -> int | None:
    """The nearest part that goes on from a line's end, or repeats it."""
    best: tuple[float, int] | None = None
    for other in range(index + 1, len(placed)):
        run, place = placed[other]
        height = min(end.height, place.height)
        if run[0].angle != line[0].angle or place.middle - end.middle > 0.4 * end.height:
            break
        if taken[other] or run[0].hidden != line[0].hidden:
            continue
        if abs(place.middle - end.middle) > 0.4 * height:
            continue
        gap = place.start - end.end
        if _repeats(line, end, run, place):
            return other
        if -0.3 * height < gap < JOIN_GAP * height and (best is None or gap < best[0]):
            best = gap, other
    return best[1] if best else None


def _repeats(line: list[Glyph], end: Span, more: list[Glyph], there: Span) -> bool:
    """The same text once more, a hair beside the first."""
    if abs(there.end - end.end) > 0.2 * end.height or len(more) > len(line):
        return False
    return "".join(g.text for g in line[-len(more) :]) == "".join(g.text for g in more)
