"""A document through the stores on AWS, messages that come twice, and functions that end."""

from typing import Any

from tests.awskit.buckets import RESULTS, UPLOADS
from tests.chainkit.cloud import Cloud, cloud
from tests.chainkit.pump import Function, Pump, breaking, chain, function, ports, stores
from tests.jobkit.breaking import Breaker
from tests.jobkit.reader import OrderReader, document
from tests.jobkit.unruly import Fate, Pages, tally
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
        ended = ports(sky).jobs.get(job.id)
        assert ended
        # Beside the results stands the file that says that the job has ended.
        kept = len([*sky.keys(UPLOADS), *sky.keys(RESULTS)]) - len(ended.results) - 1
        return tally(ended, ports(sky), kept + sky.waiting("DeadLetters"), reader, fate)


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
