"""Podman with a store of its own, so that stand-in images never mix with a person's images."""

import contextlib
import fcntl
import json
import os
import platform
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.awskit.tools import missing

CONTAINERS = """\
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
"""
"""crun and systemd's control groups are missing or broken where containers run in containers."""

NEEDED = ("podman", "runc", "debootstrap", "netavark")
START_SECONDS = 30.0


def cache() -> Path:
    """Where what takes long to make is kept, outside the checkout."""
    home = os.environ.get("XDG_CACHE_HOME") or "/var/cache"
    return Path(home) / "wenyun-serverless"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other run uses the store, whose names all runs share."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def require_podman() -> None:
    """Skip where there is no podman that we may run; fail in continuous integration."""
    if platform.system() != "Linux" or os.geteuid() != 0:
        missing("Root on Linux, which containers with a base of our own need,")
    for tool in NEEDED:
        if shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin:/usr/lib/podman") is None:
            missing(f"{tool} (make setup-serverless installs it)")
    if subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        pytest.skip("Root may not mount here, so there can be no containers")


def environment() -> dict[str, str]:
    """The environment in which podman finds our settings and our store."""
    place = cache()
    place.mkdir(parents=True, exist_ok=True)
    containers, storage = place / "containers.conf", place / "storage.conf"
    containers.write_text(CONTAINERS)
    storage.write_text(_storage(place))
    return dict(os.environ) | {
        "CONTAINERS_CONF": str(containers),
        "CONTAINERS_STORAGE_CONF": str(storage),
        "BUILDAH_FORMAT": "docker",  # the other format knows no HEALTHCHECK
    }


def _storage(place: Path) -> str:
    """Layers by the kernel, where the folder allows it; by FUSE or as copies elsewhere."""
    kind = subprocess.run(
        ["stat", "--file-system", "--format=%T", place], capture_output=True, text=True, check=True
    ).stdout.strip()
    nested = kind in ("overlayfs", "UNKNOWN (0x794c7630)")
    driver = "vfs" if nested and not Path("/dev/fuse").exists() else "overlay"
    program = 'mount_program = "/usr/bin/fuse-overlayfs"' if nested and driver == "overlay" else ""
    return (
        f'[storage]\ndriver = "{driver}"\ngraphroot = "{place}/store"\nrunroot = "{place}/run"\n'
        f"[storage.options.overlay]\n{program}\n"
    )


def podman(*arguments: str | Path, timeout: float = 600.0) -> str:
    """Run podman; what it says, or an error with what it said."""
    done = run_podman(*arguments, timeout=timeout)
    assert done.returncode == 0, f"podman {arguments[0]} failed:\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def run_podman(*arguments: str | Path, timeout: float = 600.0) -> subprocess.CompletedProcess[str]:
    """Run podman and look at its end oneself."""
    command = ["podman", *map(str, arguments)]
    return subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=timeout, check=False
    )


def host_address() -> str:
    """Where a container reaches this machine."""
    (network,) = json.loads(podman("network", "inspect", "podman"))
    address: str = network["subnets"][0]["gateway"]
    return address


@contextlib.contextmanager
def docker_socket(folder: Path) -> Iterator[Mapping[str, str]]:
    """Podman answering as Docker does; yields the environment that leads there."""
    socket = folder / "docker.sock"
    address = f"unix://{socket}"
    with (folder / "podman.log").open("wb") as log:
        process = subprocess.Popen(
            ["podman", "system", "service", "--time=0", address],
            env=environment(), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_for(socket, process)
            yield environment() | {"DOCKER_HOST": address}
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while not socket.exists():
        assert process.poll() is None, "podman's service has ended"
        assert time.monotonic() < end, "podman's service does not listen"
        time.sleep(0.05)
