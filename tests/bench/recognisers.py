"""Recognisers alone, on the same crops: `python -m tests.bench.recognisers recogniser second`.

Counts exact lines without detection: on lines of drawn scenes, cut out along their true boxes, and
on crops of real pictures (whose labels do not tell case, so there it does not count). Each reader
is a role of the built layer or a FILE.onnx that our training exported. `--time` adds milliseconds a
line, which mean something on a quiet machine only.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.bench.samples import REALSET, Sample, real
from tests.bench.table import table
from tests.bench.text import normal, unspaced, verbatim
from tests.scenes.catalogue import SCENES, crop, crops, render
from tests.scenes.page import Truth
from wenyun.deadline import Deadline
from wenyun.engine.charset import load_charset
from wenyun.engine.ctc import Decoder
from wenyun.engine.recognise import LineCrop, Recogniser
from wenyun.models.manifest import ModelEntry, load_manifest
from wenyun.models.sessions import Session, open_session
from wenyun.options import Options
from wenyun.settings import Settings, find_model_dir
from wenyun.wiring import make_reader

SEED = 3_000
"""Far from the pages of the main table and of the enhancement's."""

ALIKE = 0.75
"""A crop belongs to a line of the truth when some reader's text is so similar to it."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Crop:
    """A line's picture, (h, w, 3) BGR, its language, its row of the table and what it says."""

    picture: Picture
    lang: str
    row: str
    text: str = ""


class Reader:
    """One recogniser, read as the engine reads it, a line a run."""

    def __init__(self, name: str, entry: ModelEntry) -> None:
        assert entry.charset is not None, name
        self.name = name
        self._entry = entry
        self._session: Session = open_session(entry, 1)
        self._charset = load_charset(entry.charset, entry.blank)
        self._executor = ThreadPoolExecutor(1)

    def read(self, lines: list[Crop]) -> list[str]:
        """The texts of lines, in their order."""
        texts = [""] * len(lines)
        for lang in sorted({line.lang for line in lines}):
            mine = [place for place, line in enumerate(lines) if line.lang == lang]
            reader = Recogniser(self._entry, self._session, Decoder(self._charset, lang))
            given = [_cut(lines[place].picture) for place in mine]
            found = reader.read(given, self._executor, Deadline())
            for place, reading in zip(mine, found, strict=True):
                texts[place] = reading.text
        return texts


def main(argv: list[str] | None = None) -> None:
    """Read everything with every reader and print the tables."""
    given = _parser().parse_args(argv)
    with TemporaryDirectory(prefix="wenyun-recognisers-") as folder:
        readers = [_reader(name, Path(folder)) for name in given.reader]
        lines = list(drawn(given.scene, given.pages))
        texts = {reader.name: reader.read(lines) for reader in readers}
        _say(counted("drawn lines", lines, texts))
        pages = list(real_crops(given.real))
        if pages:
            lines, texts = labelled(pages, readers)
            _say(counted("real crops", lines, texts))
        else:
            _say(f"real crops: skipped, {given.real} is absent")
        if given.time:
            _say(timed(list(drawn(["invoice", "menu", "english"], 1)), readers))


def drawn(scenes: Iterable[str], pages: int) -> Iterator[Crop]:
    """Lines of so many pages of each scene."""
    for scene in scenes:
        for seed in range(SEED, SEED + pages):
            page = render(scene, seed)
            for text, picture in crops(page):
                yield Crop(np.ascontiguousarray(picture[..., ::-1]), page.lang, scene, text)


def real_crops(root: Path) -> Iterator[tuple[Sample, list[Crop]]]:
    """Real pictures with the crops that the product finds on them."""
    samples = real(root)
    reader = make_reader(Settings.from_env(os.environ)) if samples else None
    for sample in samples:
        assert reader is not None
        document = reader.read(sample.path.read_bytes(), Options(lang="mix"), Deadline())
        picture = np.asarray(cv2.imread(str(sample.path)), np.uint8)
        boxes = [np.array(line.box, np.float32) for page in document.pages for line in page.lines()]
        yield (
            sample,
            [
                Crop(crop(picture, Truth("", box)), "mix", sample.row)
                for box in boxes
                if box.shape == (4, 2)
            ],
        )


def labelled(
    pages: list[tuple[Sample, list[Crop]]], readers: list[Reader]
) -> tuple[list[Crop], dict[str, list[str]]]:
    """Crops whose truth is known, the same for all readers, and what each reader says.

    A crop is given to the line of the truth that some reader's text is most similar to. Detection
    is thereby out of the count, and so are crops that hold half a line or two.
    """
    lines: list[Crop] = []
    texts: dict[str, list[str]] = {reader.name: [] for reader in readers}
    for sample, found in pages:
        read = {reader.name: reader.read(found) for reader in readers}
        for place, text in assigned(sample.truth.lines, list(zip(*read.values(), strict=True))):
            lines.append(Crop(found[place].picture, "mix", sample.row, text))
            for name, said in read.items():
                texts[name].append(said[place])
    return lines, texts


def assigned(truth: Iterable[str], said: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Crop and line of each pair, the most similar first; each is used once."""
    wanted = list(truth)
    scored = [
        (max(_alike(normal(text), normal(one)) for one in texts), place, number)
        for place, texts in enumerate(said)
        for number, text in enumerate(wanted)
    ]
    places: set[int] = set()
    numbers: set[int] = set()
    for alike, place, number in sorted(scored, reverse=True):
        if alike >= ALIKE and place not in places and number not in numbers:
            places.add(place)
            numbers.add(number)
            yield place, wanted[number]


def counted(title: str, lines: list[Crop], texts: dict[str, list[str]]) -> str:
    """A table: shares of exact lines a row, without spaces and, in brackets, with them."""
    rows = list(dict.fromkeys(line.row for line in lines))
    body = []
    for row in [*rows, "all"]:
        places = [n for n, line in enumerate(lines) if row in (line.row, "all")]
        cells = []
        for said in texts.values():
            pairs = [_cased(lines[n], said[n]) for n in places]
            exact = sum(unspaced(text) == unspaced(wanted) for text, wanted in pairs)
            spaced = sum(verbatim(text) == verbatim(wanted) for text, wanted in pairs)
            cells.append(f"{exact / len(places):.3f} ({spaced / len(places):.3f})")
        body.append([row, str(len(places)), *cells])
    return table([title, "lines", *texts], body)


def timed(lines: list[Crop], readers: list[Reader]) -> str:
    """Milliseconds a line on one thread, the best of three passes."""
    body = []
    for reader in readers:
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            reader.read(lines)
            seconds.append(time.perf_counter() - start)
        body.append([reader.name, f"{min(seconds) / len(lines) * 1000:.1f}"])
    return table(["one thread", "ms a line"], body)


def _cased(line: Crop, said: str) -> tuple[str, str]:
    """What was read and what should have been; in small letters where the truth knows no case."""
    real = line.row.startswith("real ")
    return (said.lower(), line.text.lower()) if real else (said, line.text)


def _alike(one: str, other: str) -> float:
    # Cheap bounds first: most pairs have nothing in common.
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _cut(picture: Picture) -> LineCrop:
    return LineCrop(picture.shape[1] / picture.shape[0], lambda: picture)


def _reader(name: str, folder: Path) -> Reader:
    if not name.endswith(".onnx"):
        return Reader(name, load_manifest(find_model_dir(os.environ)).entry(name))
    from tests.bench.exported import entry_of

    return Reader(Path(name).stem, entry_of(Path(name), folder))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.recognisers", description=__doc__)
    parser.add_argument("reader", nargs="+", help="a role of the layer, or an exported FILE.onnx")
    parser.add_argument("--pages", type=int, default=8, help="drawn pages a scene")
    parser.add_argument("--scene", nargs="+", choices=list(SCENES), default=list(SCENES))
    parser.add_argument("--real", type=Path, default=REALSET, help="folder of real pictures")
    parser.add_argument("--time", action="store_true", help="add milliseconds a line")
    return parser


if __name__ == "__main__":
    main()
