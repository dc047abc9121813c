"""The pages name tests that are there, and those on security and privacy say what the code says."""

import ast
import re
from pathlib import Path

import pytest

from tests.awskit.template import load_template
from wenyun import connections
from wenyun.api import limits
from wenyun.api.auth import OPEN
from wenyun.api.job_events import MOST_STREAMS
from wenyun.api.jsonbody import MAX_VALUES
from wenyun.api.multipart import MAX_PARTS
from wenyun.jobs import desk, sweep
from wenyun.serving import HEAD_BYTES

ROOT = Path(__file__).resolve().parents[2]
SECURITY = (ROOT / "docs/security.md").read_text("utf-8")
PRIVACY = (ROOT / "docs/privacy.md").read_text("utf-8")

TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PLACE = re.compile(r"`(tests/[^`:*]+?)(?:::\w+)?`")
MODULE = re.compile(r"python -m (tests(?:\.\w+)+)")
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("README*.md"), ROOT / "CHANGELOG.md"])


def named(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in TEST.finditer(text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    for file, test in named(text):
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for place in PLACE.findall(text):
        assert (ROOT / place).exists(), place
    for module in MODULE.findall(text):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_names_are_found() -> None:
    """The patterns above find what the pages have."""
    assert len(named(SECURITY)) >= 60
    assert len(named(PRIVACY)) >= 10
    operating = (ROOT / "docs/operating.md").read_text("utf-8")
    assert len(PLACE.findall(operating)) >= 6
    assert len(MODULE.findall(operating)) >= 3


def test_every_door_names_one() -> None:
    rows = table("Doors")
    assert len(rows) >= 7
    for row in rows:
        assert len(row) == 4
        assert named(row[3]), row


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
    assert f"{connections.MOST:,} connections" in SECURITY
    assert f"stalls for {limits.STALL_SECONDS:g} seconds" in SECURITY
    assert connections.UNREAD_SECONDS == 60
    assert "after a minute in which it took nothing" in SECURITY
    assert f"{MOST_STREAMS} watch at a time" in SECURITY
    assert f"{MAX_VALUES:,} values" in SECURITY
    parameters = load_template()["Parameters"]
    for name in ("KeepDays", "LogDays"):
        assert f"`{name}`, {parameters[name]['Default']} by default" in PRIVACY
    letters = load_template()["Resources"]["DeadLetters"]["Properties"]
    assert letters["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert parameters["RequireApiKey"]["Default"] == "true"
