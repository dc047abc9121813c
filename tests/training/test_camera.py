"""Drawn lines are pictures that a recogniser can be given, and differ as photographs do."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.kit import faces, texts
from training.camera import ink, lens
from training.camera.paper import HEIGHT as GROUND
from training.camera.paper import Grounds
from training.camera.picture import HEIGHT, WIDEST, Studio, colours, ruling
from training.fonts.faces import Face
from training.text.lines import make_writer, taboo_grams

RNG = np.random.default_rng


@pytest.fixture
def face() -> Face:
    (one,) = faces("one").faces
    return one


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    taboo_grams.cache_clear()
    return Studio(make_writer(folder=texts(tmp_path)), faces("one", "hand two"), 1)


def test_samples(studio: Studio) -> None:
    samples = [studio.sample() for _ in range(150)]
    for one in samples:
        assert one.picture.shape[0] == HEIGHT
        assert 16 <= one.picture.shape[1] <= WIDEST
        assert one.picture.dtype == np.uint8
        assert one.picture.shape[2] == 3
        assert one.text.isascii()
    assert {one.face for one in samples} == {"one", "hand two"}
    # Ink can be told from its ground, save for what a camera may hide.
    assert np.mean([np.std(one.picture) > 5 for one in samples]) > 0.95


def test_the_same_seed_draws_the_same_pixels(tmp_path: Path) -> None:
    taboo_grams.cache_clear()
    writer = make_writer(folder=texts(tmp_path))
    one, other, third = (Studio(writer, faces("one"), seed) for seed in (7, 7, 8))
    mine, same, different = ([s.sample() for _ in range(5)] for s in (one, other, third))
    for first, second in zip(mine, same, strict=True):
        assert first.text == second.text
        assert np.array_equal(first.picture, second.picture)
    assert [one.text for one in mine] != [one.text for one in different]


def test_spaces_are_stretched_and_letters_are_not(face: Face) -> None:
    plain, tight, wide = (ink._whole("to be or", face, 40, by) for by in (1.0, 0.5, 3.0))
    gap = face.runs(" ", 40)[0][0].getlength(" ")
    widths = [_span(one) for one in (plain, tight, wide)]
    assert widths[1] - widths[0] == pytest.approx(-gap, abs=2)
    assert widths[2] - widths[0] == pytest.approx(4 * gap, abs=2)
    plain, wide = (ink._whole("tobeor", face, 40, by) for by in (1.0, 3.0))
    assert np.array_equal(plain, wide)


def test_justified_lines_have_gaps_that_are_no_spaces() -> None:
    for seed in range(20):
        gaps = ink.justified(RNG(seed), "共计ab元", 40)
        assert len(gaps) == 5
        assert gaps[2] == 0
        assert gaps[1] == gaps[3]
        assert 2 <= gaps[1] <= 8
        assert 0 <= gaps[0] <= 0.17 * 40


def _span(mask: np.ndarray) -> int:
    """Columns from the first ink to the last."""
    columns = np.flatnonzero(np.max(mask, 0))
    return int(columns[-1] - columns[0])


def test_ink_is_cropped_to_what_is_written(face: Face) -> None:
    mask = ink.set_line(RNG(1), "Hamlet", face, 40)
    assert all(edge.any() for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1]))
    assert 20 < mask.shape[0] < 60
    assert np.max(mask) > 200


def test_wider_text_is_wider(face: Face) -> None:
    widths = [ink._whole(text, face, 30).shape[1] for text in ("a", "aaaa", "aaaaaaaa")]
    assert widths == sorted(set(widths))


def test_text_that_is_spaced_keeps_its_letters(face: Face) -> None:
    plain, spaced = ink._whole("abc", face, 30), ink._spaced("abc", face, 30, [15.0] * 3)
    assert spaced.shape[1] > plain.shape[1] + 30
    assert abs(int((spaced > 128).sum()) - int((plain > 128).sum())) < 40


def test_dots_are_dots(face: Face) -> None:
    mask = ink.dotted(RNG(1), ink._whole("88", face, 44))
    assert set(np.unique(mask)) <= {0, 255}
    assert mask.any()


def test_worn_ink_loses_some_and_adds_none(face: Face) -> None:
    mask = ink._whole("stamp", face, 40)
    worn = ink.worn(RNG(2), mask)
    assert np.all(worn <= mask)
    assert 0 < int(worn.sum()) < int(mask.sum())


@pytest.mark.parametrize("effect", [lens.bend, lens.shade, lens.soften, lens.noise, lens.compress])
def test_effects_keep_the_shape_and_change_something(effect: lens.Effect) -> None:
    picture = RNG(0).integers(0, 255, (50, 300, 3), np.uint8)
    results = [effect(RNG(seed), picture) for seed in range(40)]
    assert all(one.shape == picture.shape and one.dtype == np.uint8 for one in results)
    changed = sum(not np.array_equal(one, picture) for one in results)
    assert 5 < changed < 40


def test_grounds_fit_any_sheet() -> None:
    grounds, rng = Grounds(1), RNG(1)
    for height, width in ((8, 8), (60, 1500), (GROUND + 90, 3000)):
        assert grounds.piece(rng, height, width).shape == (height, width)


def test_colours_can_be_told_apart() -> None:
    rng = RNG(1)
    weights = np.array((0.114, 0.587, 0.299))
    steps = [abs(float(np.dot(np.subtract(*colours(rng, "prose")), weights))) for _ in range(500)]
    assert min(steps) > 20
    assert np.mean([step > 80 for step in steps]) > 0.6


def test_stamps_are_mostly_red() -> None:
    fronts = [colours(RNG(seed), "seal")[1] for seed in range(60)]
    assert np.mean([front[2] > front[1] + 40 for front in fronts]) > 0.6


def test_a_ruling_leaves_a_line() -> None:
    sheet = np.zeros((60, 200), np.uint8)
    ruling(RNG(1), sheet, 50)
    assert (sheet > 0).sum() > 100


def test_faces_for_validation_are_others() -> None:
    names = [f"family {number:02}" for number in range(40)]
    mine = {face.family for face in faces(*names).faces}
    kept = {face.family for face in faces(*names, held_out=True).faces}
    assert not mine & kept
    assert mine | kept == set(names)
    assert kept


def test_no_face_is_chosen_for_what_none_draws() -> None:
    stock = faces("one", "two")
    assert stock.choose(RNG(1), "漢", hand=False) is None
    found = stock.choose(RNG(1), "abc def", hand=True)
    assert found is not None
    assert found.covers("abc def")
    assert not found.covers("漢")
