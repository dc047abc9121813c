"""From a probability map to boxes, and from boxes on the map to boxes on the picture."""

import cv2
import numpy as np
import pytest

from tests.enginekit.entries import entry
from tests.enginekit.fakes import FakeSession
from wenyun.deadline import Deadline
from wenyun.engine.bands import Map
from wenyun.engine.detect import (
    MAX_WHOLE,
    STRIDE,
    Detector,
    DetectorSettings,
    find_quads,
    resize_to,
    size_for,
    unclip,
    view,
)
from wenyun.engine.geometry import Image, Quad, sides
from wenyun.errors import WenyunError
from wenyun.models.sessions import FloatArray

PLAIN = DetectorSettings(dilate=False, end_room=0.0)


def field(*boxes: tuple[int, int, int, int], value: float = 0.9) -> Map:
    """A (200, 300) map with the boxes (x0, y0, x1, y1) filled."""
    found = np.zeros((200, 300), np.uint8)
    for x0, y0, x1, y1 in boxes:
        found[y0:y1, x0:x1] = round(255 * value)
    return found


def extent(quad: Quad) -> tuple[float, ...]:
    return (*map(float, quad.min(axis=0)), *map(float, quad.max(axis=0)))


def test_an_empty_map() -> None:
    assert find_quads(field(), PLAIN) == []


def test_a_box_grows_to_the_whole_line() -> None:
    """By area x ratio / perimeter on every side, from the outermost pixels' middles."""
    (quad,) = find_quads(field((50, 80, 151, 101)), PLAIN)
    grow = 100 * 20 * PLAIN.unclip_ratio / (2 * (100 + 20))
    expected = (50 - grow, 80 - grow, 150 + grow, 100 + grow)
    assert extent(quad) == pytest.approx(expected, abs=0.01)
    assert np.array_equal(quad[0], quad.min(axis=0))


def test_lines_apart_are_found_apart() -> None:
    boxes = [(20, 20, 120, 32), (150, 20, 280, 32), (20, 100, 200, 120)]
    quads = find_quads(field(*boxes), PLAIN)
    middles = sorted(tuple(quad.mean(axis=0).round().tolist()) for quad in quads)
    assert middles == [(70, 26), (110, 110), (214, 26)]


def test_dilating_joins_what_a_pixel_parts() -> None:
    parted = field((20, 20, 60, 40), (61, 20, 120, 40))
    assert len(find_quads(parted, PLAIN)) == 2
    assert len(find_quads(parted, DetectorSettings(dilate=True))) == 1


@pytest.mark.parametrize(("value", "count"), [(0.2, 0), (0.31, 0), (0.49, 0), (0.51, 1), (1.0, 1)])
def test_how_probable_a_box_must_be(value: float, count: int) -> None:
    assert len(find_quads(field((50, 50, 120, 70), value=value), PLAIN)) == count


def test_a_box_is_scored_inside_its_outline_alone() -> None:
    """A slanted line fills little of its upright frame, but is as probable as a level one."""
    probability = np.zeros((200, 300), np.uint8)
    corners = cv2.boxPoints(((150, 100), (200, 14), 30)).round().astype(np.int32)
    cv2.fillPoly(probability, [corners], (204,))
    (quad,) = find_quads(probability, PLAIN)
    width, height = sides(quad)
    assert width > 200
    assert 14 < height < 45


@pytest.mark.parametrize("size", [1, 2, 3])
def test_specks_are_no_lines(size: int) -> None:
    assert find_quads(field((50, 50, 50 + size, 50 + size)), PLAIN) == []


def test_a_slanted_line_keeps_its_slant() -> None:
    probability = np.zeros((200, 300), np.uint8)
    corners = cv2.boxPoints(((150, 100), (180, 16), -20)).round().astype(np.int32)
    cv2.fillPoly(probability, [corners], (255,))
    (quad,) = find_quads(probability, PLAIN)
    along = quad[1] - quad[0]
    assert np.degrees(np.arctan2(along[1], along[0])) == pytest.approx(-20, abs=1.5)


@pytest.mark.parametrize("angle", [0.0, 15.0, 45.0, 90.0, -30.0])
@pytest.mark.parametrize("size", [(100.0, 10.0), (40.0, 40.0), (12.0, 90.0)])
def test_unclipping_keeps_middle_and_slant(angle: float, size: tuple[float, float]) -> None:
    quad = unclip((150.0, 120.0), size, angle, DetectorSettings(unclip_ratio=1.6, end_room=0.0))
    grow = size[0] * size[1] * 1.6 / (2 * sum(size))
    assert quad.mean(axis=0) == pytest.approx([150, 120], abs=0.01)
    grown = sorted(side + 2 * grow for side in size)
    assert sorted(sides(quad)) == pytest.approx(grown, rel=1e-4)


def test_unclipping_by_nothing() -> None:
    assert extent(
        unclip((50.0, 50.0), (20.0, 10.0), 0.0, DetectorSettings(unclip_ratio=0.0, end_room=0.0))
    ) == (40, 45, 60, 55)


@pytest.mark.parametrize(
    ("size", "expected"), [((40.0, 10.0), (29, 45, 71, 55)), ((10.0, 40.0), (45, 29, 55, 71))]
)
def test_a_line_gets_room_at_its_ends(size: tuple[float, float], expected: tuple[int, ...]) -> None:
    roomy = DetectorSettings(unclip_ratio=0.0, end_room=0.1)
    assert extent(unclip((50.0, 50.0), size, 0.0, roomy)) == expected


@pytest.mark.parametrize("shape", [(1, 1), (31, 33), (480, 640), (7, 2000), (2000, 7)])
@pytest.mark.parametrize("scale", [0.1, 0.5, 1.0, 2.0])
def test_the_network_sees_whole_strides(shape: tuple[int, int], scale: float) -> None:
    size = size_for(np.zeros((*shape, 3), np.uint8), scale)
    for side, before in zip(size, shape, strict=True):
        assert side % STRIDE == 0
        assert side == STRIDE or abs(side - before * scale) <= STRIDE / 2


def dark(batch: FloatArray) -> FloatArray:
    """A network to which ink is what is dark."""
    return np.asarray(batch[:, :1] < 0, np.float32)


def page() -> Image:
    image = np.full((320, 640, 3), 255, np.uint8)
    image[100:121, 200:401] = 0
    return image


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_boxes_are_in_pixels_of_the_picture(scale: float) -> None:
    settings = DetectorSettings(unclip_ratio=0.0, dilate=False, end_room=0.0)
    detector = Detector(entry("detector"), FakeSession(dark), settings)
    (quad,) = detector.detect(page(), scale)
    assert extent(quad) == pytest.approx((200, 100, 400, 120), abs=1.5 / scale)


def test_each_direction_has_its_own_ratio() -> None:
    """A side that is no multiple of the stride is stretched a little; boxes are not."""
    image = np.full((50, 630, 3), 255, np.uint8)
    image[20:36, 100:501] = 0
    session = FakeSession(dark)
    settings = DetectorSettings(unclip_ratio=0.0, dilate=False, end_room=0.0)
    (quad,) = Detector(entry("detector"), session, settings).detect(image, 1.0)
    assert session.shapes == [(1, 3, 64, 640)]
    assert extent(quad) == pytest.approx((100, 20, 500, 35), abs=1.5)


def test_boxes_stay_in_the_picture() -> None:
    image = np.zeros((96, 320, 3), np.uint8)
    (quad,) = Detector(entry("detector"), FakeSession(dark), DetectorSettings()).detect(image, 1.0)
    assert extent(quad) == (0, 0, 320, 96)


def test_nothing_dark_is_nothing_found() -> None:
    image = np.full((96, 320, 3), 255, np.uint8)
    detector = Detector(entry("detector"), FakeSession(dark), DetectorSettings())
    assert detector.detect(image, 1.0) == []


def test_a_deadline_is_looked_at_before_each_band() -> None:
    detector = Detector(entry("detector"), FakeSession(dark), DetectorSettings())
    with pytest.raises(WenyunError, match="time limit"):
        detector.detect(page(), 1.0, Deadline.after(-1))


@pytest.mark.parametrize("shape", [(9600, 320), (320, 9600)])
def test_a_large_picture_is_never_resized_as_a_whole(shape: tuple[int, int]) -> None:
    """What the parts show is what the whole would, half a pixel at most apart."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    image = np.repeat(((rows + columns) // 64 % 4 * 80).astype(np.uint8)[..., None], 3, axis=2)
    size = (shape[0] * 3 // 2, shape[1] * 3 // 2)
    assert size[0] * size[1] > MAX_WHOLE
    see, whole = view(image, size), resize_to(image, size)
    for start, end in ((0, 640), (640, 1280), (7008, 7520)):
        expected = whole[start:end] if shape[0] > shape[1] else whole[:, start:end]
        assert see(start, end).shape == expected.shape
        assert np.mean(see(start, end) != expected) < 0.06


@pytest.mark.parametrize("offset", range(0, 40, 5))
@pytest.mark.parametrize("wide", [False, True])
def test_a_line_on_a_seam_is_one_line(offset: int, wide: bool) -> None:
    """Bars lie on every seam in some way; none is cut or doubled."""
    image = np.full((6400, 640, 3), 255, np.uint8)
    tops = range(20 + offset, 6300, 61)
    for top in tops:
        image[top : top + 24, 60:580] = 0
    if wide:
        image = np.ascontiguousarray(image.transpose(1, 0, 2))
    session = FakeSession(dark)
    settings = DetectorSettings(unclip_ratio=0.0, dilate=False, end_room=0.0)
    quads = Detector(entry("detector"), session, settings).detect(image, 1.0)
    assert len(session.shapes) >= 5
    assert sorted(round(min(extent(quad)[1 - wide], 9e9)) for quad in quads) == list(tops)


def test_many_lines_of_a_long_picture_are_all_looked_at() -> None:
    """The limit on candidates is one for each page that a picture holds."""
    rows = np.zeros((40_000, 256), np.uint8)
    rows[np.arange(40_000) % 10 < 5, 20:236] = 255
    assert len(find_quads(rows, PLAIN)) == 4000
