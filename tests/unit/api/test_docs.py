"""docs/api.md says what the code does."""

import re
from pathlib import Path

import pytest

from tests.unit.api.jobs_house import office
from wenyun.errors import KINDS
from wenyun.options import SPECS

GUIDE = (Path(__file__).resolve().parents[3] / "docs/api.md").read_text("utf-8")


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_error_is_in_the_table_with_its_status(code: str) -> None:
    assert re.search(rf"^\| {KINDS[code].status} \| `{code}` \|", GUIDE, re.MULTILINE)


def test_no_error_is_in_the_table_that_does_not_exist() -> None:
    rows = re.findall(r"^\| \d{3} \| `(\w+)` \|", GUIDE, re.MULTILINE)
    assert sorted(rows) == sorted(KINDS)


@pytest.mark.parametrize("name", list(SPECS))
def test_every_option_is_named(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", GUIDE, re.MULTILINE)


def test_every_route_that_is_named_exists(tmp_path: Path) -> None:
    routes = re.findall(r"^## `(GET|POST|DELETE) (/\S*)`", GUIDE, re.MULTILINE)
    assert len(routes) >= 10
    with office(tmp_path) as at:
        for method, path in routes:
            answer = at.call(method, path)
            assert answer.status_code != 405
            assert answer.status_code != 404 or answer.json()["error"]["code"] == "job_not_found"
