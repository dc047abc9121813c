"""The words of a line.

A word is what stands between spaces. Where Han and Latin meet without a space, a word ends too: a
run of Han (with the marks in it) is one word, for without a dictionary its words cannot be told,
and so is a run of Latin letters, digits and the marks between them: `INV-2024/07`, `12.50`.
"""

import re
from collections.abc import Iterator, Sequence

from wenyun.result import Box, Line, Word

HAN = re.compile(
    r"[\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31a0-\u31bf\u3400-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff]"
)
LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")


def words(line: Line, detail: str = "word") -> tuple[Word, ...]:
    """A line's words, or its characters without the spaces for `detail` = char.

    A line whose characters have no places is one word.
    """
    if not line.characters:
        return (Word(line.text, line.confidence, line.box),) if line.text else ()
    if detail == "char":
        return tuple(mark for mark in line.characters if not mark.text.isspace())
    return tuple(_joined(run) for run in _runs(line.characters))


def runs_down(line: Line) -> bool:
    """Whether the line is a column of upright characters, one below the other."""
    if len(line.characters) < 2:
        return False
    first, last = line.characters[0].box, line.characters[-1].box
    across = (line.box[1][0] - line.box[0][0], line.box[1][1] - line.box[0][1])
    down = (line.box[3][0] - line.box[0][0], line.box[3][1] - line.box[0][1])
    way = (last[0][0] - first[0][0], last[0][1] - first[0][1])
    return _share(way, down) > _share(way, across)


def _share(way: tuple[float, float], side: tuple[float, float]) -> float:
    """How far a way goes along a side, in parts of the side."""
    length = side[0] ** 2 + side[1] ** 2
    return (way[0] * side[0] + way[1] * side[1]) / length if length else 0.0


def _runs(marks: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    script = ""
    for mark in marks:
        own = _script(mark.text)
        ends = mark.text.isspace() or (own and script and own != script)
        if ends and run:
            yield run
            run = []
            script = ""
        if not mark.text.isspace():
            run.append(mark)
            script = own or script
    if run:
        yield run


def _script(text: str) -> str:
    """Han or Latin; marks go with whatever they stand beside."""
    return "han" if HAN.match(text) else "latin" if LATIN.match(text) else ""


def _joined(run: Sequence[Word]) -> Word:
    text = "".join(mark.text for mark in run)
    return Word(text, sum(mark.confidence for mark in run) / len(run), _hull(run))


def _hull(run: Sequence[Word]) -> Box:
    """From the first character's start to the last one's end, in either direction of reading."""
    first, last = run[0].box, run[-1].box
    along = (first[0], last[1], last[2], first[3])
    below = (first[0], first[1], last[2], last[3])
    return along if area(along) >= area(below) else below


def area(box: Box) -> float:
    """What a box encloses; 0 for one that crosses itself evenly."""
    pairs = zip(box, (*box[1:], box[0]), strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
