"""The bill of a million pages: pure sums over measured seconds."""

from dataclasses import dataclass

from tests.bench.cost.prices import GB, MILLION, Prices
from tests.bench.queue.limits import page_of

MONTH_HOURS = 730


@dataclass(frozen=True, slots=True)
class Page:
    """What one page is.

    Attributes:
        seconds: Billed seconds of a warm invocation.
        cold_seconds: Billed seconds that opening adds to a cold one.
        cold_share: Share of invocations that are cold.
        upload: Bytes of the picture.
        result: Bytes of the answer.
        log: Bytes that are logged.
        days: Days for which picture and result are kept in S3.

    """

    seconds: float
    cold_seconds: float = 0.0
    cold_share: float = 0.01
    upload: int = 500_000
    result: int = 10_000
    log: int = 600
    days: float = 7

    @property
    def billed(self) -> float:
        """Billed seconds a page on average."""
        return self.seconds + self.cold_share * self.cold_seconds


def compute(page: Page, memory: int, prices: Prices, *, arm: bool = False) -> float:
    """Dollars that a million pages cost as Lambda's duration."""
    rate = prices.gb_second_arm if arm else prices.gb_second
    return MILLION * page.billed * memory / GB * rate


def over_http(page: Page, memory: int, prices: Prices, *, arm: bool = False) -> dict[str, float]:
    """Dollars a million pages that are posted to the API."""
    return {
        "compute": compute(page, memory, prices, arm=arm),
        "requests": prices.invocation,
        "gateway": prices.gateway,
        "logs": _gigabytes(page.log) * prices.logs,
        "answers out": _gigabytes(page.result) * prices.out,
    }


def from_bucket(page: Page, memory: int, prices: Prices, *, arm: bool = False) -> dict[str, float]:
    """Dollars a million pages that are dropped into the bucket.

    A page is a PUT by its owner, a GET by us and two PUTs of results; its message is sent,
    received, hidden and deleted; the register of objects is changed twice and looked at twice.
    """
    kept = _gigabytes(page.upload + page.result) * page.days / 30
    return {
        "compute": compute(page, memory, prices, arm=arm),
        "requests": prices.invocation,
        "queue": 4 * prices.queue,
        "table": 2 * prices.table_write + 2 * prices.table_read,
        "storage": 3 * prices.put + prices.get + kept * prices.storage,
        "logs": _gigabytes(page.log) * prices.logs,
    }


def from_document(
    page: Page, memory: int, prices: Prices, *, pages: int = 100, arm: bool = False
) -> dict[str, float]:
    """Dollars a million pages of documents that are dropped into the bucket.

    `page.upload` is a page's share of its document, and `pages` how many one has. What a page takes
    of the services is in `tests.bench.queue.limits`.
    """
    use = page_of(pages, 10)
    kept = _gigabytes(page.upload + page.result) * page.days / 30
    return {
        "compute": compute(page, memory, prices, arm=arm),
        "requests": prices.invocation,
        "queue": use.queue * prices.queue,
        "table": use.writes * prices.table_write + use.reads * prices.table_read,
        "storage": use.puts * prices.put + use.gets * prices.get + kept * prices.storage,
        "logs": _gigabytes(page.log) * prices.logs,
    }


def provisioned_month(memory: int, prices: Prices, functions: int = 1) -> float:
    """Dollars a month for functions kept warm, before they do any work."""
    return functions * MONTH_HOURS * 3600 * memory / GB * prices.provisioned_gb_second


def warmup_month(page: Page, memory: int, prices: Prices, every_minutes: float = 5) -> float:
    """Dollars a month for one function woken on a schedule by a call that does nothing much."""
    calls = MONTH_HOURS * 60 / every_minutes
    awake = 0.005 + page.cold_share * page.cold_seconds
    return calls * (awake * memory / GB * prices.gb_second + prices.invocation / MILLION)


def server(hourly: float, page_cpu_seconds: float, cpus: int = 2, load: float = 0.5) -> float:
    """Dollars a million pages on a server that is always on and busy for `load` of the time."""
    pages_an_hour = 3600 * cpus * load / page_cpu_seconds
    return hourly / pages_an_hour * MILLION


def _gigabytes(each: int) -> float:
    """Gigabytes of a million such things."""
    return each * MILLION / 1e9
