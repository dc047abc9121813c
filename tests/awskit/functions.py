"""The function as a process of its own: under the runtime client alone, or the emulator too."""

import contextlib
import importlib.util
import json
import os
import platform
import queue
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Protocol

import pytest

from tests.awskit.runtime_api import Outcome, RuntimeApi

ROOT = Path(__file__).resolve().parents[2]
KIT = Path(__file__).resolve().parent
EMULATOR_ARCH = {"x86_64": "x86_64", "aarch64": "arm64"}
START_SECONDS = 60.0


class Function(Protocol):
    """A running function."""

    def invoke(self, event: Any, seconds: float = 29.0) -> Outcome:
        """Send one event and wait for its outcome; `seconds` is the time it is given."""


class ClientFunction:
    """`python -m awslambdaric` against a Runtime API of ours."""

    def __init__(self, api: RuntimeApi, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self._api, self._process, self._log = api, process, log

    def invoke(self, event: Any, seconds: float = 29.0) -> Outcome:
        """As in `Function`."""
        self._api.events.put((event, seconds))
        return self.outcome()

    def outcome(self) -> Outcome:
        """The next thing that the function posts."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(queue.Empty):
                return self._api.outcomes.get(timeout=0.5)
        with contextlib.suppress(queue.Empty):
            return self._api.outcomes.get_nowait()
        raise AssertionError(f"No answer; the process said:\n{self.log()}")

    def wait_until_ready(self) -> None:
        """Wait until INIT is over and the function asks for its first event."""
        if not self._api.ready.wait(START_SECONDS):
            raise AssertionError(f"INIT does not end; the process said:\n{self.log()}")

    @property
    def process_id(self) -> int:
        """The process, for those who measure it."""
        return self._process.pid

    def log(self) -> str:
        """All that the function has printed."""
        return Path(self._log.name).read_text("utf-8", "replace")


class EmulatedFunction:
    """The same under the Runtime Interface Emulator, asked over HTTP as `sam local` does."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"

    def invoke(self, event: Any, seconds: float = 29.0) -> Outcome:
        """As in `Function`; the time given is that of the whole function."""
        request = urllib.request.Request(self._url, json.dumps(event).encode())
        with urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
            value = json.loads(answer.read())
        failed = isinstance(value, dict) and "errorType" in value
        return Outcome("error" if failed else "response", value)


@contextlib.contextmanager
def client_function(
    log: Path,
    env: Mapping[str, str],
    handler: str = "fake_handler.handler",
    launch: Callable[[list[str]], list[str]] = list,
) -> Iterator[ClientFunction]:
    """Run the function under the runtime client; `launch` may put its command into another."""
    if importlib.util.find_spec("awslambdaric") is None:
        pytest.skip("Lambda's runtime client is for Linux alone")
    api = RuntimeApi()
    with log.open("wb") as out:
        process = _start(
            launch(_client(handler)), {"AWS_LAMBDA_RUNTIME_API": api.address, **env}, out
        )
        try:
            yield ClientFunction(api, process, out)
        finally:
            _stop(process)
            api.close()


@contextlib.contextmanager
def emulated_function(
    emulator: Path, log: Path, env: Mapping[str, str], handler: str = "fake_handler.handler"
) -> Iterator[EmulatedFunction]:
    """Run the function under the emulator."""
    port, api_port = free_port(), free_port()
    command = [
        str(emulator), "--log-level", "info",
        "--runtime-interface-emulator-address", f"127.0.0.1:{port}",
        "--runtime-api-address", f"127.0.0.1:{api_port}",
        *_client(handler),
    ]  # fmt: skip
    with log.open("wb") as out:
        process = _start(command, env, out)
        try:
            _wait_for(port, process, log)
            yield EmulatedFunction(port)
        finally:
            _stop(process)


def find_emulator() -> Path | None:
    """The emulator that aws-sam-cli brings, in an environment of its own."""
    name = f"aws-lambda-rie-{EMULATOR_ARCH.get(platform.machine(), '')}"
    found = sorted(
        (ROOT / ".tools/sam").glob(f"lib/python*/site-packages/samcli/local/rapid/{name}")
    )
    return found[0] if found and sys.platform == "linux" else None


def _client(handler: str) -> list[str]:
    return [sys.executable, "-m", "awslambdaric", handler]


def _start(command: list[str], env: Mapping[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    base = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(KIT),
        "AWS_LAMBDA_FUNCTION_NAME": "ocr",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769",
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "29",
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    return subprocess.Popen(
        command,
        cwd=ROOT / "functions/ocr",
        env=base | dict(env),
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and the runtime that the emulator started in its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"The emulator did not start:\n{log.read_text('utf-8', 'replace')}")
