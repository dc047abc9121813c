"""AWS's services on this machine, by ministack, with functions in containers of our image."""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
from botocore.config import Config

from tests.awskit.buckets import CREDENTIALS
from tests.awskit.functions import ROOT, free_port
from tests.awskit.tools import missing
from tests.serverless.containers import ask, memory
from tests.serverless.engine import host_address

PYTHON = ROOT / ".tools/ministack/bin/python"
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Cloud:
    """A running ministack."""

    url: str
    log: Path

    def client(self, service: str) -> Any:
        """A client of one of its services."""
        with mock.patch.dict(os.environ, CREDENTIALS):
            config = Config(
                retries={"max_attempts": 1},
                s3={"addressing_style": "path"},
                signature_version="s3v4" if service == "s3" else None,
            )
            return boto3.client(service, endpoint_url=self.url, config=config)

    @contextlib.contextmanager
    def reached(self) -> Iterator[None]:
        """Have the product's own clients in this process lead here."""
        with mock.patch.dict(os.environ, CREDENTIALS | {"AWS_ENDPOINT_URL": self.url}):
            yield


@contextlib.contextmanager
def ministack(folder: Path, docker: Mapping[str, str], **more: str) -> Iterator[Cloud]:
    """Run it on a port of its own.

    Args:
        folder: For its log and its files.
        docker: The environment that leads to an engine of containers.
        more: Settings of ministack.

    """
    if not PYTHON.is_file():
        missing("ministack (make setup-serverless installs it)")
    port, log = free_port(), folder / "ministack.log"
    env = dict(docker) | CREDENTIALS | {
        "GATEWAY_PORT": str(port), "HOME": str(folder), "LOG_LEVEL": "INFO",
        "LAMBDA_STRICT": "1", "LAMBDA_DOCKER_FLAGS": _narrow(),
    } | more  # fmt: skip
    with log.open("wb") as out:
        process = subprocess.Popen(
            [PYTHON, "-m", "ministack"], cwd=folder, env=env, stdout=out, stderr=out
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process, log)
            yield Cloud(url, log)
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def _narrow() -> str:
    """Options of containers: as narrow as Lambda keeps them, and the way back to this machine."""
    return (
        f"--read-only --tmpfs /tmp:rw,size=512m,mode=1777 --memory {memory()}m "
        f"--add-host host.docker.internal:{host_address()}"
    )


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            ask(url + "/_ministack/health")
            return
        time.sleep(0.1)
    raise AssertionError(f"ministack does not answer:\n{log.read_text('utf-8', 'replace')}")
