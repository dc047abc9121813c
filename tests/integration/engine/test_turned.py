"""Pages on their side or their head, and vertical text, through the real models."""

import numpy as np
import pytest

from tests.enginekit.draw import on_page, text_line
from tests.enginekit.pages import bgr, draw
from tests.enginekit.reading import exact, nearest, share, texts
from tests.integration.engine.conftest import Read
from tests.scenes.light import slanted, turned


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize(("scene", "least"), [("menu", 0.75), ("mixed", 0.75), ("card", 0.6)])
def test_a_turned_page_is_read_and_says_its_turn(
    scene: str, least: float, turns: int, read: Read
) -> None:
    """The page lies turned clockwise by so many quarters, so it has to turn the rest."""
    drawn = turned(draw(scene, 701), turns)
    page = read(bgr(drawn), profile="fast")
    assert page.angle == (360 - 90 * turns) % 360
    assert [page.width, page.height] == [*drawn.size]
    assert share(page, drawn) >= least


@pytest.mark.parametrize("turns", [1, 3])
@pytest.mark.parametrize("scene", ["menu", "invoice"])
def test_a_page_on_its_side_loses_hardly_a_line(scene: str, turns: int, read: Read) -> None:
    """Close lines are found less well on their side, so they are found on the upright page."""
    upright = draw(scene, 702)
    level = share(read(bgr(upright), profile="fast"), upright)
    on_side = turned(upright, turns)
    assert share(read(bgr(on_side), profile="fast"), on_side) >= 0.95 * level


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_boxes_of_a_turned_page_lie_where_the_ink_is(turns: int, read: Read) -> None:
    """On the picture as displayed, beginning at the first character."""
    drawn = turned(draw("mixed", 701), turns)
    page = read(bgr(drawn), profile="fast")
    assert np.median(nearest(page, drawn)) < 0.25
    for line in page.lines():
        truth = [one for one in drawn.lines if one.text == line.text]
        if len(truth) == 1:
            along = np.array(line.box[1]) - np.array(line.box[0])
            wanted = truth[0].box[1] - truth[0].box[0]
            cosine = along @ wanted / (np.linalg.norm(along) * np.linalg.norm(wanted))
            assert cosine > 0.95


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_comes_in_the_order_of_the_upright_one(turns: int, read: Read) -> None:
    upright = draw("mixed", 701)
    lines = texts(read(bgr(upright), profile="fast"))
    found = texts(read(bgr(turned(upright, turns)), profile="fast"))
    both = [line for line in lines if lines.count(line) == found.count(line) == 1]
    assert len(both) >= 8
    assert [line for line in found if line in both] == both


@pytest.mark.parametrize("direction", ["auto", "vertical"])
def test_vertical_columns(direction: str, read: Read) -> None:
    """A poem's six columns, from right to left."""
    drawn = draw("vertical", 701, "clean")
    page = read(bgr(drawn), direction=direction, profile="accurate")
    wanted = [line.text for line in drawn.lines]
    assert page.angle == 0
    assert exact(texts(page), wanted) >= 4
    places = [wanted.index(text) for text in texts(page) if text in wanted]
    assert places == sorted(places)


def test_horizontal_takes_columns_for_lines_on_their_side(read: Read) -> None:
    drawn = draw("vertical", 701, "clean")
    assert read(bgr(drawn), direction="horizontal", profile="fast").angle in (90, 270)


def test_one_line_on_its_head_among_upright_ones(read: Read) -> None:
    page = np.full((420, 700, 3), 255, np.uint8)
    for row, text in enumerate(["发票号码", "开票日期", "合计金额"]):
        line = text_line(text)
        page[30 + 90 * row : 30 + 90 * row + line.shape[0], 40 : 40 + line.shape[1]] = line
    upside_down = np.ascontiguousarray(text_line("购买方名称")[::-1, ::-1])
    page[320 : 320 + upside_down.shape[0], 40 : 40 + upside_down.shape[1]] = upside_down
    found = read(page)
    assert found.angle == 0
    assert set(texts(found)) == {"发票号码", "开票日期", "合计金额", "购买方名称"}
    (turned_line,) = [line for line in found.lines() if line.text == "购买方名称"]
    assert turned_line.box[0][0] > turned_line.box[1][0]


@pytest.mark.parametrize("turns", [1, 3])
def test_one_line_on_its_side_among_upright_ones(turns: int, read: Read) -> None:
    page = on_page(text_line("合计金额"), 700, 500, 200, 60)
    for row, text in enumerate(["开票日期", "发票号码"]):
        line = text_line(text)
        page[200 + 90 * row : 200 + 90 * row + line.shape[0], 200 : 200 + line.shape[1]] = line
    side = np.ascontiguousarray(np.rot90(text_line("Invoice No", "liberation-sans"), -turns))
    page[60 : 60 + side.shape[0], 40 : 40 + side.shape[1]] = side
    found = read(page, lang="en", profile="fast")
    assert "Invoice No" in texts(found)
    assert "Invoice No" in texts(read(page, profile="balanced"))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_of_columns_that_is_turned(turns: int, read: Read) -> None:
    """Its columns come from right to left as on the upright page."""
    drawn = turned(draw("vertical", 701, "clean"), turns)
    page = read(bgr(drawn), profile="fast")
    wanted = [line.text for line in drawn.lines]
    assert page.angle == (360 - 90 * turns) % 360
    assert exact(texts(page), wanted) >= 4
    places = [wanted.index(text) for text in texts(page) if text in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize("profile", ["fast", "balanced", "accurate"])
@pytest.mark.parametrize("turns", [0, 2])
def test_a_page_on_its_head_with_every_profile(profile: str, turns: int, read: Read) -> None:
    drawn = turned(draw("card", 701), turns)
    page = read(bgr(drawn), profile=profile)
    assert page.angle == 90 * turns
    assert share(page, drawn) >= 0.6


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("text", ["编号20417-63255", "发票号码合计金额", "Invoice total"])
def test_a_picture_of_one_line(text: str, turns: int, read: Read) -> None:
    picture = np.ascontiguousarray(np.rot90(text_line(text), -turns))
    page = read(picture, profile="fast")
    assert page.angle == (360 - 90 * turns) % 360
    assert [line.replace(" ", "") for line in texts(page)] == [text.replace(" ", "")]


@pytest.mark.parametrize("text", ["8", "808", "1001", "田口日", "一", "OXO", "- - -"])
def test_what_reads_in_every_way_stays_upright(text: str, read: Read) -> None:
    for picture in (text_line(text), on_page(text_line(text), 500, 400, 150, 150)):
        assert read(picture, profile="fast").angle == 0


@pytest.mark.parametrize("turns", [1, 3])
def test_a_stamp_on_its_side_does_not_turn_the_page(turns: int, read: Read) -> None:
    page = np.full((700, 700, 3), 255, np.uint8)
    for row, text in enumerate(["发票号码", "开票日期", "合计金额", "购买方名称"]):
        line = text_line(text)
        page[60 + 90 * row : 60 + 90 * row + line.shape[0], 200 : 200 + line.shape[1]] = line
    side = np.ascontiguousarray(np.rot90(text_line("Approved by the office", size=34), -turns))
    page[100 : 100 + side.shape[0], 40 : 40 + side.shape[1]] = side
    found = read(page, profile="fast")
    assert found.angle == 0
    assert {"发票号码", "开票日期", "合计金额", "购买方名称"} <= set(texts(found))
    assert "Approvedbytheoffice" in [text.replace(" ", "") for text in texts(found)]


@pytest.mark.parametrize("slant", [-15, -8, 8, 15])
def test_a_slanted_page_keeps_its_lines(slant: float, read: Read) -> None:
    upright = draw("mixed", 701)
    whole, laid = (bgr(page) for page in (upright, slanted(upright, slant)))
    wanted = [line.text for line in upright.lines]
    base, found = (texts(read(picture, profile="fast")) for picture in (whole, laid))
    assert exact(found, wanted) >= exact(base, wanted) - 1
    assert len(found) == len(base)
