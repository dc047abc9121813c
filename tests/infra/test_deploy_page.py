"""docs/deploy.md tells of what there is."""

import re

import pytest

from tests.awskit.functions import ROOT
from tests.awskit.template import load_template

TEMPLATE = load_template()
PAGE = (ROOT / "docs/deploy.md").read_text("utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """First cell's names to the other cells of the table under a heading."""
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = {}
    for line in re.findall(r"(?m)^\| `.*", section):
        first, *others = (cell.strip() for cell in line.strip("|").split(" | "))
        for number, name in enumerate(re.findall(r"`(\w+)`", first)):
            found[name] = [_nth(cell, number) for cell in others]
    return found


def _nth(cell: str, number: int) -> str:
    values = re.findall(r"`([^`]*)`", cell)
    return values[min(number, len(values) - 1)] if values else cell


def test_every_parameter_stands_there_with_its_default() -> None:
    told = {name: cells[0] for name, cells in rows("Parameters").items()}
    actual = {name: str(item["Default"]) for name, item in TEMPLATE["Parameters"].items()}
    assert told == {name: default or "empty" for name, default in actual.items()}


def test_every_output_stands_there() -> None:
    assert set(rows("Deploy")) == set(TEMPLATE["Outputs"])


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?m)^    make ([\w-]+)", PAGE))))
def test_every_command_is_there(target: str) -> None:
    assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text("utf-8"))
