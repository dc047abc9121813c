"""Damage to files, the same every time for the same seed."""

import random

_VALUES = (0x00, 0x01, 0x7F, 0x80, 0xFF)


def mutate(data: bytes, seed: int) -> bytes:
    """The file with one to six kinds of damage, more often near its head."""
    rng = random.Random(seed)
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        rng.choice((_flip, _flip, _set, _word, _cut, _remove, _repeat, _noise))(damaged, rng)
    return bytes(damaged)


def _place(data: bytearray, rng: random.Random) -> int:
    reach = len(data) if rng.random() < 0.5 else min(len(data), 200)
    return rng.randrange(reach) if reach else 0


def _flip(data: bytearray, rng: random.Random) -> None:
    if data:
        data[_place(data, rng)] ^= 1 << rng.randrange(8)


def _set(data: bytearray, rng: random.Random) -> None:
    if data:
        data[_place(data, rng)] = rng.choice(_VALUES)


def _word(data: bytearray, rng: random.Random) -> None:
    at = _place(data, rng)
    data[at : at + 4] = bytes([rng.choice(_VALUES)]) * min(4, len(data) - at)


def _cut(data: bytearray, rng: random.Random) -> None:
    if rng.random() < 0.3:
        del data[_place(data, rng) :]


def _remove(data: bytearray, rng: random.Random) -> None:
    at = _place(data, rng)
    del data[at : at + rng.randint(1, 16)]


def _repeat(data: bytearray, rng: random.Random) -> None:
    at = _place(data, rng)
    data[at:at] = data[at : at + rng.randint(1, 64)] * rng.randint(1, 4)


def _noise(data: bytearray, rng: random.Random) -> None:
    at = _place(data, rng)
    length = min(rng.randint(1, 16), len(data) - at)
    data[at : at + length] = rng.randbytes(length)
