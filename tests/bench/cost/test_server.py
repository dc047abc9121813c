"""A server that is always on, beside the function."""

from tests.bench.cost.bill import server
from tests.bench.cost.prices import SERVERS
from tests.bench.cost.server import LOADS, report


def test_every_server_has_a_row_and_idling_makes_it_dear() -> None:
    head, _, *rows = report(cpu=1.2, seconds=1.25, memory=1769).splitlines()
    assert head.count("busy") == len(LOADS)
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert len(cells) == len(SERVERS) + 1
    for row, hourly in zip(cells, SERVERS.values(), strict=False):
        assert [int(cell) for cell in row[1:]] == [
            round(server(hourly, 1.2, load=load)) for load in LOADS
        ]
        assert int(row[1]) < int(row[-1])


def test_the_function_costs_the_same_however_busy_it_is() -> None:
    last = report(cpu=1.2, seconds=1.25, memory=1769).splitlines()[-1]
    assert len({cell.strip() for cell in last.strip("|").split("|")[1:]}) == 1
