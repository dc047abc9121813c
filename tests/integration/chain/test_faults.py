"""What ends processes, and what is out of order for a while."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.awskit.buckets import UPLOADS
from tests.chainkit.cloud import Cloud
from tests.chainkit.pump import STRIDE, Pump, chain, function, ports, stores
from tests.jobkit.breaking import CrashError
from tests.jobkit.reader import OrderReader, document, order, text_of
from wenyun.deadline import Deadline
from wenyun.jobs.desk import Desk, Limits
from wenyun.options import Options
from wenyun.result import Document
from wenyun.stores.jobs import Job
from wenyun.stores.objects import StoreFaultError
from wenyun.triggers.chain import Stores


class Deadly(OrderReader):
    """The process ends at some pages, in this process by an error that nothing catches."""

    def read(self, data: bytes, options: Options, deadline: Deadline, **more: Any) -> Document:
        if b"kill" in data and options.pages and options.pages[0].first == 2:
            raise CrashError
        if b"deadly" in data:
            raise CrashError
        return super().read(data, options, deadline, **more)


def announced(sky: Cloud, data: bytes, **options: str) -> str:
    """A job as the API makes it, and its file as a browser sends it."""
    desk = Desk(ports(sky), Limits(10_000))
    job = desk.announce("a.tif", "image/tiff", len(data), options)
    sky.s3.put_object(Bucket=UPLOADS, Key=f"jobs/{job.id}/upload", Body=data)
    return job.id


def job(sky: Cloud, job_id: str) -> Job:
    found = ports(sky).jobs.get(job_id)
    assert found
    return found


def ended(sky: Cloud, job_id: str) -> Any:
    return sky.answer(f"jobs/{job_id}/ended")


def test_a_job_from_its_file_to_its_end(sky: Cloud) -> None:
    job_id = announced(sky, document(pages=4, seed="j"), format="text")
    Pump(sky, [function(chain(sky, OrderReader()))]).run()
    done = job(sky, job_id)
    assert (done.state, done.pages_done) == ("succeeded", 4)
    assert ports(sky).blobs.get(done.results["text"].key).decode() == text_of("j", 1, 2, 3, 4)
    assert ended(sky, job_id) == {
        "job_id": job_id,
        "name": "a.tif",
        "state": "succeeded",
        "pages_total": 4,
        "error": None,
        "formats": ["text"],
    }
    assert sky.keys(UPLOADS) == []


def test_a_page_that_ends_every_process(sky: Cloud) -> None:
    """Its job fails and says why, and its message lies where people look."""
    job_id = announced(sky, document(pages=3, seed="kill"))
    pump = Pump(sky, [function(chain(sky, Deadly()))])
    pump.run()
    done = job(sky, job_id)
    assert pump.crashes == 3
    assert done.state == "failed"
    assert done.error
    assert "page 2" in done.error.message
    assert ended(sky, job_id)["error"]["code"] == "internal"
    assert sky.bodies("DeadLetters") == [{"job": job_id, "step": "page", "page": 2}]


def test_an_object_that_ends_every_process(sky: Cloud) -> None:
    sky.upload("inbox/a.png", order(seed="deadly"))
    sky.upload("inbox/b.png", order(seed="good"))
    pump = Pump(sky, [function(chain(sky, Deadly()))])
    pump.run()
    assert pump.crashes == 3
    assert sky.results() == ["a.png.error.json", "b.png.json", "b.png.txt"]
    assert sky.answer("a.png.error.json")["error"]["code"] == "internal"
    (letter,) = sky.bodies("DeadLetters")
    assert letter["Records"][0]["s3"]["object"]["key"] == "inbox/a.png"


@pytest.mark.parametrize("kind", ["page", "plan", "document", "picture"])
def test_what_no_process_even_gives_up_comes_to_the_dead_letters(sky: Cloud, kind: str) -> None:
    """As when none can start: SQS puts the messages aside, and the consumer says so later."""
    job_id = ""
    good = function(chain(sky, OrderReader()))
    if kind in ("page", "plan"):
        job_id = announced(sky, document(pages=2))
    else:
        sky.upload("inbox/a", document(pages=9) if kind == "document" else order())
    if kind in ("page", "document"):
        Pump(sky, [good]).once("InboxQueue")

    def dies(event: Any) -> Any:
        raise CrashError

    dying = Pump(sky, [dies])
    while sky.waiting("InboxQueue"):
        if not dying.once("InboxQueue"):
            sky.clock.ahead += 2000
    assert sky.waiting("GivenUp")
    Pump(sky, [good]).run()
    assert sky.waiting("DeadLetters")
    if job_id:
        assert job(sky, job_id).state == "failed"
        assert ended(sky, job_id)["error"]["message_zh"]
    else:
        assert sky.results() == ["a.error.json"]
        assert sky.answer("a.error.json")["error"]["code"] == "internal"


def test_the_consumer_of_dead_letters_waits_for_the_stores(sky: Cloud) -> None:
    job_id = announced(sky, document(pages=2))
    Pump(sky, [function(chain(sky, OrderReader()))]).once("InboxQueue")
    sky.clock.ahead += 100
    sky.sqs.purge_queue(QueueUrl=sky.urls["InboxQueue"])
    sky.tell({"job": job_id, "step": "page", "page": 1}, "GivenUp")
    down = Pump(sky, [function(chain(sky, OrderReader(), failing(sky, lambda: True)))])
    assert down.once("GivenUp")
    assert not sky.waiting("DeadLetters")
    sky.clock.ahead += 2000
    Pump(sky, [function(chain(sky, OrderReader()))]).run()
    assert job(sky, job_id).state == "failed"
    assert sky.waiting("DeadLetters") == 1


class Faulty:
    """A store that fails while it is told to."""

    def __init__(self, store: Any, fails: Callable[[], bool]) -> None:
        self._store, self._fails = store, fails

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        def call(*args: Any, **more: Any) -> Any:
            if self._fails():
                raise StoreFaultError("out of order")
            return method(*args, **more)

        return call


def failing(sky: Cloud, fails: Callable[[], bool], *which: str) -> Stores:
    """The stores, some of which fail."""
    over = stores(sky)
    wrap: Any = Faulty
    which = which or ("jobs", "blobs", "objects", "register")
    named = {
        name: wrap(getattr(over.ports, name), fails) for name in which if name in ("jobs", "blobs")
    }
    others = {
        name: wrap(getattr(over, name), fails) for name in which if name in ("objects", "register")
    }
    return replace(over, ports=replace(over.ports, **named), **others)


@pytest.mark.parametrize("which", [("jobs",), ("blobs",), ("objects",), ("register",), ()])
def test_a_service_out_of_order_for_hours(sky: Cloud, which: tuple[str, ...]) -> None:
    """Nothing is lost, nobody is blamed, and nothing comes to the dead letters."""
    until = sky.clock.ahead + 3 * 3600
    over = failing(sky, lambda: sky.clock.ahead < until, *which)
    job_id = announced(sky, document(pages=3, seed="j"))
    sky.upload("inbox/a.png", order(seed="p"))
    sky.upload("inbox/b.tif", document(pages=7, seed="d"))
    Pump(sky, [function(chain(sky, OrderReader(), over))]).run()
    assert job(sky, job_id).state == "succeeded"
    assert sky.text("a.png.txt") == text_of("p", 1)
    assert sky.text("b.tif.txt") == text_of("d", *range(1, 8))
    assert not sky.waiting("DeadLetters")
    assert not sky.waiting("GivenUp")


def test_a_table_that_is_throttled_now_and_then(sky: Cloud) -> None:
    chance = random.Random(1)
    over = failing(sky, lambda: chance.random() < 0.1, "jobs", "register")
    job_id = announced(sky, document(pages=12, seed="j"))
    sky.upload("inbox/b.tif", document(pages=7, seed="d"))
    Pump(sky, [function(chain(sky, OrderReader(), over))]).run()
    assert job(sky, job_id).state == "succeeded"
    assert sky.text("b.tif.txt") == text_of("d", *range(1, 8))


def test_a_service_that_never_comes_back_ends_in_a_reason(sky: Cloud) -> None:
    """The job says so; its file is cleared away when that can be done again."""
    over = failing(sky, lambda: True, "blobs")
    job_id = announced(sky, document(pages=1))
    pump = Pump(sky, [function(chain(sky, OrderReader(), over))])
    for _ in range(200):
        if job(sky, job_id).ended:
            break
        if not pump.step():
            sky.clock.ahead += STRIDE
    assert sky.clock.ahead > 8 * 3600
    assert job(sky, job_id).state == "failed"
    assert sky.keys(UPLOADS)
    Pump(sky, [function(chain(sky, OrderReader()))]).run()
    assert sky.keys(UPLOADS) == []


def test_an_invocation_without_time_blames_nobody(sky: Cloud) -> None:
    """What was not begun comes again as if it had not come."""
    job_id = announced(sky, document(pages=2, seed="j"))
    sky.upload("inbox/a.png", order())
    late = function(chain(sky, OrderReader()), seconds=0.0)
    for _ in range(10):
        Pump(sky, [late], batch=10).step()
        sky.clock.ahead += 20
    assert not sky.waiting("GivenUp")
    pump = Pump(sky, [function(chain(sky, OrderReader()))], batch=10)
    pump.run()
    assert job(sky, job_id).state == "succeeded"
    assert sky.results() == ["a.png.json", "a.png.txt"]
