"""Tools that the machine may lack: a skip that says so, and a failure where all must be there."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

from tests.awskit.functions import ROOT

SAM = ROOT / ".tools/sam/bin/sam"
CFN_LINT = ROOT / ".tools/sam/bin/cfn-lint"
CHECKOV = ROOT / ".tools/checkov/bin/checkov"
AUDIT = ROOT / ".tools/audit/bin/pip-audit"


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it in continuous integration."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and nothing may be in CI")
    pytest.skip(f"{what} is missing")


def need(tool: Path) -> Path:
    """The tool's path where it is installed."""
    if not tool.is_file():
        missing(f"{tool.name} (make setup-test installs it)")
    return tool
