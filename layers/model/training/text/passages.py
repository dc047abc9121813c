"""Running text: prose, poems, words, English, code, addresses of the web."""

import numpy as np

from training.text.store import Store, pick

Rng = np.random.Generator
NARROW = str.maketrans("，。：；！？（）％", ",.:;!?()%")
SIGNS = "·—…～《》【】「」“”‘’、○●■□◆★☆▲△→←℃‰§①②③④⑤Ⅰ Ⅱ Ⅲ®©•×°²³±÷≤≥√￥¥€£"


def prose(store: Store, rng: Rng) -> str:
    """A sentence; sometimes typed with half-width punctuation."""
    text = store.pick(rng, "prose_zh")
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
