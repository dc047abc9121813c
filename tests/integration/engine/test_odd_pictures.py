"""Pictures at the edges of what is sensible, through the real models."""

import numpy as np
import pytest

from tests.enginekit.draw import on_page, text_line
from tests.enginekit.pages import bgr, draw
from tests.enginekit.reading import exact, texts
from tests.integration.engine.conftest import Read
from tests.scenes.catalogue import line_page
from wenyun.deadline import Deadline
from wenyun.engine.pipeline import Engine
from wenyun.engine.profiles import PROFILES
from wenyun.errors import WenyunError
from wenyun.options import Options

WHITE = np.full((600, 800, 3), 255, np.uint8)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_blank_page_has_no_lines(level: int, read: Read) -> None:
    page = read(np.full((600, 800, 3), level, np.uint8))
    assert (list(page.lines()), page.angle) == ([], 0)


def test_grain_is_no_text(read: Read) -> None:
    grain = np.random.default_rng(0).integers(0, 256, (400, 600, 3)).astype(np.uint8)
    assert len(texts(read(grain, profile="fast"))) <= 1


@pytest.mark.parametrize(
    "shape", [(3, 400), (3, 3), (400, 3), (1, 1), (1, 900), (900, 1), (8, 2000), (33, 31)]
)
@pytest.mark.parametrize("level", [0, 255])
def test_strips_and_specks(shape: tuple[int, int], level: int, read: Read) -> None:
    page = read(np.full((*shape, 3), level, np.uint8))
    assert [page.height, page.width] == [*shape]
    assert texts(page) == []


def test_a_strip_three_pixels_high_with_ink(read: Read) -> None:
    strip = np.random.default_rng(1).integers(0, 256, (3, 500, 3)).astype(np.uint8)
    page = read(strip, profile="accurate")
    for line in page.lines():
        assert all(0 <= x <= 500 and 0 <= y <= 3 for x, y in line.box)


@pytest.mark.parametrize("size", [18, 32, 60])
@pytest.mark.parametrize("text", ["合计金额人民币", "Invoice 2026"])
def test_a_picture_that_is_one_line(text: str, size: int, read: Read) -> None:
    page = read(text_line(text, size=size), profile="balanced")
    assert texts(page) == [text]


def test_a_sure_line_is_not_looked_for(read: Read) -> None:
    assert "detect" not in read(text_line("合计金额人民币"), profile="fast").timings


def test_one_line_of_a_scene(read: Read) -> None:
    drawn = line_page("book", 701)
    page = read(bgr(drawn), profile="accurate")
    assert exact(texts(page), [line.text for line in drawn.lines]) == 1


def test_a_line_wider_than_thirty_times_its_height(read: Read) -> None:
    """Read whole, not squeezed until nothing is left of it."""
    text = "纳税人识别号购买方名称开户行及账号销售方地址电话" * 2 + "合计金额"
    line = text_line(text, size=32, margin=4)
    assert line.shape[1] > 30 * line.shape[0]
    found = "".join(texts(read(line, profile="fast")))
    assert sum(character in found for character in text) >= 0.95 * len(text)
    assert found.startswith("纳税人识别号")
    assert found.endswith("合计金额")


def test_a_long_line_on_a_page(read: Read) -> None:
    text = "纳税人识别号购买方名称开户行及账号销售方地址电话合计金额" * 2
    line = text_line(text, size=24, margin=0)
    page = read(on_page(line, line.shape[1] + 80, 400, 40, 150), profile="fast")
    found = "".join(texts(page))
    assert sum(character in found for character in text) >= 0.9 * len(text)


def test_light_ink_on_a_dark_page(read: Read) -> None:
    line = text_line("合计金额人民币", ink=255, paper=0)
    page = np.zeros((400, 700, 3), np.uint8)
    page[100 : 100 + line.shape[0], 80 : 80 + line.shape[1]] = line
    assert texts(read(page)) == ["合计金额人民币"]


def test_grey_on_grey(read: Read) -> None:
    line = text_line("合计金额人民币", ink=105, paper=125)
    page = np.full((400, 700, 3), 125, np.uint8)
    page[100 : 100 + line.shape[0], 80 : 80 + line.shape[1]] = line
    assert texts(read(page)) == ["合计金额人民币"]


def test_a_grey_picture_reads_as_the_coloured_one(read: Read) -> None:
    drawn = draw("mixed", 701)
    grey = np.repeat(bgr(drawn).mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    wanted = [line.text for line in drawn.lines]
    assert exact(texts(read(grey, profile="fast")), wanted) >= 0.8 * len(wanted)


def test_a_picture_that_may_not_be_written_to(read: Read) -> None:
    """As decoders hand them out."""
    picture = on_page(text_line("合计金额"), 500, 300, 40, 100)
    picture.flags.writeable = False
    assert texts(read(picture)) == ["合计金额"]


def test_reading_leaves_the_picture_alone(read: Read) -> None:
    picture = bgr(draw("sign", 701, "dark"))
    before = picture.copy()
    read(picture, enhance="on")
    assert np.array_equal(picture, before)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("height", [600, 32], ids=["page", "line"])
def test_a_deadline_that_has_passed(height: int, profile: str, engine: Engine) -> None:
    with pytest.raises(WenyunError) as caught:
        engine.read(WHITE[:height], Options(profile=profile), Deadline.after(-1))
    assert caught.value.code == "time_limit"


def test_the_same_picture_reads_the_same_again(read: Read) -> None:
    picture = bgr(draw("sign", 701))
    first, again = read(picture), read(picture)
    assert [(line.text, line.box, line.model) for line in first.lines()] == [
        (line.text, line.box, line.model) for line in again.lines()
    ]
