"""Who pays for the web framework: the HTTP edge, and nobody below it."""

import subprocess
import sys

import pytest

BELOW = (
    "wenyun.settings",
    "wenyun.errors",
    "wenyun.options",
    "wenyun.deadline",
    "wenyun.documents.reader",
    "wenyun.exports.json",
    "wenyun.exports.text",
)


def loaded_by(module: str) -> set[str]:
    """The top-level modules that are there after an import in a fresh process."""
    script = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", script]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("module", BELOW)
def test_nothing_below_the_edge_loads_the_framework(module: str) -> None:
    assert not loaded_by(module) & {"fastapi", "starlette", "pydantic", "uvicorn"}


def test_the_app_loads_neither_the_server_nor_an_exporter() -> None:
    loaded = loaded_by("wenyun.api.app")
    assert "fastapi" in loaded
    assert "uvicorn" not in loaded


def test_the_framework_does_not_load_its_second_pydantic() -> None:
    """It does for any parameter of a route, 30 ms of a start: routes take the request alone."""
    script = (
        "import sys\n"
        "from wenyun.api.app import create_app\n"
        "from wenyun.settings import Settings\n"
        "from wenyun.wiring import make_jobs\n"
        "settings = Settings()\n"
        "create_app(settings, None, jobs=make_jobs(settings), metrics=True)\n"
        "assert 'pydantic.v1' not in sys.modules\n"
        "assert not [name for name in sys.modules if name.startswith('wenyun.jobs.desk')]\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_who_takes_no_jobs_loads_nothing_of_them() -> None:
    assert "sqlite3" not in loaded_by("wenyun.api.app")
    script = "import sys, wenyun.api.app, wenyun.wiring; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in found if name.startswith(("wenyun.jobs", "wenyun.stores"))]
