"""N-grams: counted by hand, written, and read by the runtime."""

from math import exp, log
from pathlib import Path

import pytest

from tests.training.kit import texts
from training.language.counts import Counts, contexts, counted, folded, thinned
from training.language.model import grams_of
from training.language.table import packed
from wenyun.engine.decoding.language import UNKNOWN_COST, LanguageGuide, Ngrams
from wenyun.models.manifest import LayerError

TEXT = "山高月小水落石出山高水长"


def model(tmp_path: Path, *rows: str) -> tuple[Ngrams, Counts]:
    counts = Counts()
    for row in rows:
        counts.add(folded(row), 1.0)
    path = tmp_path / "language.ngrams"
    path.write_bytes(packed(grams_of(counts, counts)))
    return Ngrams(path), counts


def cost(found: Ngrams, text: str) -> float:
    """-ln of the last character behind those before it."""
    numbers = [0, 0, *(found.numbers.get(mark, 0) for mark in text)]
    return found.cost(*numbers[-3:])


def test_texts_are_seen_without_spaces_of_one_width_and_figures_alike() -> None:
    assert folded("２０ 年，ＡＢ 12") == "00年,AB00"


def test_counts_and_contexts() -> None:
    counts = Counts()
    counts.add("aab", 2.0)
    assert dict(counts.runs[1]) == {"a": 4.0, "b": 2.0}
    assert dict(counts.runs[2]) == {"aa": 2.0, "ab": 2.0}
    assert contexts(counts.runs[2]) == {"a": (4.0, 2)}


def test_what_is_thinned_out_is_rare_and_needed_by_none() -> None:
    counts = Counts()
    counts.add("abc", 5.0)
    counts.add("xyz", 1.0)
    kept = thinned(counts, {2: 2.0, 3: 2.0})
    assert set(kept.runs[3]) == {"abc"}
    assert set(kept.runs[2]) == {"ab", "bc"}
    assert set(kept.runs[1]) == set("abcxyz")


def test_probabilities_of_a_context_sum_to_one(tmp_path: Path) -> None:
    found, counts = model(tmp_path, TEXT)
    for context in ("", "山", "高", "山高", "水落", "长"):
        total = sum(exp(-cost(found, context + mark)) for mark in counts.runs[1])
        assert total == pytest.approx(1.0, abs=0.1), context


def test_what_was_seen_costs_less(tmp_path: Path) -> None:
    found, _ = model(tmp_path, TEXT)
    assert cost(found, "山高") < cost(found, "山小")
    assert cost(found, "山高月") < cost(found, "山高石")
    assert cost(found, "龘") == UNKNOWN_COST
    assert cost(found, "山高龘") == UNKNOWN_COST


def test_costs_are_those_of_the_model(tmp_path: Path) -> None:
    found, counts = model(tmp_path, TEXT)
    grams = grams_of(counts, counts)
    for run, gram in grams.items():
        assert cost(found, run) == pytest.approx(gram.cost, abs=0.04)
    # Witten-Bell by hand: 山 was followed twice, both times by 高.
    alone = (2 + 0.5) / (12 + 0.5 * 9)
    assert grams["山高"].cost == pytest.approx(-log((2 + alone) / 3))


def test_a_guide_weighs_letters_and_passes_over_the_rest(tmp_path: Path) -> None:
    found, _ = model(tmp_path, TEXT)
    guide = LanguageGuide(found, ["", *"山高月 7¥"], weight=0.5, bonus=1.0)
    state, first = guide.step(guide.start(), 1)
    assert first == pytest.approx(1.0 - 0.5 * cost(found, "山"))
    same, nothing = guide.step(state, 4)
    assert (same, nothing) == (state, 0.0)
    _, second = guide.step(same, 2)
    assert second == pytest.approx(1.0 - 0.5 * cost(found, "山高"))
    anew, none = guide.step(state, 5)
    assert (anew, none) == ((0, 0), 0.0)
    assert guide.ends(anew)


@pytest.mark.parametrize("data", [b"", b"{}", b"x" * 300, b'{"characters": 9, "slots": [1, 1]}'])
def test_a_file_that_is_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "language.ngrams"
    path.write_bytes(data)
    with pytest.raises(LayerError, match=r"language\.ngrams"):
        Ngrams(path)


def test_a_file_that_ends_early(tmp_path: Path) -> None:
    model(tmp_path, TEXT)
    path = tmp_path / "language.ngrams"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(LayerError, match="ends early"):
        Ngrams(path)


def test_what_is_kept_for_validation_is_not_counted(tmp_path: Path) -> None:
    texts(tmp_path)
    rows = [f"第{n}行" for n in range(49)]
    (tmp_path / "poems.txt").write_text("\n".join([*rows[:7], "独钓寒江雪", *rows[7:]]), "utf-8")
    runs = counted(tmp_path).runs[2]
    assert "独钓" not in runs
    assert runs["第0"] > 0
