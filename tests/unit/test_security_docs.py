"""The pages on security and privacy name tests that are there, and say what the code says."""

import ast
import re
from pathlib import Path

import pytest

from tests.awskit.template import load_template
from wenyun.api.auth import OPEN
from wenyun.api.multipart import MAX_PARTS
from wenyun.jobs import desk, sweep
from wenyun.server import HEAD_BYTES

ROOT = Path(__file__).resolve().parents[2]
SECURITY = (ROOT / "docs/security.md").read_text("utf-8")
PRIVACY = (ROOT / "docs/privacy.md").read_text("utf-8")

TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def named(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in TEST.finditer(text)]


@pytest.mark.parametrize(("file", "test"), sorted({*named(SECURITY), *named(PRIVACY)}))
def test_every_test_that_is_named_is_there(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_threat_names_one() -> None:
    rows = table("Threats")
    assert len(rows) >= 25
    for row in rows:
        assert len(row) == 4
        assert all(row)
        assert named(row[3]), row


def test_every_claim_of_privacy_names_one() -> None:
    for title in ("Nothing leaves", "What is kept", "What is in the logs", "Where, and how"):
        section = PRIVACY.split(f"## {title}", 1)[1].split("\n## ", 1)[0]
        assert named(section), title


def table(heading: str) -> list[list[str]]:
    section = SECURITY.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_the_open_doors_are_those_of_the_code() -> None:
    doors = set(re.findall(r"`(/[^`]*)`", table("Doors")[0][0]))
    assert {door.removesuffix("/docs.js") for door in OPEN if "docs/" not in door} <= doors
    assert doors - OPEN == {"/"}


def test_times_and_limits_are_those_of_the_code() -> None:
    assert desk.KEEP_SECONDS == 7 * 24 * 3600
    assert "7 days from acceptance" in PRIVACY
    assert sweep.LEFTOVER_SECONDS == 3600
    assert f"{MAX_PARTS} parts, {HEAD_BYTES // 1024} KB of head" in SECURITY
    parameters = load_template()["Parameters"]
    for name in ("KeepDays", "LogDays"):
        assert f"`{name}`, {parameters[name]['Default']} by default" in PRIVACY
    letters = load_template()["Resources"]["DeadLetters"]["Properties"]
    assert letters["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert parameters["RequireApiKey"]["Default"] == "true"
