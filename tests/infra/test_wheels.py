"""Every package of the lambda image has a wheel that its base (glibc 2.34) takes."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.awskit.functions import ROOT
from tests.awskit.tools import missing
from tests.awskit.wheels import platforms

LOCK = ROOT / "functions/ocr/requirements/lambda.txt"
TARGET = {
    "python_version": "3.13",
    "python_full_version": "3.13.0",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}


def pinned() -> dict[str, set[str]]:
    """Requirement to its hashes, as far as they hold on the target."""
    found = {}
    for entry in re.split(r"\n(?=\S)", LOCK.read_text("utf-8")):
        head, _, _ = entry.replace("\\\n", " ").partition("--hash")
        if head.strip():
            requirement = Requirement(head.strip())
            if requirement.marker is None or requirement.marker.evaluate(dict(TARGET)):
                hashes = set(re.findall(r"--hash=sha256:(\w+)", entry))
                found[f"{requirement.name}{requirement.specifier}"] = hashes
    return found


def resolve(machine: str, folder: Path) -> list[dict[str, Any]]:
    """What pip would install there, one item a package; nothing is installed."""
    wanted, report = folder / "wanted.txt", folder / "report.json"
    wanted.write_text("\n".join(pinned()))
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--dry-run", "--no-deps", "--ignore-installed", "--only-binary", ":all:",
        "--ignore-requires-python",  # older pips hold it against the Python that runs them
        "--implementation", "cp", "--python-version", "3.13", *platforms(machine),
        "--target", str(folder / "none"), "--report", str(report), "-r", str(wanted),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if re.search(r"NewConnectionError|Could not connect|Temporary failure in name", done.stderr):
        missing("A package index")
    assert done.returncode == 0, done.stderr[-2000:]
    items: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["install"]
    return items


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_package_has_a_locked_wheel(machine: str, tmp_path: Path) -> None:
    hashes = {name.partition("==")[0]: found for name, found in pinned().items()}
    installed = resolve(machine, tmp_path)
    assert {item["metadata"]["name"].lower().replace("_", "-") for item in installed} == set(hashes)
    for item in installed:
        name = item["metadata"]["name"].lower().replace("_", "-")
        found = item["download_info"]["archive_info"]["hashes"]["sha256"]
        assert found in hashes[name], f"{name}: {item['download_info']['url']} is not in the lock"


def test_lock_is_read_whole() -> None:
    names = {name.partition("==")[0] for name in pinned()}
    assert {"onnxruntime", "numpy", "mangum", "fastapi"} <= names
    assert len(names) == len(set(re.findall(r"(?m)^([\w.-]+)==", LOCK.read_text("utf-8"))))
