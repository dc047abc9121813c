"""What clients send: drawn pictures, documents, damaged files; the same for the same seed."""

import random
from dataclasses import dataclass

import cv2
from reportlab.pdfgen.canvas import Canvas

from tests.papers.scans import scanned
from tests.papers.typeset import typeset
from tests.pictures.mutate import mutate
from tests.scenes.catalogue import crops, render
from tests.scenes.files import encoded
from tests.scenes.page import Picture

SCENES = ("card", "sign", "english", "menu")
"""Small and middling pictures; a soak is about many requests, not about hard ones."""


@dataclass(frozen=True, slots=True)
class Goods:
    """Files to choose from."""

    pictures: tuple[bytes, ...]
    scans: tuple[bytes, ...]
    papers: tuple[bytes, ...]

    def damaged(self, rng: random.Random) -> bytes:
        """A file with damage of its own, or no file at all."""
        if rng.random() < 0.2:
            return rng.randbytes(rng.randint(1, 2000))
        return mutate(rng.choice(self.pictures + self.papers), rng.getrandbits(32))


def make(seed: int, pictures: int = 8, scans: int = 2, papers: int = 4) -> Goods:
    """Draw them."""
    drawn = [render(SCENES[n % len(SCENES)], seed + n, "clean") for n in range(pictures)]
    return Goods(
        tuple(encoded(page, ".jpg" if n % 2 else ".png") for n, page in enumerate(drawn)),
        tuple(scanned(drawn[n : n + 2]) for n in range(scans)),
        tuple(_paper(seed + n, 1 + n) for n in range(papers)),
    )


def make_small(seed: int) -> Goods:
    """Lines and short pages, read in no time: for a soak of minutes on a machine that is busy."""
    page = render("card", seed, "clean")
    lines = [_jpeg(picture) for _, picture in crops(page)][:8]
    papers = tuple(_paper(seed + n, 1 + n) for n in range(3))
    return Goods(tuple(lines), papers[:1], papers)


def _jpeg(picture: Picture) -> bytes:
    ok, data = cv2.imencode(".jpg", picture[..., ::-1])
    assert ok
    return data.tobytes()


def _paper(seed: int, pages: int) -> bytes:
    """A PDF whose text the file itself holds."""
    rng = random.Random(seed)

    def draw(canvas: Canvas) -> None:
        for line in range(rng.randint(3, 30)):
            canvas.drawString(60, 760 - 20 * line, f"Line {line} of {rng.getrandbits(64):x}")

    return typeset(*[draw] * pages)
