"""What AWS allows, and what a page takes of it.

The numbers are those of AWS's own pages in November 2026: of Lambda for queues as event sources
(five invocations at first, 300 more a minute, 1,000 at most), of Lambda's quotas (1,000 at once in
an account, which a new one does not have yet), of DynamoDB (4,000 writes and 12,000 reads a second
in a new on-demand table, 1,000 and 3,000 in a partition), of S3 (3,500 writes and 5,500 reads a
second below one prefix), of SQS (120,000 messages on their way; our template keeps them a week).
"""

from dataclasses import dataclass

FIRST = 5
"""Invocations with which Lambda begins to read a queue."""

MORE_A_MINUTE = 300
MOST = 1000
"""Invocations of one event source."""

IN_FLIGHT = 120_000
RETENTION_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Limits:
    """Of an account: invocations at once, and units or requests a second."""

    account: int = 1000
    table_writes: float = 4000
    table_reads: float = 12_000
    partition_writes: float = 1000
    s3_writes: float = 3500
    s3_reads: float = 5500


@dataclass(frozen=True, slots=True)
class Use:
    """What one page takes.

    Attributes:
        writes: Units of the table, its index included.
        reads: Units of the table.
        own_writes: Units in the partition of its own job.
        puts: Requests to S3 that write.
        gets: Requests to S3 that read.
        queue: Requests to SQS.

    """

    writes: float
    reads: float
    own_writes: float
    puts: float
    gets: float
    queue: float


PICTURE = Use(writes=2, reads=2, own_writes=2, puts=2, gets=1, queue=3)
"""A picture in the inbox: two changes of the register and two looks at it, a GET, two PUTs; its
message is received, hidden and removed. S3 sends it for nothing."""


def page_of(pages: int, workers: int) -> Use:
    """A page of a document in the inbox.

    Counting it is a transaction of two items, twice the price, and a change of the index, which is
    two writes. Of what is done once for a document each page bears its share: its upload is fetched
    by every worker once, copied, and fetched again at the end.
    """
    share = 1 / pages
    return Use(
        writes=6 + 8 * share,
        reads=3 + 8 * share,
        own_writes=4 + 6 * share,
        puts=1 + 5 * share,
        gets=2 + (min(workers, pages) + 4) * share,
        queue=3.1 + 8 * share,
    )
