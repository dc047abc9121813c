"""The SAM CLI on our template: `sam build`, `sam local invoke`, `sam local start-api`."""

import contextlib
import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tests.awskit.buckets import CREDENTIALS
from tests.awskit.functions import ROOT, free_port
from tests.awskit.tools import SAM
from tests.serverless.containers import ask

INFRA = ROOT / "infra"
CONFIG = INFRA / "samconfig.toml"
BUILD_SECONDS = 600.0
INVOKE_SECONDS = 120.0
START_SECONDS = 120.0
SETTINGS = {
    "SAM_CLI_TELEMETRY": "0",
    # It asks whose account this is; nobody answers here, and this says so without waiting.
    "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
    "AWS_MAX_ATTEMPTS": "1",
}


@dataclass(frozen=True, slots=True)
class Sam:
    """The template, built into a folder outside the checkout.

    Attributes:
        folder: That folder.
        env: Leads to an engine of containers.
        template: What `sam build` has written.

    """

    folder: Path
    env: Mapping[str, str]
    template: Path

    def run(self, *arguments: str | Path, timeout: float) -> subprocess.CompletedProcess[str]:
        """Run `sam` in the folder of the template, as people do."""
        return subprocess.run(
            [SAM, *arguments], cwd=INFRA, env=self.environment(), capture_output=True, text=True,
            timeout=timeout, check=False,
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        """Of every command."""
        home = {"HOME": str(self.folder)}  # its settings and its cache
        return dict(self.env) | CREDENTIALS | SETTINGS | home

    def build(self) -> None:
        """Build both functions' images."""
        done = self.run("build", "--build-dir", self.template.parent, timeout=BUILD_SECONDS)
        assert done.returncode == 0, done.stdout + done.stderr

    def with_variable(self, name: str, value: str) -> "Sam":
        """The same with one more variable in every function; `sam local` has no way to set one."""
        template = yaml.safe_load(self.template.read_text("utf-8"))
        template["Globals"]["Function"]["Environment"]["Variables"][name] = value
        changed = self.folder / f"build/{name.lower()}.yaml"
        changed.write_text(yaml.safe_dump(template, sort_keys=False), "utf-8")
        return replace(self, template=changed)

    def invoke(self, function: str, event: Path, variables: Mapping[str, str]) -> Any:
        """Send one event to a fresh container; what the function answers."""
        given = self.folder / "variables.json"
        given.write_text(json.dumps({"Parameters": dict(variables)}))
        done = self.run(
            "local", "invoke", function, "--config-file", CONFIG, "--template", self.template,
            "--event", event, "--env-vars", given, timeout=INVOKE_SECONDS,
        )  # fmt: skip
        lines = done.stdout.strip().splitlines()
        assert lines, f"No answer to {event.name}:\n{done.stderr}"
        return json.loads(lines[-1])

    @contextlib.contextmanager
    def start_api(self, log: Path) -> Iterator[str]:
        """Serve the REST API; yields its address."""
        port = free_port()
        command: list[str | Path] = [
            SAM, "local", "start-api", "--config-file", CONFIG, "--template", self.template,
            "--port", str(port), "--skip-pull-image",
        ]  # fmt: skip
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=INFRA, env=self.environment(), stdout=out, stderr=out
            )
            try:
                yield _wait_for(f"http://127.0.0.1:{port}", process, log)
            finally:
                process.terminate()  # it removes its containers
                process.wait(START_SECONDS)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            ask(address + "/api/health")
            return address
        time.sleep(0.5)
    raise AssertionError(f"sam local does not answer:\n{log.read_text('utf-8', 'replace')}")
