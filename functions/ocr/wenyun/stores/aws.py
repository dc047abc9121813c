"""Clients of AWS's services, and what their errors mean to us.

Importing this module imports boto3, so import it where it is needed.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

from wenyun.stores.objects import StoreBusyError, StoreFaultError

CONNECT_SECONDS = 2
READ_SECONDS = {"s3": 10}
"""Until the next byte; files take longer than records."""

USUAL_READ_SECONDS = 4
ATTEMPTS = 3

BUSY = {
    "BandwidthLimitExceeded",
    "ConditionalRequestConflict",
    "KmsThrottled",
    "OverLimit",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestTimeout",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
}
"""Codes of a service that can do it later, beside its 5xx and 429."""

_making = threading.Lock()

Meaning = Callable[[ClientError], Exception | None]


class Client:
    """A service's client, made at first need: none at Lambda's INIT."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._made: Any = None

    def __call__(self) -> Any:
        """The client; which region, credentials and partition is the environment's to say."""
        # Clients may be shared by threads, but what makes them may not.
        with _making:
            if self._made is None:
                self._made = boto3.client(self._service, config=config(self._service))
            return self._made


def config(service: str) -> Config:
    """Short limits and few attempts: who waits here is a request, or a function that is paid for.

    S3 is asked at its regional address and signed by version 4, which presigned addresses need in
    every region that is younger than 2014, and outside the partition `aws`. An endpoint that the
    environment names instead need not answer under names of buckets.
    """
    named = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS.get(service, USUAL_READ_SECONDS),
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        signature_version="s3v4" if service == "s3" else None,
        s3={
            "addressing_style": "path" if named else "virtual",
            "us_east_1_regional_endpoint": "regional",
        },
    )


@contextmanager
def translated(what: str, meaning: Meaning = lambda _: None) -> Iterator[None]:
    """Turn the SDK's errors into ours.

    Args:
        what: Stands before the message: an object, a table, a queue.
        meaning: Makes an error of what is no fault here, such as an object that is not there.

    Raises:
        StoreBusyError: Throttled, unreachable, or out of order for now.
        StoreFaultError: Any other error of the service: not allowed, not there, not understood.

    """
    try:
        yield
    except ClientError as error:
        raise meaning(error) or _fault(error)(f"{what}: {error}") from error
    except (HTTPClientError, NoConnectionError) as error:
        raise StoreBusyError(f"{what}: {error}") from error
    except BotoCoreError as error:
        raise StoreFaultError(f"{what}: {error}") from error


def code_of(error: ClientError) -> str:
    """The service's own word for an error."""
    return str(error.response.get("Error", {}).get("Code", ""))


def _fault(error: ClientError) -> type[StoreFaultError]:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    busy = code_of(error) in BUSY or status >= 500 or status == 429
    return StoreBusyError if busy else StoreFaultError
