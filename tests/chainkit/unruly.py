"""A document through the stores on AWS, messages that come twice, and functions that end."""

import json
from collections import Counter
from typing import Any

from tests.awskit.buckets import RESULTS, UPLOADS
from tests.chainkit.cloud import Cloud, cloud
from tests.chainkit.pump import Function, Pump, breaking, chain, function, ports, stores
from tests.jobkit.breaking import Breaker
from tests.jobkit.reader import OrderReader, document, line_of
from tests.jobkit.unruly import Fate, Pages
from wenyun.jobs.desk import Desk, Limits
from wenyun.stores.sqs_tasks import task_of

FUNCTIONS = 4


def run_pages(pages: int, seed: int) -> Pages:
    """Read a document of so many pages."""
    fate, reader = Fate(seed), OrderReader()
    with cloud() as sky:
        data = document(pages=pages, seed="p")
        job = Desk(ports(sky), Limits(10_000)).announce("p.tif", "", len(data), {"format": "json"})
        sky.s3.put_object(Bucket=UPLOADS, Key=f"jobs/{job.id}/upload", Body=data)
        pump = Pump(sky, [_function(sky, reader, fate) for _ in range(FUNCTIONS)])
        pump.run(most=pages * 10)
        fate.crashes = pump.crashes
        return _tally(sky, job.id, reader, fate)


def _function(sky: Cloud, reader: OrderReader, fate: Fate) -> Function:
    over = stores(sky)
    sound = function(chain(sky, reader, over))

    def called(event: dict[str, Any]) -> Any:
        (record,) = event["Records"]
        task = task_of(record["body"], "", 1)
        before = fate.doubled
        at = fate.meet(task) if task else 0
        if fate.doubled > before:
            sky.tell(record["body"])
        if not at:
            return sound(event)
        ending = breaking(over, Breaker(at, after=at % 2 == 0))
        return function(chain(sky, reader, ending))(event)

    return called


def _tally(sky: Cloud, job_id: str, reader: OrderReader, fate: Fate) -> Pages:
    home = ports(sky)
    job = home.jobs.get(job_id)
    assert job
    found: list[dict[str, Any]] = []
    if "json" in job.results:
        found = json.loads(home.blobs.get(job.results["json"].key))["text"]
    numbers = Counter(line["page"] for line in found)
    left = [*sky.keys(UPLOADS), *sky.keys(RESULTS)]
    return Pages(
        state=job.state,
        counted=job.pages_done,
        results=len(found),
        right=sum(line["text"] == line_of("p", line["page"]) for line in found),
        twice=sum(count > 1 for count in numbers.values()),
        reads=len(reader.read_pages),
        doubled=fate.doubled,
        crashes=fate.crashes,
        # The results, and the file that says that the job has ended.
        left=len(left) - len(job.results) - 1 + sky.waiting("DeadLetters"),
    )
