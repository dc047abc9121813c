"""What other programs find in a PDF: poppler's pdftotext, qpdf, pypdf."""

import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pypdf
import pytest

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is missing: install poppler-utils"
)
WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


@dataclass(frozen=True)
class Seen:
    """A word that pdftotext found: its text, and its box on the page as displayed."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def near(self, left: float, top: float, right: float, bottom: float, by: float = 2.0) -> bool:
        own, wanted = (self.left, self.top, self.right, self.bottom), (left, top, right, bottom)
        return all(abs(a - b) <= by for a, b in zip(own, wanted, strict=True))


def words(data: bytes, folder: Path) -> list[Seen]:
    """Every word, in pdftotext's order."""
    out = _run(data, folder, "pdftotext", "-cropbox", "-bbox", "in.pdf", "-")
    return [Seen(unescape(w[5]), *map(float, w.groups()[:4])) for w in WORD.finditer(out)]


def text(data: bytes, folder: Path) -> str:
    """The text in the order of the content, as readers copy it."""
    return _run(data, folder, "pdftotext", "-raw", "in.pdf", "-")


def pypdf_text(data: bytes) -> list[str]:
    """Each page's text as pypdf has it."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data), strict=True).pages]


def _run(data: bytes, folder: Path, *command: str) -> str:
    (folder / "in.pdf").write_bytes(data)
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=60)
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()
