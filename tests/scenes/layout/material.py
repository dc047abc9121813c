"""Text for layout pages, in Chinese, in English, or in both."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.scenes import words
from tests.scenes.fonts import Face, choose
from tests.scenes.words import Rng, pick, sample

ABSTRACT = {"zh": "摘要", "en": "Abstract"}


@dataclass(frozen=True, slots=True)
class Script:
    """One page's language, text and faces."""

    lang: str
    paragraphs: list[str]
    body: Face
    bold: Face


def script(rng: Rng, lang: str, serif: bool = True) -> Script:
    """Paragraphs in random order, some of them joined to longer ones."""
    if lang == "zh":
        texts = sample(rng, words.material("prose")["paragraphs"], 32)
        body = choose(rng, "song" if serif else "hei", texts)
        return Script(lang, joined(rng, texts, ""), body, choose(rng, "hei-bold", texts[:1]))
    texts = [t for _ in range(3) for t in sample(rng, words.material("english")["paragraphs"], 14)]
    bold = choose(rng, "latin-bold", ["Abc"])
    return Script(lang, joined(rng, texts, " "), choose(rng, "latin", texts), bold)


def joined(rng: Rng, texts: list[str], between: str) -> list[str]:
    """Some neighbours made one."""
    result: list[str] = []
    for text in texts:
        if result and rng.random() < 0.45 and len(result[-1]) < 400:
            result[-1] += between + text
        else:
            result.append(text)
    return result


def heading(rng: Rng, lang: str) -> str:
    """A short title."""
    if lang == "zh":
        return str(pick(rng, words.material("prose")["titles"]))
    return str(pick(rng, words.material("english")["headings"]))


def long_title(rng: Rng, lang: str) -> str:
    """A title that may need two lines."""
    if lang == "zh":
        return "".join(sample(rng, words.material("prose")["titles"], 3)) + "研究"
    return " and ".join(sample(rng, words.material("english")["headings"], 3))


def authors(rng: Rng, lang: str) -> str:
    """Names in a row."""
    if lang == "zh":
        return "，".join(words.person(rng) for _ in range(3))
    return ", ".join(sample(rng, words.material("people")["english"], 3))


def items(rng: Rng, lang: str, count: int) -> list[str]:
    """Short statements, for a list; some of them need two lines."""
    if lang == "zh":
        short = sample(rng, words.material("notes")["lines"], count)
        texts = words.material("prose")["paragraphs"]
        return [
            pick(rng, texts)[:60].rstrip("，、；：“") + "。" if rng.random() < 0.35 else one
            for one in short
        ]
    sentences = [
        part.strip(". ") + "."
        for text in words.material("english")["paragraphs"]
        for part in text.split(". ")
    ]
    return [str(one) for one in sample(rng, sentences, count)]


MARKERS: dict[str, tuple[Callable[[int], str], ...]] = {
    "zh": (
        lambda n: "（" + "一二三四五六七八九"[n] + "）",
        lambda n: f"{n + 1}．",
        lambda n: f"{n + 1}、",
        lambda n: "①②③④⑤⑥⑦⑧⑨"[n],
        lambda n: f"（{n + 1}）",
        lambda n: "•",
    ),
    "en": (
        lambda n: "• ",
        lambda n: f"{n + 1}. ",
        lambda n: f"({n + 1}) ",
        lambda n: f"{'abcdefghi'[n]}) ",
        lambda n: "– ",
        lambda n: f"[{n + 1}] ",
    ),
}
"""What a list's items begin with, by place from 0."""


def markers(rng: Rng, lang: str, face: Face, count: int) -> list[str]:
    """The markers of one list, drawn by the face."""
    fit = [m for m in MARKERS[lang] if face.covers("".join(m(n) for n in range(count)))]
    chosen = pick(rng, fit)
    return [chosen(n) for n in range(count)]


def section(rng: Rng, lang: str, number: int) -> str:
    """A numbered section heading."""
    text = heading(rng, lang)
    if lang == "zh":
        ways = (
            f"{number}  {text}",
            f"{'一二三四五六七八九'[number - 1]}、{text}",
            f"第{'一二三四五六七八九'[number - 1]}节  {text}",
        )
        return str(pick(rng, ways))
    return str(pick(rng, (f"{number}. {text}", f"{number} {text}", f"{number}.{number} {text}")))
