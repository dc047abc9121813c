"""From process start to the first answer: our command, function, server, and any runner."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.awskit.functions import client_function
from tests.awskit.http_events import Request, rest
from tests.bench.runners.common import status_mb
from tests.bench.subjects import ROOT, RunnerError, Subject, environment, run

PATIENCE = 120.0
"""Seconds after which a start counts as failed."""

PAUSE = 0.01

MEMORY_A_CPU = 1769
"""Megabytes with which Lambda gives a whole CPU."""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to the first answer, and the peak of memory in MB where the system tells."""

    seconds: float
    peak: float | None


def median(measure: Callable[[], Start], times: int) -> Start:
    """The start with the median time of so many."""
    starts = sorted((measure() for _ in range(times)), key=lambda start: start.seconds)
    middle = statistics.median_low([start.seconds for start in starts])
    return next(start for start in starts if start.seconds == middle)


def of_runner(subject: Subject, file: Path, threads: int) -> Start:
    """A runner's start, reading one file."""
    outcome = run(subject, [file], threads=threads)
    if outcome.failures:
        raise RunnerError(outcome.failures[0])
    return Start(outcome.first, outcome.peak)


def of_command(command: list[str], threads: int) -> Start:
    """A command that answers and ends."""
    with pinned(threads):
        start = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(threads),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    peak = None
    while child.poll() is None and time.perf_counter() - start < PATIENCE:
        peak = status_mb("VmHWM", child.pid) or peak
        time.sleep(PAUSE / 5)
    seconds = time.perf_counter() - start
    return _ended(child, seconds, peak)


def of_server(file: Path, threads: int, command: list[str] | None = None) -> Start:
    """Our server: from its start to the answer to the first picture."""
    port = _free_port()
    env = {**environment(threads), "HOST": "127.0.0.1", "PORT": str(port)}
    with pinned(threads):
        start = time.perf_counter()
        child = subprocess.Popen(
            command or [sys.executable, "-m", "wenyun.server"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        _ask(child, f"http://127.0.0.1:{port}/api/ocr", file.read_bytes(), start)
        return Start(time.perf_counter() - start, status_mb("VmHWM", child.pid))
    finally:
        child.terminate()
        child.wait()


def of_function(file: Path, threads: int, log: Path) -> Start:
    """Our function under Lambda's runtime client: from its start to the answer over HTTP.

    Its memory setting is the one that buys so many CPUs.
    """
    env = {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY_A_CPU * threads), "OCR_ROLE": "api"}
    picture = Request("POST", "/api/ocr", content_type="image/png", body=file.read_bytes())
    start = time.perf_counter()
    with pinned(threads), client_function(log, env, "handler.handler") as function:
        outcome = function.invoke(rest(picture), PATIENCE)
        seconds = time.perf_counter() - start
        if outcome.kind != "response" or outcome.value["statusCode"] != 200:
            raise RunnerError(f"the function answered {str(outcome.value)[:200]}")
        return Start(seconds, status_mb("VmHWM", function.process_id))


def our_command(file: Path) -> list[str]:
    """The command line of our own command."""
    return [sys.executable, "-m", "wenyun.cli", str(file)]


@contextmanager
def pinned(cpus: int) -> Iterator[None]:
    """Children started inside keep to so many CPUs, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:cpus])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _ended(child: subprocess.Popen[bytes], seconds: float, peak: float | None) -> Start:
    if child.poll() is None:
        child.kill()
    out, complaint = child.communicate()
    if child.returncode or not out.strip():
        last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise RunnerError(f"no answer (exit {child.returncode}): {last}")
    return Start(seconds, peak)


def _ask(child: subprocess.Popen[bytes], url: str, picture: bytes, start: float) -> None:
    request = urllib.request.Request(url, picture, {"Content-Type": "image/png"})
    while time.perf_counter() - start < PATIENCE:
        if child.poll() is not None:
            raise RunnerError(f"the server ended with {child.returncode}")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                answer.read()
                return
        except urllib.error.HTTPError as error:
            raise RunnerError(f"the server answered {error.code}") from error
        except (urllib.error.URLError, ConnectionError):
            time.sleep(PAUSE)
    raise RunnerError(f"the server did not answer within {PATIENCE:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
