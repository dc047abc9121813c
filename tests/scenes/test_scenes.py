"""The generator draws the same page for the same seed, and its boxes hold the ink."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.scenes import light
from tests.scenes.catalogue import EXTRA, SCENES, crop, crops, line_page, render
from tests.scenes.files import write
from tests.scenes.page import Picture, ScenePage, moved

ALL = [*SCENES, *EXTRA]


@pytest.fixture(scope="module")
def pages() -> dict[str, ScenePage]:
    return {scene: render(scene, 3) for scene in ALL}


@pytest.mark.parametrize("scene", ["invoice", "sign"])
def test_the_same_seed_gives_the_same_page(scene: str, pages: dict[str, ScenePage]) -> None:
    again = render(scene, 3)
    assert np.array_equal(again.picture, pages[scene].picture)
    assert [line.text for line in again.lines] == [line.text for line in pages[scene].lines]


def test_another_seed_gives_another_page(pages: dict[str, ScenePage]) -> None:
    assert [line.text for line in render("book", 4).lines] != [
        line.text for line in pages["book"].lines
    ]


@pytest.mark.parametrize("scene", ALL)
def test_boxes_lie_inside_the_picture(scene: str, pages: dict[str, ScenePage]) -> None:
    page = pages[scene]
    assert page.lines
    for line in page.lines:
        assert line.text.strip() == line.text
        assert line.text
        assert (line.box >= -0.5).all(), line
        assert (line.box <= np.array(page.size) + 0.5).all(), line


@pytest.mark.parametrize("scene", ALL)
def test_boxes_run_clockwise(scene: str, pages: dict[str, ScenePage]) -> None:
    for line in pages[scene].lines:
        assert cv2.contourArea(line.box, oriented=True) > 0, line


@pytest.mark.parametrize("scene", ["book", "mixed", "english", "handwriting"])
def test_boxes_hold_all_ink(scene: str) -> None:
    page = SCENES[scene](np.random.default_rng(5))
    outside = _ink(page.picture)
    for line in page.lines:
        cv2.fillConvexPoly(outside, line.box.round().astype(np.int32), 0)
    assert np.count_nonzero(outside) < 0.005 * int(np.count_nonzero(_ink(page.picture)))


@pytest.mark.parametrize("scene", ALL)
def test_every_box_holds_ink(scene: str, pages: dict[str, ScenePage]) -> None:
    for text, picture in crops(pages[scene]):
        assert np.ptp(picture.astype(int).max(axis=2)) > 40, text


def test_lines_come_in_reading_order() -> None:
    page = SCENES["book"](np.random.default_rng(1))
    tops = [float(line.box[0, 1]) for line in page.lines[2:]]
    assert tops == sorted(tops)


def test_vertical_columns_run_from_the_right_and_start_at_their_top_right() -> None:
    page = EXTRA["vertical"](np.random.default_rng(1))
    rights = [float(line.box[0, 0]) for line in page.lines]
    assert rights == sorted(rights, reverse=True)
    box = page.lines[0].box
    assert box[1, 1] - box[0, 1] > 4 * (box[0, 0] - box[3, 0])


def test_a_column_is_cut_out_lying_down() -> None:
    page = EXTRA["vertical"](np.random.default_rng(1))
    height, width = crop(page.picture, page.lines[0]).shape[:2]
    assert width > 4 * height


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_has_its_boxes_turned(turns: int) -> None:
    page = SCENES["mixed"](np.random.default_rng(2))
    turned = light.turned(page, turns)
    expected = page.size if turns == 2 else page.size[::-1]
    assert turned.size == expected
    upright, lying = page.lines[0], turned.lines[0]
    one, other = crop(page.picture, upright).astype(int), crop(turned.picture, lying)
    assert np.abs(one - other).mean() < 0.2 * one.std()


def test_four_quarter_turns_change_nothing() -> None:
    page = SCENES["mixed"](np.random.default_rng(2))
    again = light.turned(page, 4)
    assert np.array_equal(again.picture, page.picture)
    assert np.allclose(again.lines[3].box, page.lines[3].box)


def test_dark_pages_are_dark_and_blurred_pages_soft() -> None:
    kinds = {name: render("book", 2, name).picture for name in light.CONDITIONS}
    assert kinds["dark"].mean() < 0.45 * kinds["clean"].mean()
    assert _sharpness(light.soft(kinds["clean"], 1.5)) < 0.2 * _sharpness(kinds["clean"])


def test_conditions_keep_the_words() -> None:
    texts = {
        name: [line.text for line in render("menu", 2, name).lines] for name in light.CONDITIONS
    }
    assert all(text == texts["clean"] for text in texts.values())


def test_a_line_page_is_one_line() -> None:
    page = line_page("book", 1)
    assert len(page.lines) == 1
    assert page.size[0] > 5 * page.size[1]


def test_seals_are_marked_to_be_ignored(pages: dict[str, ScenePage]) -> None:
    assert len(pages["invoice"].ignore) == 1
    assert not pages["book"].ignore


def test_files_and_labels_agree(tmp_path: Path) -> None:
    count = write(tmp_path, ["mixed", "card"], seed=7, pages=2, condition="clean", suffix=".jpg")
    rows = (tmp_path / "labels.jsonl").read_text("utf-8").splitlines()
    labels = [json.loads(row) for row in rows]
    assert count == len(labels) == 4
    for entry in labels:
        picture = cv2.imread(str(tmp_path / entry["file"]))
        assert picture is not None
        height, width = picture.shape[:2]
        boxes = np.array(entry["boxes"])
        assert boxes.shape == (len(entry["text"]), 4, 2)
        assert (boxes <= [width + 0.5, height + 0.5]).all()
        assert entry["complete"]


def test_an_invoice_adds_up() -> None:
    page = SCENES["invoice"](np.random.default_rng(9))
    money = [line.text for line in page.lines if "¥" in line.text]
    cost, tax, total = (float(text.split("¥")[1]) for text in money)
    assert abs(cost + tax - total) < 0.005


def test_moving_a_page_keeps_its_picture() -> None:
    page = replace(SCENES["mixed"](np.random.default_rng(1)), ignore=())
    shifted = moved(page, np.array([[1, 0, 5], [0, 1, 7], [0, 0, 1]], float))
    assert np.allclose(shifted.lines[0].box - page.lines[0].box, [5, 7])
    assert shifted.picture is page.picture


def _ink(picture: Picture) -> Picture:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    paper = int(np.median(grey))
    ink = np.where(np.abs(grey.astype(int) - paper) > 40, 255, 0).astype(np.uint8)
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 150), np.uint8))
    return np.asarray(cv2.subtract(ink, rules), np.uint8)


def _sharpness(picture: Picture) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())
