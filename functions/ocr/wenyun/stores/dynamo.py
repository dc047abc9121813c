"""One DynamoDB table: what it refuses under a condition, and conflicts that are tried again."""

import random
import re
import time
from typing import Any

from botocore.exceptions import ClientError

from wenyun.stores.aws import Client, code_of, translated
from wenyun.stores.objects import StoreBusyError

CONFLICTS = 8
"""Attempts at a write that others touch at the same time, over some two seconds."""

FIRST_PAUSE = 0.02

REFUSED = "ConditionalCheckFailed"
AGAIN = {
    "TransactionConflict",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "TransactionInProgress",
}
"""Why a transaction was cancelled that may go through at the next attempt."""


class RefusedError(Exception):
    """A condition did not hold, and nothing was written.

    Args:
        codes: Of a transaction, a code for each of its writes.

    """

    def __init__(self, *codes: str) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class _ConflictError(Exception):
    """Another write was under way."""


class Table:
    """Calls to one table."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._client = Client("dynamodb")

    def call(self, operation: str, **arguments: Any) -> Any:
        """An operation of the SDK's client on this table.

        Raises:
            RefusedError: Its condition did not hold.
            StoreFaultError: The table could not do it.

        """
        return self._patiently(operation, {"TableName": self.name} | arguments)

    def transact(self, *writes: dict[str, Any]) -> None:
        """Several writes, all or none; raises as `call`."""
        items = [
            {kind: {"TableName": self.name} | what for kind, what in write.items()}
            for write in writes
        ]
        self._patiently("transact_write_items", {"TransactItems": items})

    def _patiently(self, operation: str, arguments: dict[str, Any]) -> Any:
        for attempt in range(CONFLICTS):
            if attempt:
                # Random, so that those who met once do not meet again.
                time.sleep(random.uniform(0, FIRST_PAUSE * 2**attempt))  # noqa: S311
            try:
                with translated(f"Table {self.name}", _meaning):
                    return getattr(self._client(), operation)(**arguments)
            except _ConflictError:
                continue
        raise StoreBusyError(f"Table {self.name}: too many writes at once")


def names_in(*expressions: str) -> dict[str, str]:
    """The aliases that expressions use: `#state` stands for `state`, a reserved word."""
    return {f"#{name}": name for text in expressions for name in re.findall(r"#(\w+)", text)}


def _meaning(error: ClientError) -> Exception | None:
    code = code_of(error)
    if code == "ConditionalCheckFailedException":
        return RefusedError(REFUSED)
    if code == "TransactionConflictException":
        return _ConflictError()
    if code != "TransactionCanceledException":
        return None
    codes = [str(reason.get("Code", "")) for reason in error.response["CancellationReasons"]]
    if REFUSED in codes:
        return RefusedError(*codes)
    return _ConflictError() if AGAIN & set(codes) else None
