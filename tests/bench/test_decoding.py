"""The bench of decoding: its lines, its lexicons, its tables."""

from pathlib import Path

import numpy as np
import pytest

from tests.bench.decoding import WORDS, knowing, lexicon, sent_on
from tests.bench.hard_lines import KINDS, lines
from tests.enginekit.entries import entry, manifest
from tests.scenes.fonts import FontMissingError
from wenyun.engine.ctc import Reading
from wenyun.engine.decoding import amounts, dates, identity


def drawn(kind: str, count: int) -> list[tuple[str, np.ndarray]]:
    try:
        return [(line.text, line.picture) for line in lines(kind, count)]
    except FontMissingError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("kind", KINDS)
def test_lines_are_the_same_each_time(kind: str) -> None:
    first, second = drawn(kind, 3), drawn(kind, 3)
    assert [text for text, _ in first] == [text for text, _ in second]
    for (_, one), (_, other) in zip(first, second, strict=True):
        assert one.shape[2] == 3
        assert np.array_equal(one, other)


def test_fields_are_what_they_are_called() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        number = KINDS["id_number"][0](rng)
        assert identity.PATTERNS.takes(number)
        assert identity.is_identity(number)
        day = KINDS["date"][0](rng).removeprefix("日期：").removeprefix("有效期至 ")
        assert dates.PATTERNS.takes(day)
        assert dates.is_day(day)
        amount = KINDS["amount"][0](rng).removeprefix("合计：")
        assert amounts.is_amount(amount)


@pytest.mark.parametrize("kind", ["dish", "address"])
def test_a_lexicon_has_its_thousand_words(kind: str) -> None:
    words = lexicon(kind)
    assert len(words) == len(set(words)) >= WORDS


def test_who_is_sent_on_and_who_is_right() -> None:
    def one(likely: float) -> Reading:
        return Reading("a", (0.9,), (0.5,), likelihood=likely)

    first = [(one(0.99), True), (one(0.55), False)]
    second = [(one(0.9), False), (one(0.9), True)]
    rows = sent_on(first, second).splitlines()
    shown = {row.split("|")[1].strip(): row.split("|")[2:4] for row in rows[2:]}
    assert [cell.strip() for cell in shown["0.5"]] == ["0.0", "50.0"]
    assert [cell.strip() for cell in shown["0.6"]] == ["50.0", "100.0"]
    assert [cell.strip() for cell in shown["1.1"]] == ["100.0", "100.0"]


def test_a_layer_that_knows_n_grams() -> None:
    found = knowing(manifest(entry()), Path("some.ngrams"), 0.2, 1.0)
    assert found.language == Path("some.ngrams")
    assert found.entry("recogniser").language_weight == 0.2
    assert found.entry("recogniser").language_bonus == 1.0
