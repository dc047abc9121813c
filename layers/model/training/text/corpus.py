"""`python -m training.text.corpus`: gather words and passages into plain files of the cache.

Sources and their licences stand in CARD.md. Whatever shares six words in a row with the accuracy
generator's texts is left out here, and lines composed later are held against the same list.
"""

import gzip
import html
import os
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from training.net.charset import load_characters
from training.paths import SCENES, TEXTS
from training.text.grams import gram_set, shares
from training.text.material import strings

DEBIAN = (
    "debian-reference-zh-cn",
    "fortunes",
    "fortunes-min",
    "fortunes-zh",
    "libreoffice-help-zh-cn",
    "wamerican",
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
TAG = re.compile(r"<[^>]+>")
SENTENCE = re.compile(r"[^。！？；]+[。！？；]?[”」』）]?")
FAKED = 6000
"""Names, companies and addresses made up, of each kind."""


def main() -> None:
    """Fetch what is missing and write every file."""
    raw = TEXTS / "raw"
    _fetch(raw)
    known = scene_grams()
    (TEXTS / "taboo.txt").write_text("\n".join(sorted(known)) + "\n", "utf-8")
    readable = set(load_characters())
    for name, make in FILES.items():
        lines = [one for one in dict.fromkeys(make(raw)) if one and not shares(one, known)]
        kept = [one for one in lines if not set(one.split("\t")[0]) - readable]
        (TEXTS / f"{name}.txt").write_text("\n".join(kept) + "\n", "utf-8")
        print(f"texts: {name}: {len(kept)} of {len(lines)}")


def scene_grams() -> set[str]:
    """The six-grams of the accuracy generator's texts; empty where it is absent."""
    files = sorted((SCENES / "text").glob("*.toml"))
    return gram_set(
        one for file in files for one in strings(tomllib.loads(file.read_text("utf-8")))
    )


def _fetch(raw: Path) -> None:
    for package in DEBIAN:
        target = raw / package
        if target.exists():
            continue
        target.mkdir(parents=True)
        subprocess.run(["apt-get", "download", "-q", package], cwd=target, check=True)
        for deb in target.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(deb), str(target)], check=True)
            deb.unlink()


def _words_zh(_: Path) -> Iterator[str]:
    import jieba

    source = Path(jieba.__file__).with_name("dict.txt")
    for row in source.read_text("utf-8").splitlines():
        word, count, *_rest = row.split(" ")
        if int(count) >= 3 and len(word) <= 8:
            yield f"{word}\t{count}"


def _fortunes(file: Path) -> list[str]:
    return COLOUR.sub("", file.read_text("utf-8", errors="ignore")).split("\n%\n")


def _poems(raw: Path) -> Iterator[str]:
    for name in ("tang300", "song100"):
        for poem in _fortunes(raw / "fortunes-zh/usr/share/games/fortunes" / name):
            yield from (line.strip().replace("・", "·") for line in poem.split("\n"))


def _prose_zh(raw: Path) -> Iterator[str]:
    for item in _fortunes(raw / "fortunes-zh/usr/share/games/fortunes/chinese"):
        for paragraph in item.replace("\r", "").split("\n\n"):
            yield from _sentences(re.sub(r"(?<=[^\x00-\x7f])\n", "", paragraph).replace("\n", " "))
    for page in sorted((raw / "libreoffice-help-zh-cn").rglob("*.html")):
        text = page.read_text("utf-8", errors="ignore")
        for block in re.findall(r"<(?:p|h\d|td)\b[^>]*>(.*?)</(?:p|h\d|td)>", text, re.DOTALL):
            yield from _sentences(html.unescape(TAG.sub("", block)))
    for book in (raw / "debian-reference-zh-cn").rglob("*.txt.gz"):
        for block in gzip.decompress(book.read_bytes()).decode("utf-8").split("\n\n"):
            yield from _sentences(re.sub(r"\s+", " ", block))


def _sentences(text: str) -> Iterator[str]:
    for sentence in SENTENCE.findall(re.sub(r"\s+", " ", text).strip()):
        if 2 <= len(sentence) <= 120:
            yield sentence.strip()


def _traditional(raw: Path) -> Iterator[str]:
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    for number, sentence in enumerate(_prose_zh(raw)):
        if number % 4 == 0:
            yield convert(sentence)
    for poem in _poems(raw):
        yield convert(poem)


def _words_en(raw: Path) -> Iterator[str]:
    text = (raw / "wamerican/usr/share/dict/american-english").read_text("utf-8")
    yield from (word for word in text.splitlines() if word.isascii())


def _prose_en(raw: Path) -> Iterator[str]:
    for package in ("fortunes", "fortunes-min"):
        folder = raw / package / "usr/share/games/fortunes"
        for file in sorted(one for one in folder.iterdir() if not one.suffix):
            for item in _fortunes(file) if file.name != "ascii-art" else []:
                text = re.sub(r"\s+", " ", item).strip()
                yield from re.findall(r"\S.{10,160}?[.!?](?= |$)", text)


def _code(_: Path) -> Iterator[str]:
    folder = Path(os.__file__).parent
    for name in (
        "argparse",
        "ast",
        "csv",
        "datetime",
        "email/message",
        "http/client",
        "json/decoder",
        "logging/__init__",
        "pathlib",
        "shutil",
        "smtplib",
        "socket",
        "tarfile",
        "urllib/request",
    ):
        for line in (folder / f"{name}.py").read_text("utf-8").splitlines():
            if 6 <= len(text := line.strip()) <= 70:
                yield text


def _faked(locale: str, makers: Iterable[str]) -> Callable[[Path], Iterator[str]]:
    def make(_: Path) -> Iterator[str]:
        from faker import Faker

        fake = Faker(locale)
        fake.seed_instance(9)
        for maker in makers:
            for _number in range(FAKED):
                yield str(getattr(fake, maker)()).replace("\n", ", ")

    return make


FILES: dict[str, Callable[[Path], Iterator[str]]] = {
    "words_zh": _words_zh,
    "prose_zh": _prose_zh,
    "traditional": _traditional,
    "poems": _poems,
    "words_en": _words_en,
    "prose_en": _prose_en,
    "code": _code,
    "people_zh": _faked("zh_CN", ["name"]),
    "companies_zh": _faked("zh_CN", ["company"]),
    "addresses_zh": _faked("zh_CN", ["address", "street_address"]),
    "jobs_zh": _faked("zh_CN", ["job"]),
    "people_en": _faked("en_GB", ["name"]),
    "companies_en": _faked("en_US", ["company", "catch_phrase", "bs"]),
    "addresses_en": _faked("en_US", ["address", "street_address"]),
    "web": _faked(
        "en_US", ["email", "url", "uri", "user_name", "domain_name", "ipv4", "mac_address"]
    ),
}
"""File to what fills it; a word list has a count behind a tab."""

if __name__ == "__main__":
    main()
