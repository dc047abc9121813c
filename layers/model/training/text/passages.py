"""Running text: prose, poems, words, English, code, addresses of the web."""

import re

import numpy as np

from training.text.store import Store, digits, pick

Rng = np.random.Generator
NARROW = str.maketrans("，。：；！？（）％", ",.:;!?()%")
TORN = re.compile("(?<=[⺀-鿿]) (?=[⺀-鿿])")
"""A space where a source broke its lines: Chinese has none between characters."""

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = "·—…～《》【】「」“”‘’、○●■□◆★☆▲△→←℃‰§①②③④⑤Ⅰ Ⅱ Ⅲ®©•×°²³±÷≤≥√￥¥€£"


def prose(store: Store, rng: Rng) -> str:
    """A sentence; sometimes typed with half-width punctuation."""
    text = TORN.sub("", store.pick(rng, "prose_zh"))
    return text.translate(NARROW) if rng.random() < 0.12 else text


def traditional(store: Store, rng: Rng) -> str:
    """A sentence or verse in traditional characters."""
    return store.pick(rng, "traditional")


def poem(store: Store, rng: Rng) -> str:
    """A verse."""
    return store.pick(rng, "poems")


def words(store: Store, rng: Rng) -> str:
    """A few Chinese words, run together or set apart."""
    many = [store.word(rng) for _ in range(int(rng.integers(1, 5)))]
    return pick(rng, ["", "", "", "、", " ", "，", "/", "-", "　".strip() or "·"]).join(many)


def rare(store: Store, rng: Rng) -> str:
    """Characters by pure chance, so that none is never seen, with signs among them."""
    count = int(rng.integers(1, 11))
    drawn = [pick(rng, store.characters) for _ in range(count)]
    if rng.random() < 0.35:
        drawn.insert(int(rng.integers(0, count + 1)), pick(rng, SIGNS))
    return "".join(drawn)


def english(store: Store, rng: Rng) -> str:
    """A sentence, now and then in capitals."""
    text = store.pick(rng, "prose_en")
    return text.upper() if rng.random() < 0.12 else text


def english_words(store: Store, rng: Rng) -> str:
    """A few words, cased as headings and labels are."""
    many = [store.pick(rng, "words_en") for _ in range(int(rng.integers(1, 5)))]
    text = " ".join(many)
    case = rng.random()
    if case < 0.3:
        return text.upper()
    return text.title().replace("'S", "'s") if case < 0.6 else text


def code(store: Store, rng: Rng) -> str:
    """A line of a program."""
    return store.pick(rng, "code")


def web(store: Store, rng: Rng) -> str:
    """An e-mail address, a URL or a host."""
    text = store.pick(rng, "web")
    return (
        pick(rng, ["E-mail: ", "网址：", "邮箱:", "Web: "]) + text if rng.random() < 0.25 else text
    )


def mixed(store: Store, rng: Rng) -> str:
    """Chinese with English words in it, with or without spaces between."""
    parts = []
    for _ in range(int(rng.integers(1, 4))):
        parts.append(store.word(rng) + (store.word(rng) if rng.random() < 0.5 else ""))
        foreign = english_words(store, rng).split(" ")
        parts.append(" ".join(foreign[: int(rng.integers(1, 3))]))
    return pick(rng, ["", " ", " "]).join(parts)


def technical(store: Store, rng: Rng) -> str:
    """A Chinese sentence with names, figures and codes in it, mostly set apart by spaces."""
    text = store.pick(rng, "prose_zh")
    while sum(map(_is_han, text)) < 0.7 * len(text):
        text = store.pick(rng, "prose_zh")
    text = TORN.sub("", text)[: int(rng.integers(7, 24))]
    gap = " " if rng.random() < 0.65 else ""
    for _ in range(int(rng.integers(1, 4))):
        text = _with(text, _foreign(store, rng), gap, rng)
    return text


def _with(text: str, foreign: str, gap: str, rng: Rng) -> str:
    """The text with something foreign between Han characters or marks, which gaps part off."""
    places = [
        n for n in range(len(text) + 1) if not re.search("[!-~ ]", text[max(0, n - 1) : n + 1])
    ]
    if not places:
        return text
    place = places[int(rng.integers(len(places)))]
    before, after = text[:place], text[place:]
    left = gap if _is_han(before[-1:]) else ""
    return before + left + foreign + (gap if _is_han(after[:1]) else "") + after


def _is_han(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff"


def _foreign(store: Store, rng: Rng) -> str:
    word = store.pick(rng, "words_en")
    makers = (
        lambda: word.title().replace("'S", "'s"),
        lambda: pick(rng, [word, word.upper()]),
        lambda: "".join(pick(rng, CAPITALS) for _ in range(int(rng.integers(2, 6)))),
        lambda: f"{word[:1].upper()}{word[1:]} {int(rng.integers(1, 2030))}",
        lambda: "v" + ".".join(digits(rng, 1) for _ in range(int(rng.integers(2, 4)))),
        lambda: str(int(10 ** rng.uniform(0, 4))),
        lambda: f"{rng.uniform(0, 100):.1f}{pick(rng, ['%', '', ' kg', 'GB', ' MB', '℃'])}",
        lambda: pick(rng, CAPITALS) + pick(rng, ["", "-"]) + digits(rng, int(rng.integers(1, 5))),
        lambda: f"{pick(rng, '¥¥￥$€')}{int(10 ** rng.uniform(0, 4))}",
        lambda: f"{int(rng.integers(24)):02}:{int(rng.integers(60)):02}",
    )
    return makers[int(rng.integers(len(makers)))]()
