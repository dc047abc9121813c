"""The scale at which a page is drawn follows from its pictures and its text."""

import pytest

from tests.papers.raw import Raw, image, written
from tests.unit.documents.pdf.conftest import opened
from wenyun.documents.pdf.geometry import degrees, times, view_of
from wenyun.documents.pdf.pictures import Picture
from wenyun.documents.pdf.scale import chosen_scale, typical
from wenyun.documents.reader import Limits

A4 = (0.0, 0.0, 595.0, 842.0)
MANY = 50_000_000


def picture(density: float, rect: tuple[float, float, float, float] = (0, 0, 595, 842)) -> Picture:
    return Picture(rect, density, 1000, 0, True)


def test_a_scan_is_drawn_as_fine_as_it_was_scanned() -> None:
    for inch in (72, 150, 200, 300):
        assert chosen_scale(A4, [picture(inch / 72)], [], MANY) == pytest.approx(inch / 72)


def test_a_scan_finer_than_letters_need_is_drawn_smaller() -> None:
    scale = chosen_scale(A4, [picture(1200 / 72)], [], MANY)
    assert 300 / 72 < scale < 400 / 72
    assert scale**2 * 595 * 842 <= 12_000_001


def test_the_layers_of_a_scan_count_by_the_finest_large_one() -> None:
    """Ground at 100 to the inch, letters at 300, and a tiny logo at 2,400."""
    layers = [picture(100 / 72), picture(300 / 72), picture(2400 / 72, (0, 0, 40, 40))]
    assert chosen_scale(A4, layers, [], MANY) == pytest.approx(300 / 72)


def test_drawn_text_is_as_high_as_the_recogniser_likes() -> None:
    for size in (7.0, 9.0, 12.0, 20.0):
        scale = chosen_scale(A4, [], [size] * 50, MANY)
        assert scale * size == pytest.approx(32)


def test_titles_do_not_decide() -> None:
    assert typical([40.0] * 3 + [10.0] * 30) == 10.0
    assert typical([]) == 11.0
    assert typical([200.0]) == 26.0
    assert typical([0.5]) == 5.0


def test_a_picture_beside_text_does_not_make_the_text_coarse() -> None:
    logo = picture(0.5, (0, 0, 300, 300))
    assert chosen_scale(A4, [logo], [10.0] * 9, MANY) == pytest.approx(3.2)


@pytest.mark.parametrize("side", [1.0, 595.0, 14_400.0, 1e9])
@pytest.mark.parametrize("density", [0.0, 1.0, 8.0, 1e6])
@pytest.mark.parametrize("most", [10_000, MANY])
def test_no_page_is_larger_than_allowed(side: float, density: float, most: int) -> None:
    page = (0.0, 0.0, side, side)
    pictures = [picture(density, (0, 0, side, side))] if density else []
    scale = chosen_scale(page, pictures, [], most)
    assert scale**2 * side * side <= min(most, 24_000_000) * 1.0001
    assert scale <= 600 / 72


def test_large_sheets_with_small_text_may_take_more() -> None:
    """An A0 drawing: 12 million pixels would leave its letters 10 pixels high."""
    sheet = (0.0, 0.0, 2384.0, 3370.0)
    assert chosen_scale(sheet, [], [8.0] * 99, MANY) * 8 > 13


def test_a_small_fine_mark_does_not_decide() -> None:
    mark = picture(20.0, (0, 0, 30, 30))
    assert chosen_scale(A4, [mark], [10.0] * 9, MANY) == pytest.approx(3.2)
    assert chosen_scale((0, 0, 38, 38), [mark], [10.0] * 9, MANY) == pytest.approx(600 / 72)


def test_the_deployments_limit_holds() -> None:
    data = written([(50, 700, "中文")], told=False)
    with opened(data, Limits(bytes=1, pixels=100_000)) as sheets:
        pixels = sheets.sheet(1).pixels
    assert pixels is not None
    assert 80_000 < pixels.shape[0] * pixels.shape[1] <= 101_000


def scale_of(size: tuple[float, float], content: bytes = b"0 0 m 9 9 l S") -> tuple[float, bool]:
    pdf = Raw()
    pdf.page(content, size=size)
    with opened(pdf.build()) as sheets:
        sheet = sheets.sheet(1)
    assert (sheet.width, sheet.height) == size
    return sheet.scale, sheet.pixels is not None


def test_pages_of_every_size() -> None:
    assert scale_of((1, 1))[1] is False, "nothing to read on a dot"
    assert scale_of((14_400, 1))[1] is False
    assert scale_of((14_400, 200))[1] is True
    huge, drawn = scale_of((14_400, 14_400))
    assert drawn
    assert huge * 14_400 < 5000


def test_a_turned_and_skewed_picture_has_its_own_scale() -> None:
    pdf = Raw()
    im = image(pdf, b"\x80" * 300 * 300, 300, 300, "/ColorSpace /DeviceGray /BitsPerComponent 8")
    pdf.page(
        b"q 120 120 -120 120 150 10 cm /Im Do Q",
        size=(300, 300),
        resources=f"/XObject << /Im {im} 0 R >>",
        more="/Rotate 90",
    )
    with opened(pdf.build()) as sheets:
        assert sheets.sheet(1).scale == pytest.approx(1.768, rel=0.01)


@pytest.mark.parametrize(
    ("turns", "size", "place"),
    [(0, (300, 400), (10, 380)), (1, (400, 300), (20, 10)), (2, (300, 400), (290, 20)),
     (3, (400, 300), (380, 290))],
)  # fmt: skip
def test_views(turns: int, size: tuple[float, float], place: tuple[float, float]) -> None:
    view = view_of(100, 50, 400, 450, turns)
    assert (view.width, view.height) == size
    a, b, c, d, e, f = view.matrix
    x, y = 110, 70
    assert (a * x + c * y + e, b * x + d * y + f) == place


def test_matrices_follow_each_other() -> None:
    assert times((2, 0, 0, 2, 5, 0), (0, 1, -1, 0, 0, 0)) == (0, 2, -2, 0, 0, 5)


@pytest.mark.parametrize(
    ("direction", "angle"),
    [((1, 0), 0), ((0, 1), 90), ((-1, 0), 180), ((0, -1), 270), ((1, 0.005), 0), ((1, -0.005), 0),
     ((1, 1), 45), ((-1, -1), 225)],
)  # fmt: skip
def test_directions(direction: tuple[float, float], angle: float) -> None:
    assert degrees(*direction) == pytest.approx(angle)
