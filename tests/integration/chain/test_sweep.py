"""What is looked at every quarter of an hour, and events that come without a queue."""

from dataclasses import replace

import pytest

from tests.awskit.buckets import UPLOADS
from tests.awskit.object_events import s3_event
from tests.chainkit.cloud import Cloud
from tests.chainkit.pump import Pump, chain, function, ports, stores
from tests.jobkit.breaking import Breaker, Broken, CrashError
from tests.jobkit.reader import OrderReader, document, order, text_of
from wenyun.deadline import Deadline
from wenyun.jobs.desk import UPLOAD_SECONDS, Desk, Limits
from wenyun.stores.jobs import Job
from wenyun.triggers.batch import Batch
from wenyun.triggers.chain import Stores, open_chain
from wenyun.triggers.sweeper import STALLED_SECONDS, Sweeper
from wenyun.wiring import open_aws_ports


def announced(sky: Cloud, size: int = 10) -> Job:
    return Desk(ports(sky), Limits(10_000)).announce("a.tif", "", size, {"format": "text"})


def sweeper(sky: Cloud, after: float, over: Stores | None = None) -> Sweeper:
    made = chain(sky, OrderReader(), over).sweeper
    assert made
    return replace(made, clock=lambda: sky.clock() - sky.clock.ahead + after)


def test_a_file_that_never_came(sky: Cloud) -> None:
    job = announced(sky)
    sweeper(sky, UPLOAD_SECONDS - 60).run()
    assert ports(sky).jobs.get(job.id) == job
    sweeper(sky, UPLOAD_SECONDS + 60).run()
    failed = ports(sky).jobs.get(job.id)
    assert failed
    assert (failed.state, failed.error and failed.error.code) == ("failed", "missing_image")
    assert sky.answer(f"jobs/{job.id}/ended")["error"]["code"] == "missing_image"
    Pump(sky, [function(chain(sky, OrderReader()))]).run()


@pytest.mark.parametrize("at", range(1, 9))
def test_a_sweep_that_breaks_off_is_heard_of_all_the_same(sky: Cloud, at: int) -> None:
    """Jobs that have failed are found by no other sweep."""
    job, over = announced(sky), stores(sky)
    breaker = Breaker(at, after=True)
    broken = replace(over, ports=breaker.ports(over.ports))
    try:
        sweeper(sky, UPLOAD_SECONDS + 60, broken).run()
    except CrashError:
        sweeper(sky, UPLOAD_SECONDS + 60).run()
    Pump(sky, [function(chain(sky, OrderReader()))]).run()
    assert sky.answer(f"jobs/{job.id}/ended")["error"]["code"] == "missing_image"


def test_a_job_whose_message_is_lost_goes_on(sky: Cloud) -> None:
    data = document(pages=2, seed="j")
    job = announced(sky, len(data))
    sky.s3.put_object(Bucket=UPLOADS, Key=f"jobs/{job.id}/upload", Body=data)
    sky.clock.ahead += 100
    sky.sqs.purge_queue(QueueUrl=sky.urls["InboxQueue"])
    assert sweeper(sky, STALLED_SECONDS - 60).run() == {"waiting": 0}
    assert not sky.waiting("InboxQueue")
    sweeper(sky, STALLED_SECONDS + 60).run()
    Pump(sky, [function(chain(sky, OrderReader()))]).run()
    done = ports(sky).jobs.get(job.id)
    assert done
    assert ports(sky).blobs.get(done.results["text"].key).decode() == text_of("j", 1, 2)


def test_jobs_that_wait_behind_others_are_left_alone(sky: Cloud) -> None:
    """Planning them anew would put all their pages in line a second time."""
    data = document(pages=2)
    job = announced(sky, len(data))
    sky.s3.put_object(Bucket=UPLOADS, Key=f"jobs/{job.id}/upload", Body=data)
    assert sweeper(sky, STALLED_SECONDS + 60).run() == {"waiting": 1}
    assert sky.waiting("InboxQueue") == 1


def batch(sky: Cloud, reader: OrderReader) -> Batch:
    return Batch(chain(sky, reader).desk, Deadline(), "id-1")


def test_events_straight_from_the_bucket(sky: Cloud) -> None:
    """A picture is read at once; a job and a long document go to the queue."""
    data = document(pages=7, seed="d")
    job = announced(sky, len(data))
    sky.put("inbox/a.png", order(seed="p"))
    sky.put("inbox/b.tif", data)
    sky.s3.put_object(Bucket=UPLOADS, Key=f"jobs/{job.id}/upload", Body=data)
    sky.clock.ahead += 100
    sky.sqs.purge_queue(QueueUrl=sky.urls["InboxQueue"])
    keys = ("inbox/a.png", "inbox/b.tif", f"jobs/{job.id}/upload")
    batch(sky, OrderReader()).objects(s3_event(*keys, bucket=UPLOADS))
    assert sky.results() == ["a.png.json", "a.png.txt"]
    Pump(sky, [function(chain(sky, OrderReader()))]).run()
    assert sky.text("b.tif.txt") == text_of("d", *range(1, 8))
    done = ports(sky).jobs.get(job.id)
    assert done
    assert done.state == "succeeded"


def test_without_a_table_everything_is_read_at_once(sky: Cloud) -> None:
    sky.put("inbox/b.tif", document(pages=9, seed="d"))
    settings = replace(sky.settings, table="")
    made = open_chain(settings, OrderReader(), open_aws_ports)
    assert made.sweeper is None
    Batch(made.desk, Deadline(), "id-1").objects(s3_event("inbox/b.tif", bucket=UPLOADS))
    assert sky.text("b.tif.txt") == text_of("d", *range(1, 10))


def test_breakers_wrap_every_store() -> None:
    calls = Breaker(99, after=False)
    assert Broken([1], "list", calls).count(1) == 1
    assert calls.calls == ["list.count"]
