"""List prices in US dollars, us-east-1, without the free tier, as AWS's price pages have them.

Prices change: `docs/cost.md` says of what month these are.
"""

from dataclasses import dataclass

MILLION = 1_000_000
GB = 1024
"""MB in a GB of memory, as Lambda counts."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What AWS asks for.

    Attributes:
        gb_second: A second of a gigabyte of a function, x86_64.
        gb_second_arm: The same on arm64.
        provisioned_gb_second: A gigabyte kept warm for a second, used or not.
        provisioned_run_gb_second: A second of work on what is kept warm.
        invocation: A million invocations.
        gateway: A million calls of a REST API, for the first 333 million a month.
        put: A million PUT, COPY, POST or LIST requests to S3.
        get: A million GET requests to S3.
        queue: A million requests to SQS.
        table_write: A million write units of DynamoDB, on demand.
        table_read: A million read units.
        storage: A gigabyte in S3 for a month.
        logs: A gigabyte of logs taken in.
        out: A gigabyte sent to the internet.
        image: A gigabyte of images kept for a month.

    """

    gb_second: float = 0.0000166667
    gb_second_arm: float = 0.0000133334
    provisioned_gb_second: float = 0.0000041667
    provisioned_run_gb_second: float = 0.0000097222
    invocation: float = 0.20
    gateway: float = 3.50
    put: float = 5.00
    get: float = 0.40
    queue: float = 0.40
    table_write: float = 0.625
    table_read: float = 0.125
    storage: float = 0.023
    logs: float = 0.50
    out: float = 0.09
    image: float = 0.10


PEERS = {
    "ai-solution-kit, 8,192 MB for 1 s (its own page)": 142.95,
    "Amazon Textract, DetectDocumentText": 1500.0,
}
"""Dollars a million pages by the peers' own prices."""

SERVERS = {"t3.medium": 0.0416, "c7i.large": 0.08925}
"""Dollars an hour of servers of two CPUs that are always on."""
