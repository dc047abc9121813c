"""infra/engine.sh finds an engine of containers; tools that tell what they were asked stand in."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.awskit.functions import ROOT

SCRIPT = ROOT / "infra/engine.sh"
NEEDED = ("bash", "id", "env", "mkdir", "rm", "seq", "sleep", "setsid", "dirname")
ANSWERS = '#!/bin/sh\necho "{name} $* at $DOCKER_HOST"\n'
SILENT = "#!/bin/sh\nexit 1\n"


def tools(folder: Path, **scripts: str) -> Path:
    """A folder for PATH with these tools, and of the system only what the script itself needs."""
    for name in NEEDED:
        found = next(Path(place) / name for place in os.environ["PATH"].split(":")
                     if (Path(place) / name).exists())  # fmt: skip
        (folder / name).symlink_to(found)
    for name, script in scripts.items():
        (folder / name).write_text(script.format(name=name))
        (folder / name).chmod(0o755)
    return folder


def run(path: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(SCRIPT), *command],
        env={"PATH": str(path), "XDG_RUNTIME_DIR": str(path), **env},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_engine_that_is_named_is_used(tmp_path: Path) -> None:
    path = tools(tmp_path, docker=ANSWERS, podman=SILENT)
    done = run(path, "docker", "build", ".", DOCKER_HOST="tcp://elsewhere:2375")
    assert done.stdout == "docker build . at tcp://elsewhere:2375\n"


def test_docker_where_it_answers(tmp_path: Path) -> None:
    path = tools(tmp_path, docker=ANSWERS, podman=SILENT)
    assert run(path, "docker", "build", ".").stdout == "docker build . at \n"


@pytest.mark.parametrize("docker", [SILENT, None], ids=["without engine", "not installed"])
def test_podman_in_its_place(tmp_path: Path, docker: str | None) -> None:
    path = tools(tmp_path, podman=ANSWERS, sam=ANSWERS, **({"docker": docker} if docker else {}))
    socket = "/run/podman" if os.geteuid() == 0 else f"{tmp_path}/podman"
    address = f"unix://{socket}/podman.sock"
    assert run(path, "docker", "build", ".").stdout == f"podman build . at {address}\n"
    assert run(path, "sam", "build").stdout == f"sam build at {address}\n"


def test_neither(tmp_path: Path) -> None:
    done = run(tools(tmp_path), "docker", "build", ".")
    assert done.returncode == 1
    assert "Neither Docker nor podman" in done.stderr


def test_the_exit_status_is_the_commands(tmp_path: Path) -> None:
    path = tools(tmp_path, docker=ANSWERS, sam="#!/bin/sh\nexit 7\n")
    assert run(path, "sam", "build").returncode == 7
