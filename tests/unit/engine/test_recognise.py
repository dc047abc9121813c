"""Lines in batches, with a model that reads grey bars."""

import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
import pytest

from tests.enginekit.colours import bar_reader, bars
from tests.enginekit.entries import entry
from wenyun.deadline import Deadline
from wenyun.engine import recognise
from wenyun.engine.geometry import Image
from wenyun.engine.recognise import LineCrop, Recogniser, line_crop, resize_line
from wenyun.errors import WenyunError

TEXTS = ["a", "abAB19", "ab", "发票億", "19" * 9, "bB", "A", "1a" * 30, "9", "Bb", "b", "aA"]


@pytest.fixture(params=[1, 3])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    with ThreadPoolExecutor(request.param) as pool:
        yield pool


def line(image: Image) -> LineCrop:
    return LineCrop(image.shape[1] / image.shape[0], lambda: image)


def test_answers_stand_in_the_order_of_the_lines(executor: Executor) -> None:
    recogniser, _ = bar_reader()
    readings = recogniser.read([line(bars(text)) for text in TEXTS], executor, Deadline())
    assert [reading.text for reading in readings] == TEXTS
    assert all(reading.confidence == pytest.approx(0.9) for reading in readings)


def test_no_line(executor: Executor) -> None:
    recogniser, session = bar_reader()
    assert recogniser.read([], executor, Deadline()) == []
    assert not session.shapes


def test_few_shapes_are_ever_seen(executor: Executor) -> None:
    """Widths in steps of a bucket, the model's height, batches no larger than allowed."""
    recogniser, session = bar_reader()
    images = [np.full((32, width, 3), 255, np.uint8) for width in range(3, 400, 7)]
    recogniser.read([line(image) for image in images], executor, Deadline())
    assert {(c, h) for _, c, h, _ in session.shapes} == {(3, 32)}
    assert all(w % recognise.BUCKET == 0 for *_, w in session.shapes)
    assert max(n for n, *_ in session.shapes) == recognise.MAX_BATCH
    assert sum(n for n, *_ in session.shapes) == len(images)
    assert len({w for *_, w in session.shapes}) <= 400 // recognise.BUCKET + 1


@pytest.mark.parametrize(("height", "stride"), [(32, 4), (48, 8), (64, 4)])
def test_height_and_stride_are_the_models_own(height: int, stride: int, executor: Executor) -> None:
    recogniser, session = bar_reader()
    described = entry(height=height, width_stride=stride)
    own = Recogniser(described, session, recogniser._decoder)
    own.read([line(np.full((30, 300, 3), 255, np.uint8))], executor, Deadline())
    ((_, _, found, width),) = session.shapes
    assert (found, width) == (height, -(-height * 10 // recognise.BUCKET) * recognise.BUCKET)
    own.read([line(np.full((30, 1, 3), 255, np.uint8))], executor, Deadline())
    assert session.shapes[-1][3] >= recognise.MIN_STEPS * stride


def test_the_widest_lines_are_read_first() -> None:
    """Then what is left at the end is short, and no thread waits for long."""
    recogniser, session = bar_reader()
    with ThreadPoolExecutor(1) as pool:
        recogniser.read([line(bars(text)) for text in TEXTS], pool, Deadline())
    widths = [w for *_, w in session.shapes]
    assert widths == sorted(widths, reverse=True)


def test_a_batch_never_gives_more_than_bounded(
    executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    recogniser, session = bar_reader()
    image = bars("ab" * 10)
    bucket = -(-image.shape[1] // recognise.BUCKET) * recognise.BUCKET
    classes = read_classes()
    monkeypatch.setattr(recognise, "MAX_OUTPUT", 2 * bucket // 4 * classes)
    readings = recogniser.read([line(image)] * 7, executor, Deadline())
    assert [reading.text for reading in readings] == ["ab" * 10] * 7
    assert sorted(n for n, *_ in session.shapes) == [1, 2, 2, 2]


def read_classes() -> int:
    from tests.enginekit.ctckit import CHARSET

    return len(CHARSET.characters)


def test_a_line_is_squeezed_at_most(executor: Executor) -> None:
    recogniser, session = bar_reader()
    wide = np.full((4, 20_000, 3), 255, np.uint8)
    recogniser.read([line(wide)], executor, Deadline())
    ((_, _, _, width),) = session.shapes
    assert width <= 32 * recognise.MAX_RATIO


def test_a_line_longer_than_thirty_times_its_height(executor: Executor) -> None:
    recogniser, _ = bar_reader()
    text = "ab19" * 25
    image = bars(text)
    assert image.shape[1] > 30 * image.shape[0]
    (reading,) = recogniser.read([line(image)], executor, Deadline())
    assert reading.text == text


@pytest.mark.parametrize("shape", [(1, 1), (40, 1), (1, 40), (3, 500), (500, 3)])
def test_crops_of_any_shape(shape: tuple[int, int], executor: Executor) -> None:
    recogniser, session = bar_reader()
    (reading,) = recogniser.read([line(np.full((*shape, 3), 255, np.uint8))], executor, Deadline())
    assert reading.text == ""
    ((_, _, height, width),) = session.shapes
    assert (height, width % recognise.BUCKET) == (32, 0)


def test_padding_is_no_part_of_the_line(executor: Executor) -> None:
    """One bar in the middle of its own line stands at its middle, however long the others are."""
    recogniser, _ = bar_reader()
    short, long = bars("a", margin=12, gap=0), bars("aaa")
    alone, beside = recogniser.read([line(short), line(long)], executor, Deadline())
    assert alone.positions == pytest.approx((0.5,), abs=0.02)
    assert len(beside.positions) == 3


def test_every_line_is_cut_once(executor: Executor) -> None:
    recogniser, _ = bar_reader()
    cuts = [0] * len(TEXTS)
    lock = threading.Lock()

    def crop(number: int) -> LineCrop:
        image = bars(TEXTS[number])

        def cut() -> Image:
            with lock:
                cuts[number] += 1
            return image

        return LineCrop(image.shape[1] / image.shape[0], cut)

    recogniser.read([crop(number) for number in range(len(TEXTS))], executor, Deadline())
    assert cuts == [1] * len(TEXTS)


def test_a_deadline_that_has_passed(executor: Executor) -> None:
    recogniser, session = bar_reader()
    with pytest.raises(WenyunError) as caught:
        recogniser.read([line(bars("ab"))], executor, Deadline.after(-1))
    assert caught.value.code == "time_limit"
    assert not session.shapes


def test_a_deadline_that_passes_on_the_way() -> None:
    """It is looked at before each batch, so nothing runs after the batch that was under way."""
    recogniser, session = bar_reader()
    late = LateDeadline(2)
    with ThreadPoolExecutor(1) as pool, pytest.raises(WenyunError, match="time limit"):
        recogniser.read([line(bars("ab"))] * 40, pool, late)
    assert len(session.shapes) == 2


class LateDeadline(Deadline):
    """Passes after so many looks at it."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        object.__setattr__(self, "looks", iter(range(looks)))

    def check(self) -> None:
        if next(self.looks, None) is None:  # type: ignore[attr-defined]
            raise WenyunError("time_limit")


def test_a_cut_that_fails_is_not_hidden(executor: Executor) -> None:
    recogniser, _ = bar_reader()

    def cut() -> Image:
        raise MemoryError("no room")

    with pytest.raises(MemoryError, match="no room"):
        recogniser.read([line(bars("ab")), LineCrop(2.0, cut)], executor, Deadline())


def test_a_language_is_that_of_the_decoder(executor: Executor) -> None:
    recogniser, _ = bar_reader(lang="en")
    (reading,) = recogniser.read([line(bars("a发b"))], executor, Deadline())
    assert "发" not in reading.text
    assert reading.text.startswith("a")


def test_resizing_by_much_averages() -> None:
    """A one-pixel stroke in every eighth row leaves its share of grey, not nothing."""
    image = np.full((256, 64, 3), 255, np.uint8)
    image[::8] = 0
    small = resize_line(image, 8, 32)
    assert small.shape == (32, 8, 3)
    assert (np.abs(small.astype(int) - 255 * 7 // 8) <= 1).all()


def test_a_crop_of_a_flat_quad() -> None:
    quad = np.array([[0, 0], [50, 0], [50, 0.2], [0, 0.2]], np.float32)
    assert line_crop(quad, lambda: bars("a")).ratio == 50.0
