"""Objects written over each other: whatever comes late, the newest one's results stay."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.chainkit.cloud import Cloud
from tests.chainkit.pump import Pump, chain, function, stores
from tests.jobkit.breaking import Breaker, Broken, CrashError
from tests.jobkit.reader import OrderReader, document, order, text_of
from wenyun.deadline import Deadline
from wenyun.options import Options
from wenyun.result import Document

KINDS = {"picture": lambda seed: order(seed=seed), "document": lambda seed: document(
    pages=7, seed=seed
)}  # fmt: skip
Make = Callable[[str], bytes]


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest) -> Make:
    return KINDS[request.param]


@pytest.fixture(params=KINDS)
def make_newer(request: pytest.FixtureRequest) -> Make:
    return KINDS[request.param]


def run(sky: Cloud) -> None:
    Pump(sky, [function(chain(sky, OrderReader()))]).run()


def said(sky: Cloud, name: str = "a.txt") -> str:
    return sky.text(name).partition(":")[0]


def test_events_the_other_way_round(sky: Cloud, make: Make, make_newer: Make) -> None:
    old = sky.put("inbox/a", make("old"))
    new = sky.put("inbox/a", make_newer("new"))
    for event in (new, old, new, old):
        sky.tell(event)
        run(sky)
    assert said(sky) == "new"
    assert sky.results() == ["a.json", "a.txt"]


def test_the_late_event_of_an_older_object_reads_nothing(sky: Cloud) -> None:
    old, new = sky.put("inbox/a", order(seed="old")), sky.put("inbox/a", order(seed="new"))
    reader = OrderReader()
    pump = Pump(sky, [function(chain(sky, reader))])
    for event in (new, old):
        sky.tell(event)
        pump.run()
    assert len(reader.read_pages) == 1


class Meanwhile(OrderReader):
    """Something happens while the first page is read."""

    def __init__(self, happens: Callable[[], None]) -> None:
        super().__init__()
        self.happens: Callable[[], None] | None = happens

    def read(self, data: bytes, options: Options, deadline: Deadline, **more: Any) -> Document:
        if self.happens and b"old" in data:
            happens, self.happens = self.happens, None
            happens()
        return super().read(data, options, deadline, **more)


def test_written_over_while_it_is_read(sky: Cloud, make: Make, make_newer: Make) -> None:
    """The newer one is finished before the older one comes to write."""

    def happens() -> None:
        sky.upload("inbox/a", make_newer("new"))
        run(sky)

    sky.upload("inbox/a", make("old"))
    Pump(sky, [function(chain(sky, Meanwhile(happens)))]).run()
    assert said(sky) == "new"
    assert sky.results() == ["a.json", "a.txt"]


def test_written_over_while_it_writes(sky: Cloud) -> None:
    """The older one wrote among the newer one's files, and sees to it that those are whole."""
    over = stores(sky)
    first = True

    def put(bucket: str, key: str, data: bytes, kind: str) -> None:
        nonlocal first
        if first and key == "a.json":
            first = False
            sky.upload("inbox/a", order(seed="new"))
            run(sky)
        over.objects.put(bucket, key, data, kind)

    class Slow:
        def __getattr__(self, name: str) -> Any:
            return put if name == "put" else getattr(over.objects, name)

    objects: Any = Slow()
    sky.upload("inbox/a", order(seed="old"))
    old = chain(sky, OrderReader(), replace(over, objects=objects))
    Pump(sky, [function(old)]).step()
    assert said(sky) == "old", "it has written over the newer one's"
    run(sky)
    assert said(sky) == "new"
    assert sky.answer("a.json")["text"][0]["text"] == "new: page 1"


@pytest.mark.parametrize("after", [False, True])
def test_a_process_that_ended_among_its_files(sky: Cloud, after: bool) -> None:
    """It comes again after the newer one is finished; what it had written is mended."""
    over = stores(sky)
    for at in range(1, 8):
        name = f"a{at}"
        wrap: Any = Broken
        broken = replace(over, objects=wrap(over.objects, "objects", Breaker(at, after)))
        sky.upload(f"inbox/{name}", order(seed="old"))
        pump = Pump(sky, [function(chain(sky, OrderReader(), broken))])
        pump.step()
        sky.upload(f"inbox/{name}", order(seed="new"))
        run(sky)
        assert said(sky, f"{name}.txt") == "new"
        assert sky.answer(f"{name}.json")["text"][0]["text"] == "new: page 1"
        if not pump.crashes:
            assert at > 3
            return
    raise AssertionError("there is no end of calls")


def test_a_failure_of_an_older_object_says_nothing(sky: Cloud) -> None:
    bad = document(pages=6, seed="old", bad=[1, 2, 3, 4, 5, 6])
    old = sky.put("inbox/a", bad)
    sky.tell(old)
    pump = Pump(sky, [function(chain(sky, OrderReader()))])
    for _ in range(3):
        pump.step()
    sky.upload("inbox/a", order(seed="new"))
    pump.run()
    assert sky.results() == ["a.json", "a.txt"]
    assert said(sky) == "new"


def test_crash_errors_are_not_caught() -> None:
    assert not issubclass(CrashError, Exception)
    assert text_of("a", 1) == "a: page 1\n"
