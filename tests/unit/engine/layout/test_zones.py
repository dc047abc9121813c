"""Horizontal and vertical text on one page."""

import numpy as np

from wenyun.engine.layout.zones import ACROSS, DOWN, EITHER, Zone, ways, zones

TITLE = (100.0, 20.0, 500.0, 60.0)
COLUMNS = [(480.0 - 40 * n, 100.0, 505.0 - 40 * n, 700.0) for n in range(9)]


def test_which_way_lines_run() -> None:
    rects = np.array([TITLE, COLUMNS[0], (0, 0, 20, 22), (0, 0, 20, 60)], np.float32)
    assert ways(rects, ["标题文字", "竖排文字", "字", "1"]).tolist() == [
        ACROSS,
        DOWN,
        EITHER,
        EITHER,
    ]


def divided(boxes: list[tuple[float, float, float, float]], vertical: bool) -> list[Zone]:
    rects = np.array(boxes, np.float32)
    return zones(rects, ways(rects, ["some text"] * len(boxes)), vertical)


def test_a_title_above_columns() -> None:
    assert divided([TITLE, *COLUMNS], True) == [Zone([0], False), Zone(list(range(1, 10)), True)]


def test_a_caption_on_the_right_of_columns_comes_first() -> None:
    side = [(520.0, 100.0 + 30 * n, 700.0, 120.0 + 30 * n) for n in range(3)]
    assert [zone.vertical for zone in divided([*COLUMNS, *side], True)] == [False, True]


def test_a_vertical_title_on_the_left_of_prose_comes_first() -> None:
    prose = [(100.0, 30.0 * n, 600.0, 30.0 * n + 20) for n in range(9)]
    found = divided([*prose, (20.0, 0.0, 60.0, 260.0)], False)
    assert found == [Zone([9], True), Zone(list(range(9)), False)]


def test_one_way_is_one_zone() -> None:
    assert divided(COLUMNS, False) == [Zone(list(range(9)), True)]
    assert divided([TITLE], True) == [Zone([0], False)]


def test_what_cannot_be_parted_is_read_the_way_most_of_it_runs() -> None:
    crossing = [*COLUMNS, (100.0, 300.0, 505.0, 330.0)]
    assert divided(crossing, True) == [Zone(list(range(10)), True)]


def test_no_line_is_lost() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        corner, size = rng.uniform(0, 800, (60, 2)), rng.uniform(5, 200, (60, 2))
        boxes = np.concatenate([corner, corner + size], axis=1).astype(np.float32)
        found = zones(boxes, ways(boxes, ["text"] * 60), seed % 2 == 0)
        assert sorted(i for zone in found for i in zone.members) == list(range(60))
