"""Every case by its number: the same number is the same request, for ever."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz import chunked, damage, directories, objects, requests
from tests.fuzz.corpus import FORMATS, files
from tests.fuzz.requests import Request

BODIES: dict[str, Callable[[bytes, random.Random], Request]] = {
    "form": requests.form,
    "json": requests.document,
    "query": requests.query,
    "headers": requests.headers,
}
KINDS = (*FORMATS, *BODIES)

_INNER: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "jpeg": chunked.jpeg,
    "png": chunked.png,
    "webp": chunked.webp,
    "tiff": directories.tiff,
    "pdf": objects.pdf,
}
"""Formats whose parts are known; the others are damaged as mere bytes."""

OWN_SHARE = 0.5
"""How much of a format's damage goes by its parts."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is damaged, and what is sent."""

    number: int
    kind: str
    request: Request


def case(number: int) -> Case:
    """The case of a number."""
    rng = random.Random(f"wenyun {number}")
    kind = KINDS[number % len(KINDS)]
    if kind in BODIES:
        sound = rng.choice(files(rng.choice(FORMATS)))
        return Case(number, kind, BODIES[kind](sound, rng))
    return Case(number, kind, requests.raw(_damaged(kind, rng), rng))


def _damaged(kind: str, rng: random.Random) -> bytes:
    data = rng.choice(files(kind))
    inner = _INNER.get(kind)
    if inner and rng.random() < OWN_SHARE:
        return inner(data, rng)
    other = rng.choice(files(rng.choice(FORMATS)))
    change = rng.choice(
        (
            *(damage.plain, damage.plain, damage.number, damage.number, damage.cut, damage.padded),
            lambda data, rng: damage.splice(data, other, rng),
            lambda data, rng: damage.borrowed_head(data, other, rng),
        )
    )
    return change(data, rng)
