"""Training shares no font and no text with the scenes that accuracy is measured on."""

import hashlib
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from tests.scenes import fonts as scene_fonts
from tests.scenes.catalogue import SCENES, render
from training.fonts.names import is_taboo
from training.paths import FONTS, HERE, TEXTS
from training.paths import SCENES as SCENE_FOLDER
from training.text.grams import gram_set, grams, shares
from training.text.material import strings

SOURCES = tomllib.loads((HERE / "fonts/sources.toml").read_text("utf-8"))
NPM = json.loads((HERE / "fonts/package.json").read_text("utf-8"))["dependencies"]
INDEX = FONTS / "index.json"
needs_fonts = pytest.mark.skipif(
    not INDEX.exists(), reason=f"no fonts in {FONTS}: run `make train-setup`"
)
needs_texts = pytest.mark.skipif(
    not (TEXTS / "taboo.txt").exists(), reason=f"no texts in {TEXTS}: run `make train-setup`"
)


def scene_grams() -> set[str]:
    files = sorted((SCENE_FOLDER / "text").glob("*.toml"))
    return gram_set(
        text for file in files for text in strings(tomllib.loads(file.read_text("utf-8")))
    )


def test_no_package_is_shared() -> None:
    theirs = {str(entry["package"]) for entry in scene_fonts.table()["fonts"].values()}
    listed = (SCENE_FOLDER.parent / "packages.txt").read_text("utf-8").split()
    assert not (theirs | set(listed)) & (set(SOURCES["debian"]) | set(NPM))


@pytest.mark.parametrize("name", sorted(scene_fonts.table()["fonts"]))
def test_every_family_of_the_scenes_is_taboo(name: str) -> None:
    try:
        face = scene_fonts.face(name)
    except scene_fonts.FontMissingError as error:
        pytest.skip(str(error))
    family, _ = face.at(20).getname()
    assert is_taboo(str(family), SOURCES["taboo"]), family


@pytest.mark.parametrize(
    "family",
    [
        "Noto Sans CJK TC",
        "NotoSerifSC",
        "Source Han Serif K",
        "LXGW WenKai Mono",
        "AR PL UMing HK",
        "Arimo",
        "Carlito",
        "Bitstream Vera Sans",
        "ma-shan-zheng-400-normal",
        "Droid Sans Fallback",
    ],
)
def test_relatives_under_another_name_are_taboo(family: str) -> None:
    assert is_taboo(family, SOURCES["taboo"])


@pytest.mark.parametrize("family", ["Noto Sans", "FandolSong", "Klee One", "MiSans", "Roboto"])
def test_families_of_their_own_are_not(family: str) -> None:
    assert not is_taboo(family, SOURCES["taboo"])


@needs_fonts
def test_no_family_and_no_file_is_shared() -> None:
    rows = json.loads(INDEX.read_text("utf-8"))
    assert len(rows) > 300
    for row in rows:
        assert not is_taboo(row["family"], SOURCES["taboo"]), row["family"]
        assert not is_taboo(row["name"], SOURCES["taboo"]), row["name"]
    ours = {digest for row in rows for digest in row["sha256"]}
    names = {Path(part["file"]).name.lower() for row in rows for part in row["parts"]}
    found = scene_fonts._files()
    assert found
    for name, path in found.items():
        assert name.lower() not in names
        assert hashlib.sha256(Path(path).read_bytes()).hexdigest() not in ours


def test_words_put_together_for_training_are_new() -> None:
    ours = tomllib.loads((HERE / "text/material.toml").read_text("utf-8"))
    known = scene_grams()
    assert len(known) > 1000
    assert not [text for text in strings(ours) if shares(text, known)]


@needs_texts
def test_no_gathered_text_shares_six_words_with_a_scene() -> None:
    known = scene_grams()
    files = sorted(TEXTS.glob("*.txt"))
    assert len(files) > 10
    for file in files:
        if file.name != "taboo.txt":
            rows = file.read_text("utf-8").splitlines()
            assert not [row for row in rows if shares(row, known)], file.name


@needs_texts
def test_the_list_that_lines_are_held_against_is_up_to_date() -> None:
    assert set((TEXTS / "taboo.txt").read_text("utf-8").splitlines()) == scene_grams()


@needs_texts
def test_no_line_that_is_written_is_a_line_of_a_scene() -> None:
    from training.text.lines import make_writer

    known = scene_grams()
    rng = np.random.default_rng(1)
    writer = make_writer()
    lines = {writer.line(rng).text for _ in range(2000)}
    assert len(lines) > 1900
    assert not [line for line in lines if shares(line, known)]
    for scene in sorted(SCENES):
        try:
            drawn = {line.text for line in render(scene, 1).lines if len(line.text) > 7}
        except scene_fonts.FontMissingError as error:
            pytest.skip(str(error))
        assert not lines & drawn


def test_six_grams() -> None:
    assert list(grams("一二三四五六七")) == ["一 二 三 四 五 六", "二 三 四 五 六 七"]
    assert list(grams("No. 5: the Quick brown fox, it jumps")) == [
        "no the quick brown fox it",
        "the quick brown fox it jumps",
    ]
    assert list(grams("2024-11-25 12:30")) == []
    assert shares("在一二三四五六里", gram_set(["一二三、四五六"]))
    assert not shares("一二三四五七六", gram_set(["一二三四五六"]))
