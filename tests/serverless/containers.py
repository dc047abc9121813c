"""Containers of our images, kept as narrow as Lambda keeps them."""

import contextlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.awskit.functions import free_port
from tests.awskit.template import load_template
from tests.serverless.engine import podman, run_podman

NARROW = ("--read-only", "--read-only-tmpfs=false", "--tmpfs", "/tmp:rw,size=512m,mode=1777")
"""Nothing but /tmp can be written, which has 512 MB as in Lambda."""

NOBODY = ("--user", "993:990")
"""Any user but root; Lambda's has these numbers today."""

NO_PROCESSORS = ("--mount", "type=tmpfs,destination=/sys/devices/system/cpu,notmpcopyup")
"""What onnxruntime looks at to count processors is not there on Lambda's arm64."""

START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer over HTTP."""

    status: int
    body: bytes
    type: str

    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Container:
    """A running container with a port of its own on this machine."""

    name: str
    port: int

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """GET, or POST where there is a body."""
        return ask(f"http://127.0.0.1:{self.port}{path}", body, **headers)

    def invoke(self, event: Any) -> Any:
        """Send an event to the function inside."""
        path = "/2015-03-31/functions/function/invocations"
        return self.ask(path, json.dumps(event).encode()).json()

    def log(self) -> str:
        """All that it has printed."""
        done = run_podman("logs", self.name)
        return done.stdout + done.stderr

    def run(self, *command: str) -> str:
        """Run a command inside."""
        return podman("exec", self.name, *command)


def ask(url: str, body: bytes | None = None, **headers: str) -> Answer:
    """One request; an error is an answer too. Underscores in names of headers stand for dashes."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, sent)
    try:
        with urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
            return Answer(answer.status, answer.read(), answer.headers.get("content-type", ""))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read(), error.headers.get("content-type", ""))


def memory() -> int:
    """MB of each function, as the template sets them when nobody chooses."""
    found: int = load_template()["Parameters"]["MemorySize"]["Default"]
    return found


@contextlib.contextmanager
def running(image: str, inside: int, *options: str) -> Iterator[Container]:
    """Run a container whose port `inside` can be reached, with the template's memory at most."""
    port = free_port()
    limit = f"{memory()}m"
    name = podman(
        "run", "--detach", "--pull=never", "--memory", limit, "--memory-swap", limit,
        "--publish", f"127.0.0.1:{port}:{inside}", *options, image,
    )  # fmt: skip
    try:
        yield Container(name, port)
    finally:
        podman("rm", "--force", "--time", "0", name)


@contextlib.contextmanager
def lambda_function(image: str, role: str, *options: str) -> Iterator[Container]:
    """The function under Lambda's emulator, which the base brings."""
    settings = {
        "OCR_ROLE": role,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory()),
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "28",
    }
    env = [word for pair in settings.items() for word in ("--env", "=".join(pair))]
    with running(image, 8080, *NARROW, *NOBODY, *env, *options) as container:
        wait_for(container, "/")
        yield container


@contextlib.contextmanager
def server(image: str, *options: str) -> Iterator[Container]:
    """The server, as the user that the image names."""
    with running(image, 5000, *NARROW, *options) as container:
        wait_for(container, "/api/ready")
        yield container


def wait_for(container: Container, path: str) -> None:
    """Until something answers there."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            container.ask(path)
            return
        time.sleep(0.1)
    raise AssertionError(f"Nothing answers; the container said:\n{container.log()}")
