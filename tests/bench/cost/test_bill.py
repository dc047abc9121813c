"""The sums of a bill, by hand."""

import pytest

from tests.bench.cost.bill import (
    Page,
    compute,
    from_bucket,
    from_document,
    over_http,
    provisioned_month,
    server,
    warmup_month,
)
from tests.bench.cost.prices import PEERS, Prices

ROUND = Prices(
    gb_second=0.00001,
    gb_second_arm=0.000008,
    provisioned_gb_second=0.000004,
    invocation=0.2,
    gateway=3.5,
    put=5,
    get=0.4,
    queue=0.4,
    table_write=0.6,
    table_read=0.1,
    storage=0.03,
    logs=0.5,
    out=0.1,
)
WARM = Page(seconds=1.0, cold_share=0.0, upload=500_000, result=10_000, log=1_000, days=30)


def test_a_second_of_a_gigabyte_a_million_times() -> None:
    assert compute(WARM, 1024, ROUND) == pytest.approx(10.0)
    assert compute(WARM, 2048, ROUND) == pytest.approx(20.0)
    assert compute(WARM, 1024, ROUND, arm=True) == pytest.approx(8.0)


def test_cold_starts_are_billed_by_their_share() -> None:
    page = Page(seconds=1.0, cold_seconds=2.0, cold_share=0.05)
    assert page.billed == pytest.approx(1.1)
    assert compute(page, 1024, ROUND) == pytest.approx(11.0)


def test_a_page_over_http() -> None:
    bill = over_http(WARM, 1024, ROUND)
    assert bill == {
        "compute": pytest.approx(10.0),
        "requests": 0.2,
        "gateway": 3.5,
        "logs": pytest.approx(0.5),
        "answers out": pytest.approx(1.0),
    }


def test_a_page_from_the_bucket() -> None:
    bill = from_bucket(WARM, 1024, ROUND)
    assert bill["queue"] == pytest.approx(1.6)
    assert bill["table"] == pytest.approx(2 * 0.6 + 2 * 0.1)
    assert bill["storage"] == pytest.approx(3 * 5 + 0.4 + 510 * 0.03)
    assert "gateway" not in bill


def test_a_page_of_a_document() -> None:
    """It costs more of the table and less of S3 than a picture by itself."""
    picture, page = from_bucket(WARM, 1024, ROUND), from_document(WARM, 1024, ROUND, pages=100)
    assert page["compute"] == picture["compute"]
    assert page["table"] == pytest.approx(6.08 * 0.6 + 3.08 * 0.1)
    assert page["storage"] == pytest.approx(1.05 * 5 + 2.14 * 0.4 + 510 * 0.03)
    assert sum(page.values()) < sum(picture.values())


def test_keeping_for_a_week_costs_a_quarter_of_a_month() -> None:
    month = from_bucket(WARM, 1024, ROUND)["storage"] - 15.4
    week = from_bucket(Page(1.0, days=7.5), 1024, ROUND)["storage"] - 15.4
    assert week == pytest.approx(month / 4)


def test_keeping_functions_warm() -> None:
    assert provisioned_month(1024, ROUND) == pytest.approx(730 * 3600 * 0.000004)
    assert provisioned_month(1024, ROUND, 3) == pytest.approx(3 * provisioned_month(1024, ROUND))


def test_waking_a_function_costs_cents() -> None:
    assert 0 < warmup_month(WARM, 1769, Prices()) < 0.1
    assert warmup_month(WARM, 1769, Prices()) < provisioned_month(1769, Prices()) / 100


def test_a_server_that_idles_costs_more_a_page() -> None:
    assert server(0.05, 1.0, cpus=2, load=1.0) == pytest.approx(0.05 / 7200 * 1e6)
    assert server(0.05, 1.0, load=0.1) == pytest.approx(10 * server(0.05, 1.0, load=1.0))


def test_the_peer_of_aws_is_what_lambda_asks_for_its_setting() -> None:
    """ai-solution-kit names 8,192 MB for a second, requests and gateway included."""
    page = Page(seconds=1.0, cold_share=0.0)
    own = compute(page, 8192, Prices()) + Prices().invocation
    named = next(dollars for name, dollars in PEERS.items() if "8,192" in name)
    assert own < named < own + 2 * Prices().gateway + 3
