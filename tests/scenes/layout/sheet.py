"""A sheet that is set as a compositor does: columns are filled with paragraphs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from tests.scenes import flow
from tests.scenes.canvas import INK, Canvas, Colour, around
from tests.scenes.fonts import Face
from tests.scenes.layout.truth import LayoutPage, TruthBlock
from tests.scenes.page import rectangle
from tests.scenes.words import Rng


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set; `leading` and indents are in parts of the size."""

    face: Face
    size: int
    lang: str
    leading: float = 1.5
    indent: float = 0.0
    hanging: float = 0.0
    after: float = 0.0
    align: str = "left"
    kind: str = "text"

    def but(self, **changes: object) -> "Style":
        """The same with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def step(self) -> float:
        """From baseline to baseline, in pixels."""
        return self.leading * self.size


@dataclass(slots=True)
class Frame:
    """A column to be filled; `y` is where the next line's top comes."""

    x: float
    y: float
    width: float
    bottom: float


@dataclass(slots=True)
class Sheet:
    """A canvas with the blocks that stand on it, in reading order."""

    canvas: Canvas
    blocks: list[TruthBlock] = field(default_factory=list)

    @contextmanager
    def block(self, kind: str) -> Iterator[None]:
        """What is written meanwhile is one block."""
        start = len(self.canvas.lines)
        yield
        members = tuple(range(start, len(self.canvas.lines)))
        if members:
            self.blocks.append(TruthBlock(kind, members))

    def write(
        self,
        at: tuple[float, float],
        text: str,
        face: Face,
        size: int,
        anchor: str = "ls",
        kind: str = "text",
        ink: Colour = INK,
    ) -> None:
        """One line that is a block of its own."""
        with self.block(kind):
            self.canvas.text(at, text, face, size, ink, anchor)

    def figure(self, frame: Frame, height: float, rng: Rng) -> bool:
        """A picture as wide as the frame; whether there was room for it."""
        if frame.y + height > frame.bottom:
            return False
        box = (frame.x, frame.y + 6, frame.x + frame.width, frame.y + height - 6)
        draw_photo(self.canvas, box, rng)
        self.blocks.append(TruthBlock("figure", (), len(self.canvas.ignore)))
        self.canvas.ignore.append(rectangle(*box))
        frame.y += height
        return True

    def page(self, name: str, lang: str, vertical: bool = False) -> LayoutPage:
        """What has been set so far."""
        return LayoutPage(self.canvas.page(name, lang), tuple(self.blocks), vertical)


@dataclass(slots=True)
class Flow:
    """Frames that are filled one after another."""

    sheet: Sheet
    frames: list[Frame]
    at: int = 0

    @property
    def frame(self) -> Frame:
        """The one being filled."""
        return self.frames[self.at]

    def set(self, text: str, style: Style, justified: bool = False) -> bool:
        """Set a paragraph; False when the frames are full. A column break makes two blocks."""
        rows = broken(text, style, self.frame.width)
        done = 0
        while done < len(rows):
            room = int((self.frame.bottom - self.frame.y) / style.step)
            with self.sheet.block(style.kind):
                for number, row in enumerate(rows[done : done + room], start=done):
                    self._line(row, style, number, justified and number < len(rows) - 1)
            done += max(0, room)
            if done < len(rows) and not self.forward():
                return False
        self.frame.y += style.after * style.size
        return True

    def forward(self) -> bool:
        """Go on to the next frame; False when there is none."""
        if self.at + 1 == len(self.frames):
            return False
        self.at += 1
        return True

    def _line(self, row: str, style: Style, number: int, justified: bool) -> None:
        frame, canvas = self.frame, self.sheet.canvas
        shift = (style.hanging if number else style.indent) * style.size
        base = frame.y + style.size
        if style.align == "centre":
            canvas.text((frame.x + frame.width / 2, base), row, style.face, style.size, anchor="ms")
        elif style.align == "right":
            canvas.text((frame.x + frame.width, base), row, style.face, style.size, anchor="rs")
        elif justified and " " in row and style.lang == "en":
            spread(canvas, (frame.x + shift, base), row, style, frame.width - shift)
        else:
            canvas.text((frame.x + shift, base), row, style.face, style.size)
        frame.y += style.step


def broken(text: str, style: Style, width: float) -> list[str]:
    """The text's lines in a frame of this width."""
    wide = width - style.hanging * style.size
    if style.lang == "zh":
        first = (style.indent - style.hanging) * style.size
        return flow.chinese(text, style.face, style.size, wide, first)
    first = width - style.indent * style.size
    return _latin(text, style, first, wide)


def _latin(text: str, style: Style, first: float, wide: float) -> list[str]:
    """Lines of whole words; the first line's width differs."""
    font, rows = style.face.at(style.size), [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if not rows[-1] or font.getlength(longer) <= (wide if len(rows) > 1 else first):
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def spread(canvas: Canvas, at: tuple[float, float], row: str, style: Style, width: float) -> None:
    """A line of words set to the full width."""
    font = style.face.at(style.size)
    parts = row.split()
    air = (width - sum(font.getlength(part) for part in parts)) / max(1, len(parts) - 1)
    x, extents = at[0], []
    for part in parts:
        extents.append(canvas.text((x, at[1]), part, style.face, style.size, record=False))
        x += font.getlength(part) + air
    canvas.record(row, around(extents), style.size)


def draw_photo(canvas: Canvas, box: tuple[float, float, float, float], rng: Rng) -> None:
    """Something that is no text: a photo's blobs, or bars of a chart, within the box."""
    x0, y0, x1, y1 = box
    if rng.random() < 0.6:
        shade = [int(v) for v in rng.integers(60, 200, 3)]
        canvas.draw.rectangle(box, fill=(shade[0], shade[1], shade[2]))
        for _ in range(14):
            cx, cy = rng.uniform(x0, x1), rng.uniform(y0, y1)
            reach = rng.uniform(0.05, 0.2) * (y1 - y0)
            tone = [int(v) for v in rng.integers(20, 240, 3)]
            canvas.draw.ellipse(
                (
                    max(x0, cx - reach),
                    max(y0, cy - reach),
                    min(x1, cx + reach),
                    min(y1, cy + reach),
                ),
                fill=(tone[0], tone[1], tone[2]),
            )
        return
    canvas.draw.rectangle(box, outline=(60, 60, 60), width=2)
    count = int(rng.integers(5, 11))
    step = (x1 - x0) / (count + 1)
    for bar in range(count):
        left = x0 + step * (bar + 0.6)
        top = y1 - (y1 - y0) * rng.uniform(0.2, 0.9)
        tone = [int(v) for v in rng.integers(30, 190, 3)]
        canvas.draw.rectangle(
            (left, top, left + step * 0.7, y1 - 3), fill=(tone[0], tone[1], tone[2])
        )


def shades(rng: Rng) -> Colour:
    """A paper's colour."""
    tone = int(rng.integers(244, 256))
    return tone, tone, int(np.clip(tone - rng.integers(0, 8), 0, 255))
