"""The installed command as a process of its own, before any model is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "wenyun.cli"]


def wenyun(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **env},
        check=False,
    )


def test_version_and_help() -> None:
    assert wenyun("--version").stdout.startswith("wenyun ")
    shown = wenyun("--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "--lang zh|en|mix" in shown.stdout


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((), "wenyun: name at least one FILE; try 'wenyun --help'"),
        (("--lang", "fr", "a"), "wenyun: Option 'lang': use one of zh, en, mix. (invalid_option)"),
    ],
)
def test_bad_usage_is_one_line(words: tuple[str, ...], line: str) -> None:
    ended = wenyun(*words)
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"{line}\n")


def test_a_bad_setting_is_one_line() -> None:
    ended = wenyun("a.png", OCR_THREADS="many")
    assert ended.returncode == 2
    assert ended.stderr == "wenyun: OCR_THREADS must be a whole number of at least 1, not 'many'\n"


def test_no_models_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    ended = wenyun("a.png", OCR_MODEL_DIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert f"no model layer in {tmp_path}" in ended.stderr
    assert "make layer" in ended.stderr


def test_help_needs_no_heavy_packages() -> None:
    """A quick start is kept by never importing what is not needed yet."""
    script = (
        "import sys, wenyun.cli\n"
        "assert wenyun.cli.main(['--help']) == 0\n"
        "heavy = {'numpy', 'cv2', 'onnxruntime', 'fastapi', 'pydantic', 'PIL', 'tqdm', 'boto3'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_reader_that_goes_away_is_no_error() -> None:
    """As in `wenyun --help | head -0`."""
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [*COMMAND, "--help"], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (process.returncode, process.stderr) == (141, b"")
