"""What is made of the answers of the tool that knows vulnerabilities."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.supply import audit

FAULT: dict[str, Any] = {"id": "PYSEC-1", "aliases": ["CVE-2026-1"], "fix_versions": ["2.0"]}


def said(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


def test_nothing_known() -> None:
    report = audit.read(said({"name": "a", "version": "1", "vulns": []}))
    assert (report.known, report.unknown, report.fails) == (1, 0, False)
    assert report.told() == "1 packages looked up, 0 known vulnerabilities"


def test_a_vulnerability_is_a_failure_that_says_what_to_do() -> None:
    report = audit.read(said({"name": "a", "version": "1", "vulns": [FAULT]}))
    assert report.fails
    assert "a 1: PYSEC-1, mended in 2.0" in report.told()


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-2026-1"])
def test_what_is_accepted_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.ACCEPTED, name, "never called")
    assert not audit.read(said({"name": "a", "version": "1", "vulns": [FAULT]})).fails


def test_what_was_not_looked_up_is_said_and_is_no_failure() -> None:
    report = audit.read(
        said({"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"})
    )
    assert (report.known, report.unknown, report.fails) == (1, 1, False)
    assert "NOT LOOKED UP: 1 packages" in report.told()


@pytest.mark.parametrize("answer", ["", "Traceback …", "[]", "{}"])
def test_no_answer_at_all(answer: str) -> None:
    report = audit.read(answer)
    assert (report.known, report.unknown, report.fails) == (0, -1, False)


@pytest.mark.parametrize("script", ["sys.exit(1)", "time.sleep(60)"])
def test_an_index_that_cannot_be_asked(
    script: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tool = tmp_path / "tool"
    tool.write_text(f"#!{sys.executable}\nimport sys, time\n{script}\n")
    tool.chmod(0o700)
    monkeypatch.setattr(audit, "SECONDS", 2)
    monkeypatch.setattr(audit.audit, "__defaults__", (audit.LOCKS, tool))
    assert audit.main() == 0
    assert capsys.readouterr().out.startswith("NOT LOOKED UP")


def test_it_is_asked_about_the_locks_and_nothing_else(tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    tool.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        'print(json.dumps({"dependencies": [{"name": a, "version": "1", "vulns": []} '
        "for a in sys.argv[1:]]}))\n"
    )
    tool.chmod(0o700)
    report = audit.audit(tool=tool)
    assert report.known == 6 + 2 + 2 * len(audit.LOCKS)


def test_every_acceptance_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in audit.ACCEPTED.values())
