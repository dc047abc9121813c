"""Lines of text: readable, of every kind, never a passage that is taboo."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.training.kit import FILES, PROSE, texts
from training.net.charset import load_characters
from training.text import forms, passages
from training.text.lines import KINDS, MOST, make_writer, taboo_grams
from training.text.store import Store

RNG = np.random.default_rng


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    taboo_grams.cache_clear()
    return texts(tmp_path)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_gives_different_lines(kind: str, folder: Path) -> None:
    store, rng = Store(folder, held_out=False), RNG(1)
    made = {KINDS[kind][1](store, rng) for _ in range(30)}
    assert all(made)
    if kind not in ("poem", "traditional", "code"):
        assert len(made) > 1


def test_lines_can_be_read_and_have_a_bounded_length(folder: Path) -> None:
    writer, rng, readable = make_writer(folder=folder), RNG(2), set(load_characters())
    lines = [writer.line(rng) for _ in range(800)]
    assert {line.kind for line in lines} >= set(KINDS) - {"seal"}
    for line in lines:
        assert 0 < len(line.text) <= MOST
        assert set(line.text) <= readable
        assert line.text == " ".join(line.text.split())


def test_foreign_words_stand_apart_or_not(folder: Path) -> None:
    store, rng = Store(folder, held_out=False), RNG(4)
    made = [passages.technical(store, rng) for _ in range(200)]
    assert all(re.search(r"[!-~]", text) for text in made)
    apart = [bool(re.search(r"[一-鿿] [!-~]|[!-~] [一-鿿]", text)) for text in made]
    close = [bool(re.search(r"[一-鿿][!-~¥]|[!-~][一-鿿]", text)) for text in made]
    assert 0.4 < np.mean(apart) < 0.85
    assert 0.15 < np.mean(close) < 0.6
    # Spaces are for words: beside Chinese marks there are none.
    assert not any(re.search("[，。：；！] | [，。：；！]", text) for text in made)


def test_sentences_are_mended(tmp_path: Path) -> None:
    (texts(tmp_path) / "prose_zh.txt").write_text("有人加入到 此分支 of it\n" * 60, "utf-8")
    store = Store(tmp_path, held_out=False)
    assert passages.prose(store, RNG(2)) == "有人加入到此分支 of it"


def test_rows_of_receipts(folder: Path) -> None:
    store, rng = Store(folder, held_out=False), RNG(6)
    made = [forms.receipt(store, rng) for _ in range(200)]
    assert np.mean([bool(re.search(r"\d", text)) for text in made]) > 0.9
    assert np.mean([text == text.upper() for text in made]) > 0.6
    assert any(re.fullmatch(r"\d\d/\d\d/\d{4} \d+:\d\d:\d\d( [APap][Mm])?", text) for text in made)


def test_the_same_seed_gives_the_same_lines(folder: Path) -> None:
    once, again = (
        [make_writer(folder=folder).line(rng).text for _ in range(20)] for rng in (RNG(5), RNG(5))
    )
    assert once == again


def test_a_taboo_passage_is_never_written(tmp_path: Path) -> None:
    taboo_grams.cache_clear()
    folder = texts(tmp_path, "他 说 今 天 下 午\n")
    writer, rng = make_writer(folder=folder), RNG(3)
    said = [writer.line(rng).text for _ in range(1500)]
    taboo_grams.cache_clear()
    assert not any("他说：今天下午" in text for text in said)
    assert any("山高月小" in text for text in said)


def test_validation_has_passages_of_its_own(tmp_path: Path) -> None:
    rows = [f"passage {number}" for number in range(200)]
    (tmp_path / "prose_en.txt").write_text("\n".join(rows), "utf-8")
    mine, kept = (set(Store(tmp_path, side).lines("prose_en")) for side in (False, True))
    assert not mine & kept
    assert mine | kept == set(rows)
    assert len(kept) == 4


def test_common_words_come_more_often_and_rare_ones_at_all(folder: Path) -> None:
    store, rng = Store(folder, held_out=False), RNG(4)
    drawn = [store.word(rng) for _ in range(3000)]
    counts = {word: drawn.count(word) for word in set(drawn)}
    assert counts["学校"] > counts["老师"] > counts["橙子"] > 0


def test_characters_by_chance_reach_all_of_the_charset() -> None:
    han = [one for one in load_characters() if "\u4e00" <= one <= "\u9fff"]
    assert Store(Path(), held_out=False).characters == han
    assert len(han) > 7000


def test_the_charset_has_what_users_write() -> None:
    characters = load_characters()
    assert len(characters) == len(set(characters))
    assert characters[-1] == " "
    assert set("¥€£°²×￥，。！？（）“”‘’、；：《》") <= set(characters)
    assert {chr(code) for code in range(32, 127)} <= set(characters)
    assert {"國", "說", "學"} <= set(characters)


@pytest.mark.parametrize("seed", range(30))
def test_amounts_look_like_amounts(seed: int, folder: Path) -> None:
    text = forms.money(Store(folder, held_out=False), RNG(seed))
    assert re.search(r"\d\.\d\d|元整$", text), text


def test_capital_numerals() -> None:
    assert forms._capitals(12_300) == "壹佰贰拾叁元整"
    assert forms._capitals(500) == "伍元整"


def test_the_kit_has_every_file_that_makers_ask_for() -> None:
    from training.text.corpus import FILES as WRITTEN

    assert set(FILES) == set(WRITTEN)
    assert PROSE
