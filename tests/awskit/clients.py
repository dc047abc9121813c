"""AWS as a test has it: an address, credentials, and clients that are closed afterwards."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any
from unittest import mock

import boto3

from tests.awskit.buckets import CREDENTIALS


@contextlib.contextmanager
def aws_at(url: str) -> Iterator[None]:
    """Everything that asks AWS in this block asks at this address."""
    made: list[Any] = []
    make = boto3.client

    def client(*args: Any, **more: Any) -> Any:
        made.append(make(*args, **more))
        return made[-1]

    with (
        mock.patch.dict(os.environ, CREDENTIALS | {"AWS_ENDPOINT_URL": url}),
        mock.patch("boto3.client", client),
    ):
        yield
    for one in made:
        one.close()
