"""What decoding adds to what a recogniser sees: `python -m tests.bench.decoding recogniser second`.

Lines right (spaces and width ignored), in percent: the best class a step; the beam alone; the
beam with the n-grams; then, on lines in hard pictures of which something is known, with a lexicon
that has the line among 1,000 words, with one that lacks it (what was right has to stay so), and
with what the line is expected to hold. `--sent` prints how many lines go to the second reader,
and what is right then.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.hard_lines import KINDS, dishes, lines
from tests.bench.recognisers import Crop, drawn
from tests.bench.table import table
from tests.bench.text import unspaced
from tests.scenes.catalogue import SCENES
from wenyun.deadline import NEVER, Deadline
from wenyun.engine.ctc import Reading
from wenyun.engine.decoding.aids import NOTHING, Wishes
from wenyun.engine.decoding.beam import Guide
from wenyun.engine.recognise import LineCrop
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import Manifest, load_manifest
from wenyun.models.sessions import FloatArray, SessionCache, open_session
from wenyun.options import Options as Options
from wenyun.settings import find_model_dir

WORDS = 1000
BARS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1.1)


class Even:
    """A guide that knows nothing: the beam alone."""

    def start(self) -> None:
        """As in `Guide`."""

    def step(self, state: Any, label: int) -> tuple[None, float]:
        """As in `Guide`."""
        return None, 0.0

    def ends(self, state: Any) -> bool:
        """As in `Guide`."""
        return True


@dataclass(frozen=True, slots=True)
class Way:
    """A way to decode: with what guide (None: none; unset: the layer's), and what is known."""

    name: str
    language: bool = True
    guide: Guide | None = None


GREEDY = Way("best class", language=False)
BEAM = Way("beam", language=False, guide=Even())
LANGUAGE = Way("beam, n-grams")


class Bench:
    """One role of the layer, each line run once however often it is decoded."""

    def __init__(self, manifest: Manifest, role: str) -> None:
        self.role = role
        self._session = open_session(manifest.entry(role), 1)
        self._last: FloatArray | None = None
        entry = replace(manifest.entry(role), language_weight=0.0)
        bare = replace(manifest, models={**manifest.models, role: entry})
        self._tools = {
            language: Toolbox(SessionCache(one, 1, self._open), 1)
            for language, one in ((True, manifest), (False, bare))
        }

    def _open(self, *_: object) -> "Bench":
        return self

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        """As in `Session`: the last answer as long as the line is the same."""
        if self._last is None:
            self._last = self._session.run(batch, deadline)
        return self._last

    def shrink(self) -> None:
        """Nothing is kept."""

    def fresh(self) -> None:
        """The next line is another one."""
        self._last = None

    def read(self, line: Crop, way: Way, wishes: Wishes = NOTHING) -> Reading:
        """A line, decoded in a way."""
        tools = self._tools[way.language]
        reader = tools.recogniser(self.role, line.lang, wishes)
        if way.guide is not None:
            reader._decoder._guide = way.guide
        ratio = line.picture.shape[1] / line.picture.shape[0]
        (found,) = reader.read([LineCrop(ratio, lambda: line.picture)], tools.executor, Deadline())
        if way.guide is not None:
            reader._decoder._guide = None
        return found


def main(argv: list[str] | None = None) -> None:
    """Read everything and print the tables."""
    given = _parser().parse_args(argv)
    manifest = load_manifest(find_model_dir(os.environ))
    if given.ngrams is not None:
        manifest = knowing(manifest, given.ngrams, given.weight, given.bonus)
    benches = [Bench(manifest, role) for role in given.reader]
    page_lines = list(drawn(given.scene, given.pages))
    seen: dict[str, list[tuple[Reading, bool]]] = {}
    for bench in benches:
        _say(general(bench, page_lines, seen))
    if given.sent and len(benches) == 2:
        _say(sent_on(*(seen[bench.role] for bench in benches)))
    for bench in benches:
        _say(known(bench, given.lines))


def knowing(manifest: Manifest, ngrams: Path, weight: float, bonus: float) -> Manifest:
    """The layer with n-grams that count for every recogniser."""
    models = {
        role: replace(entry, language_weight=weight, language_bonus=bonus)
        for role, entry in manifest.models.items()
    }
    return replace(manifest, language=ngrams, models=models)


def general(
    bench: Bench, page_lines: Sequence[Crop], seen: dict[str, list[tuple[Reading, bool]]]
) -> str:
    """Lines of the scenes, decoded in every way in which nothing is known of them."""
    right: dict[tuple[str, str], list[bool]] = {}
    for line in page_lines:
        bench.fresh()
        for way in (GREEDY, BEAM, LANGUAGE):
            reading = bench.read(line, way)
            good = unspaced(reading.text) == unspaced(line.text)
            for row in (line.row, "all"):
                right.setdefault((row, way.name), []).append(good)
            if way is LANGUAGE:
                seen.setdefault(bench.role, []).append((reading, good))
    rows = [*dict.fromkeys(line.row for line in page_lines), "all"]
    ways = [way.name for way in (GREEDY, BEAM, LANGUAGE)]
    body = [
        [row, str(len(right[row, ways[0]])), *(_share(right[row, way]) for way in ways)]
        for row in rows
    ]
    return table([f"{bench.role}: drawn lines", "lines", *ways], body)


def known(bench: Bench, count: int) -> str:
    """Lines in hard pictures, with and without what is known of them."""
    body = []
    for kind in KINDS:
        found = list(_cases(bench, kind, count))
        cells = [kind, str(len(found))]
        for name in ("plain", "with", "without", "expected"):
            got = [case[name] for case in found if name in case]
            cells.append(_share(got) if got else "")
        lost = [case["plain"] and not case["without"] for case in found if "without" in case]
        cells.append(str(sum(lost)) if lost else "")
        body.append(cells)
    heads = ["as it is", "lexicon", "lexicon without the line", "expect", "lost by such a lexicon"]
    return table([f"{bench.role}: hard lines", "lines", *heads], body)


def _cases(bench: Bench, kind: str, count: int) -> Iterator[dict[str, bool]]:
    texts = lexicon(kind)
    for line in lines(kind, count):
        bench.fresh()
        crop = Crop(line.picture, "zh", kind, line.text)
        if kind in ("dish", "address"):
            others = tuple(text for text in texts if text != line.text)[: WORDS - 1]
            ways = {"with": Wishes(lexicon=(*others, line.text)), "without": Wishes(others)}
        else:
            ways = {"expected": Wishes(expect=(kind,))}
        yield {
            name: unspaced(bench.read(crop, LANGUAGE, wish).text) == unspaced(line.text)
            for name, wish in {"plain": NOTHING, **ways}.items()
        }


def lexicon(kind: str) -> list[str]:
    """Words like those of a kind: other dishes, halves of two put together, other addresses."""
    rng = np.random.default_rng(5)
    make: Callable[[Any], str] = KINDS[kind][0]
    names = [pair[0] for pair in dishes()]
    found: dict[str, None] = dict.fromkeys(names) if kind == "dish" else {}
    while len(found) < WORDS + 50:
        one = make(rng)
        if kind == "dish":
            other = make(rng)
            one = one[: len(one) // 2 + 1] + other[len(other) // 2 :]
        found[one] = None
    return list(found)


def sent_on(first: Sequence[tuple[Reading, bool]], second: Sequence[tuple[Reading, bool]]) -> str:
    """By how likely a line has to be to stay with the first reader: lines sent on, lines right."""
    body = []
    for bar in BARS:
        sent, right = 0, 0
        for (one, good), (other, better) in zip(first, second, strict=True):
            goes = _chance(one) < bar
            sent += goes
            right += better if goes and _chance(other) >= _chance(one) else good
        share = [f"{100 * part / len(first):.1f}" for part in (sent, right)]
        body.append([str(bar), *share])
    return table(["sent on below", "lines sent on, %", "lines right, %"], body)


def _chance(reading: Reading) -> float:
    return reading.confidence if reading.likelihood is None else reading.likelihood


def _share(right: Sequence[bool]) -> str:
    return f"{100 * sum(right) / len(right):.1f}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.decoding", description=__doc__)
    parser.add_argument("reader", nargs="*", default=["recogniser", "second"])
    parser.add_argument("--pages", type=int, default=8, help="drawn pages a scene")
    parser.add_argument("--scene", nargs="+", choices=list(SCENES), default=list(SCENES))
    parser.add_argument("--lines", type=int, default=200, help="hard lines a kind")
    parser.add_argument("--ngrams", type=Path, help="n-grams that the layer does not have")
    parser.add_argument("--weight", type=float, default=0.25, help="what they count")
    parser.add_argument("--bonus", type=float, default=2.0, help="what a character adds")
    parser.add_argument("--sent", action="store_true", help="lines sent on, by the bar")
    return parser


if __name__ == "__main__":
    main()
