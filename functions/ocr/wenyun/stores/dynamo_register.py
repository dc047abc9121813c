"""The register in a DynamoDB table; see `Register`. Importing this module imports boto3."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from wenyun.stores.dynamo import RefusedError, Table
from wenyun.stores.register import Standing

KEEP_SECONDS = 22 * 24 * 3600
"""Longer than a message may lie in the queues: seven days, and fourteen among the dead letters."""


class DynamoRegister:
    """One item a name, whose key is made of a hash; `newest` and `finished` are stamps."""

    def __init__(self, table: str, clock: Callable[[], float] = time.time) -> None:
        self._table = Table(table)
        self._clock = clock

    def claim(self, bucket: str, key: str, stamp: str) -> Standing:
        """As in `Register`."""
        try:
            self._table.call(
                "update_item",
                Key=_key(bucket, key),
                UpdateExpression="SET newest = :stamp, expires_at = :end",
                ConditionExpression="attribute_not_exists(newest) OR newest < :stamp",
                ExpressionAttributeValues={
                    ":stamp": {"S": stamp},
                    ":end": {"N": str(int(self._clock() + KEEP_SECONDS))},
                },
            )
        except RefusedError:
            return self.standing(bucket, key, stamp)
        return "newest"

    def standing(self, bucket: str, key: str, stamp: str) -> Standing:
        """As in `Register`."""
        item = self._item(bucket, key)
        if _text(item, "newest") != stamp:
            return "older"
        return "finished" if _text(item, "finished") == stamp else "newest"

    def finish(self, bucket: str, key: str, stamp: str) -> bool:
        """As in `Register`."""
        return self._if_newest(bucket, key, stamp, "SET finished = :stamp")

    def reopen(self, bucket: str, key: str, stamp: str) -> None:
        """As in `Register`."""
        self._if_newest(bucket, key, stamp, "REMOVE finished")

    def newest(self, bucket: str, key: str) -> str:
        """As in `Register`."""
        return _text(self._item(bucket, key), "newest")

    def _if_newest(self, bucket: str, key: str, stamp: str, change: str) -> bool:
        try:
            self._table.call(
                "update_item",
                Key=_key(bucket, key),
                UpdateExpression=change,
                ConditionExpression="newest = :stamp",
                ExpressionAttributeValues={":stamp": {"S": stamp}},
            )
        except RefusedError:
            return False
        return True

    def _item(self, bucket: str, key: str) -> dict[str, Any]:
        found = self._table.call("get_item", Key=_key(bucket, key), ConsistentRead=True)
        item: dict[str, Any] = found.get("Item", {})
        return item


def _key(bucket: str, key: str) -> dict[str, Any]:
    name = hashlib.sha256(f"{len(bucket)}:{bucket}{key}".encode("utf-8", "surrogatepass"))
    return {"pk": {"S": f"inbox#{name.hexdigest()}"}, "sk": {"S": "newest"}}


def _text(item: dict[str, Any], name: str) -> str:
    return str(item.get(name, {}).get("S", ""))
