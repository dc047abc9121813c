"""What checkov says of the template, and what it is told to pass over."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.awskit.template import PATH, load_template
from tests.awskit.tools import CHECKOV, need

RESOURCES = load_template()["Resources"]
SKIPS = [
    (name, skip)
    for name, resource in RESOURCES.items()
    for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", [])
]


@pytest.fixture(scope="module")
def said() -> Any:
    """checkov's report; it asks nobody."""
    command = [str(need(CHECKOV)), "-f", str(PATH), "-o", "json", "--skip-download"]
    env = os.environ | {"LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def test_checkov_has_nothing_to_say(said: Any) -> None:
    failed = said["results"]["failed_checks"]
    assert [(one["check_id"], one["resource"]) for one in failed] == []
    assert said["summary"]["passed"] > 30


def test_every_skip_is_needed(said: Any) -> None:
    """What checkov does not ask any more is not passed over any more."""
    skipped = {
        (one["resource"].rpartition(".")[2], one["check_id"])
        for one in said["results"]["skipped_checks"]
    }
    assert skipped == {(name, skip["id"]) for name, skip in SKIPS}


@pytest.mark.parametrize(("name", "skip"), SKIPS)
def test_every_skip_says_why(name: str, skip: dict[str, str]) -> None:
    assert set(skip) == {"id", "comment"}
    assert skip["id"].startswith("CKV_AWS_")
    assert len(skip["comment"].split()) >= 5
    assert skip["comment"].endswith(".")


def test_nothing_is_skipped_for_the_whole_template() -> None:
    assert "checkov" not in load_template().get("Metadata", {})
    config = [PATH.parents[1] / name for name in (".checkov.yaml", ".checkov.yml")]
    assert not any(Path(file).exists() for file in config)
