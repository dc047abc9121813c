"""`region` and `ignore` on drawn pages."""

import numpy as np
import pytest

from tests.enginekit.draw import on_page, text_line
from tests.enginekit.reading import texts
from tests.integration.engine.conftest import Read
from wenyun.engine.geometry import Image
from wenyun.errors import WenyunError

TOP, BOTTOM = "发票号码", "合计金额"


@pytest.fixture(scope="module")
def page() -> Image:
    """Two lines: one at (60, 60), one at (300, 300)."""
    lower = text_line(BOTTOM)
    picture = on_page(text_line(TOP), 700, 500, 60, 60)
    picture[300 : 300 + lower.shape[0], 300 : 300 + lower.shape[1]] = lower
    return picture


def test_the_whole_page(page: Image, read: Read) -> None:
    assert texts(read(page)) == [TOP, BOTTOM]


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("0,0,700,200", [TOP]),
        ("250,250,450,250", [BOTTOM]),
        ("0,0,9999,9999", [TOP, BOTTOM]),
        ("0,200,200,80", []),
    ],
)
def test_a_region(region: str, found: list[str], page: Image, read: Read) -> None:
    assert texts(read(page, region=region)) == found


def test_boxes_of_a_region_are_those_of_the_page(page: Image, read: Read) -> None:
    (line,) = read(page, region="250,250,450,250").lines()
    (*_, whole) = read(page).lines()
    assert np.abs(np.array(line.box) - np.array(whole.box)).max() < 12


@pytest.mark.parametrize(
    ("ignore", "found"),
    [
        ("0,0,700,200", [BOTTOM]),
        ("0,0,700,200;250,250,450,250", []),
        ("0,200,200,80", [TOP, BOTTOM]),
        ("60,60,10,10", [TOP, BOTTOM]),
    ],
)
def test_ignored_areas(ignore: str, found: list[str], page: Image, read: Read) -> None:
    assert texts(read(page, ignore=ignore)) == found


def test_an_ignored_area_within_a_region(page: Image, read: Read) -> None:
    assert texts(read(page, region="0,0,700,480", ignore="0,0,700,200")) == [BOTTOM]


def test_a_picture_that_is_one_line_can_be_ignored_too(read: Read) -> None:
    assert texts(read(text_line(TOP), ignore="0,0,999,999")) == []


def test_a_region_outside(page: Image, read: Read) -> None:
    with pytest.raises(WenyunError) as caught:
        read(page, region="700,0,10,10")
    assert (caught.value.code, caught.value.field) == ("invalid_option", "region")
