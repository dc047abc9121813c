"""Pages on every side and askew, and the tables of what was found."""

import numpy as np
import pytest

from tests.bench import turns
from tests.bench.turns_tables import Case, skew_tables, turn_tables
from tests.enginekit.pages import draw
from tests.scenes.light import slanted, turned


def case(place: float, found: int | None, exact: int = 8, row: str = "menu") -> Case:
    return Case(row, "fast", place, found, exact, 10)


CASES = [case(0, 0), case(90, 90), case(180, 180, 4), case(270, 0, 0)]


def cells(text: str, name: str) -> list[str]:
    """The cells of a table's row behind its name."""
    (row,) = [line for line in text.splitlines() if line.startswith(f"| {name} ")]
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


def test_the_confusion_counts_pages() -> None:
    confusion, _ = turn_tables([*CASES, case(180, None, 0)])
    assert cells(confusion, "0") == ["1", "0", "0", "0", "0"]
    assert cells(confusion, "180") == ["0", "0", "1", "0", "1"]
    assert cells(confusion, "270") == ["1", "0", "0", "0", "0"]


def test_lines_of_turned_pages_stand_beside_the_upright_ones() -> None:
    """Twelve lines on three turned pages, eight on the upright: half of them a page."""
    _, scenes = turn_tables(CASES)
    assert cells(scenes, "menu") == ["1", "1", "3", "2", "8", "50.0"]
    assert cells(scenes, "all") == cells(scenes, "menu")


def test_profiles_have_tables_of_their_own() -> None:
    other = Case("menu", "balanced", 0, 90, 1, 10)
    tables = turn_tables([*CASES, other])
    assert [text.splitlines()[0].rpartition(" ")[2] for text in tables] == [
        "fast",
        "fast",
        "balanced",
        "balanced",
    ]
    assert cells(tables[3], "menu") == ["1", "0", "0", "0", "1", "0.0"]


def test_slants_stand_in_order() -> None:
    (text,) = skew_tables([case(5, 0, 5), case(0, 0, 10), case(-5, 0, 7)])
    assert cells(text, "scene") == ["-5", "0", "5"]
    assert cells(text, "menu") == ["70.0", "100.0", "50.0"]


@pytest.mark.parametrize("needed", [0, 90, 180, 270])
def test_a_page_is_laid_so_that_it_needs_the_turn(needed: int) -> None:
    page = draw("card", 1, "clean")
    laid = turns.lying(page, needed)
    assert np.array_equal(turned(laid, needed // 90).picture, page.picture)


@pytest.mark.parametrize("degrees", [-15, -3, 4, 15])
def test_a_slanted_page_holds_all_of_itself(degrees: float) -> None:
    page = draw("card", 1, "clean")
    laid = slanted(page, degrees)
    for before, after in zip(page.lines, laid.lines, strict=True):
        assert (after.box >= -1).all()
        assert (after.box <= np.array(laid.size) + 1).all()
        along, was = after.box[1] - after.box[0], before.box[1] - before.box[0]
        slant = np.degrees(np.arctan2(along[1], along[0]) - np.arctan2(was[1], was[0]))
        assert slant == pytest.approx(degrees, abs=0.1)
        assert np.hypot(*along) == pytest.approx(np.hypot(*was), rel=1e-3)
