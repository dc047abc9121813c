"""What this machine needs to reach packages, and what of it a container can use."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.awskit.functions import ROOT

BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
RUNTIME = (
    "awslambdaric", "boto3", "botocore", "jmespath", "python-dateutil", "s3transfer",
    "simplejson", "six", "snapshot-restore-py", "urllib3",
)  # fmt: skip
"""What AWS's image brings: the runtime client, and boto3 with what it needs."""

USABLE = ("index-url", "extra-index-url", "trusted-host", "timeout", "retries")
"""Settings of pip that mean the same inside; a proxy comes as an environment variable."""


def certificates() -> bytes:
    """The authorities that this machine trusts."""
    bundle = Path(_pip_options().get("cert", BUNDLE))
    return bundle.read_bytes() if bundle.is_file() else b""


def pip_settings() -> str:
    """A pip.conf with what leads to packages from a container: no folders of this machine."""
    lines = ["[global]", f"cert = {BUNDLE}"]
    for name, value in sorted(_pip_options().items()):
        words = [word for word in value.split() if not word.startswith(("file:", "/"))]
        if name in USABLE and words:
            lines.append(f"{name} = {' '.join(words)}")
    return "\n".join(lines) + "\n"


def _pip_options() -> dict[str, str]:
    """Name to value, as `pip config list` shows them; what stands later holds."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.findall(r"(?m)^(?:global|install|:env:)\.([\w-]+)=(.+)$", shown)
    return {name: " ".join(str(ast.literal_eval(value)).split()) for name, value in found}


def runtime_packages() -> str:
    """The locked requirements of what AWS's image brings."""
    lock = (ROOT / "tests/requirements.txt").read_text("utf-8")
    entries = re.split(r"\n(?=\S)", lock)
    return "\n".join(entry for entry in entries if re.split(r"[=\s]", entry)[0] in RUNTIME) + "\n"
