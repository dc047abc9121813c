"""Jobs in DynamoDB; see `JobStore`, and `dynamo_items` for how they lie there.

Every change is one write under a condition, and a page is counted by one transaction of its own
item and the counter, so that nothing counts twice however often it is delivered.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wenyun.stores.dynamo import REFUSED, RefusedError, Table, names_in
from wenyun.stores.dynamo_items import (
    OPEN,
    PAGE,
    SHARDS,
    STATES,
    Item,
    failure_text,
    job_item,
    key_of,
    number,
    options_item,
    page_part,
    results_text,
    shards,
    to_job,
    until,
)
from wenyun.stores.jobs import Failure, Job, Load, ResultFile

INDEX = "open"

COUNTED = 2000
"""Jobs that `load` counts at most in one part of the index."""

IDLE = 100
"""Jobs that `idle` gives at most from one part of the index: the oldest."""


class DynamoJobs:
    """Jobs in a table.

    Args:
        table: Its name.
        clock: Seconds since 1970.

    """

    def __init__(self, table: str, clock: Callable[[], float] = time.time) -> None:
        self._table = Table(table)
        self._clock = clock

    def create(self, job: Job) -> None:
        """Keep a new job; that it is there already is the SDK's own second attempt."""
        item = job_item(job)
        if "options" not in item:
            self._table.call("put_item", Item=options_item(job))
        try:
            self._table.call("put_item", Item=item, ConditionExpression="attribute_not_exists(pk)")
        except RefusedError:
            return

    def get(self, job_id: str) -> Job | None:
        """A job, ended or not, as the last write left it."""
        item = self._item(job_id, "job")
        return self._job(item) if item else None

    def begin(self, job_id: str) -> Job | None:
        """Say that work has begun."""
        return self._change(job_id, "#state = :running", {})

    def set_total(self, job_id: str, total: int) -> Job | None:
        """Say how many pages there are; the first to say so is believed."""
        change = "#pages_total = if_not_exists(#pages_total, :total)"
        return self._change(job_id, change, {":total": number(total)})

    def page_done(self, job_id: str, page: int) -> Job | None:
        """Count a page, once."""
        job = self.get(job_id)
        if job is None or job.ended:
            return None
        try:
            self._table.transact(self._count(job_id), _mark(job, page))
        except RefusedError as refused:
            if refused.codes[0] == REFUSED:
                return None
            job = self.get(job_id)
            return None if job is None or job.ended else job
        return self.get(job_id)

    def pages_done(self, job_id: str) -> set[int]:
        """The numbers of the pages that are counted."""
        found = self._query(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :page)",
            ExpressionAttributeValues={":pk": {"S": job_id}, ":page": {"S": PAGE}},
            ProjectionExpression="sk",
            ConsistentRead=True,
        )
        return {int(item["sk"]["S"].removeprefix(PAGE)) for item in found}

    def finish(self, job_id: str, results: Mapping[str, ResultFile]) -> Job | None:
        """Say that it succeeded."""
        change, text = "#state = :end, #results = :results", results_text(results)
        return self._end(job_id, "succeeded", change, {":results": {"S": text}})

    def fail(self, job_id: str, failure: Failure) -> Job | None:
        """Say that it failed."""
        change, text = "#state = :end, #error = :error", failure_text(failure)
        return self._end(job_id, "failed", change, {":error": {"S": text}})

    def delete(self, job_id: str) -> None:
        """Forget it.

        The marks of its pages are left to expire: they hold nothing but their numbers, nobody asks
        for them, and that costs nothing, where removing ten thousand of them takes many seconds.
        """
        for part in ("job", "options"):
            self._table.call("delete_item", Key=key_of(job_id, part))

    def load(self) -> Load:
        """About how many jobs are waiting or running.

        One part of the index is counted, and at most `COUNTED` of it: jobs are spread evenly, and
        what is asked at each acceptance must stay cheap. Bytes are not counted, as no disk fills.
        """
        found = self._table.call(
            "query",
            IndexName=INDEX,
            Select="COUNT",
            Limit=COUNTED,
            KeyConditionExpression="#open = :shard",
            ExpressionAttributeNames={"#open": "open"},
            ExpressionAttributeValues={":shard": {"S": random.choice(shards())}},  # noqa: S311
        )
        return Load(int(found["Count"]) * SHARDS, 0)

    def idle(self, before: float) -> Sequence[Job]:
        """The oldest of the unfinished jobs that have not come further since some time."""
        found = (job for shard in shards() for job in self._idle_in(shard, before))
        return [job for job in found if not job.ended and job.updated < before]

    def expired(self, now: float) -> Sequence[str]:  # noqa: ARG002
        """None: the table removes them itself, and the buckets what they left."""
        return []

    def _idle_in(self, shard: str, before: float) -> Iterator[Job]:
        """Jobs as the table knows them: the index is some moments behind."""
        found = self._table.call(
            "query",
            IndexName=INDEX,
            Limit=IDLE,
            KeyConditionExpression="#open = :shard AND #updated < :before",
            ExpressionAttributeNames={"#open": "open", "#updated": "updated"},
            ExpressionAttributeValues={":shard": {"S": shard}, ":before": number(before)},
        )
        jobs = (self.get(item["pk"]["S"]) for item in found["Items"])
        return (job for job in jobs if job)

    def _change(self, job_id: str, sets: str, values: Item, remove: str = "") -> Job | None:
        change = f"SET #updated = :now, {sets} {remove}"
        try:
            done = self._table.call(
                "update_item",
                Key=key_of(job_id),
                UpdateExpression=change,
                ConditionExpression=OPEN,
                ExpressionAttributeNames=names_in(change, OPEN),
                ExpressionAttributeValues=STATES | {":now": number(self._clock())} | values,
                ReturnValues="ALL_NEW",
            )
        except RefusedError:
            return None
        return self._job(done["Attributes"])

    def _end(self, job_id: str, state: str, change: str, values: Item) -> Job | None:
        return self._change(
            job_id, change, values | {":end": {"S": state}}, "REMOVE #open, #password"
        )

    def _count(self, job_id: str) -> dict[str, Any]:
        change = "SET #updated = :now ADD #pages_done :one"
        return {
            "Update": {
                "Key": key_of(job_id),
                "UpdateExpression": change,
                "ConditionExpression": OPEN,
                "ExpressionAttributeNames": names_in(change, OPEN),
                "ExpressionAttributeValues": STATES
                | {":now": number(self._clock()), ":one": number(1)},
            }
        }

    def _item(self, job_id: str, part: str) -> Item | None:
        found = self._table.call("get_item", Key=key_of(job_id, part), ConsistentRead=True)
        item: Item | None = found.get("Item")
        return item

    def _job(self, item: Item) -> Job | None:
        """None where the job was forgotten just now: its options go after it."""
        holder = item if "options" in item else self._item(item["pk"]["S"], "options")
        return to_job(item, holder["options"]["B"]) if holder else None

    def _query(self, **question: Any) -> Iterator[Item]:
        while True:
            found = self._table.call("query", **question)
            yield from found["Items"]
            if "LastEvaluatedKey" not in found:
                return
            question["ExclusiveStartKey"] = found["LastEvaluatedKey"]


def _mark(job: Job, page: int) -> dict[str, Any]:
    item = key_of(job.id, page_part(page)) | {"expires_at": until(job.expires)}
    return {"Put": {"Item": item, "ConditionExpression": "attribute_not_exists(pk)"}}
