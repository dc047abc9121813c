"""The installed command as a process of its own, before any model is needed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.enginekit.entries import ITEM, write_manifest

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


def test_a_broken_layer_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    ended = wenyun("a.png", OCR_MODEL_DIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert f"wenyun: {tmp_path / 'manifest.json'} cannot be used" in ended.stderr


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


BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def test_an_interrupt_is_a_status(tmp_path: Path) -> None:
    """The command waits for its standard input, as in `wenyun -`, with models that do not open."""
    layer = write_manifest(tmp_path, recogniser=ITEM, detector=ITEM | {"kind": "detector"})
    process = subprocess.Popen(
        [*COMMAND, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**BUFFERED, "OCR_MODEL_DIR": str(layer)},
        preexec_fn=_heed_interrupts,
    )
    _wait_until_it_reads(process)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == 130


def _heed_interrupts() -> None:
    """Who starts tests in the background may have them ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_until_it_reads(process: subprocess.Popen[bytes]) -> None:
    """More than a pipe holds is written only when somebody reads."""
    assert process.stdin is not None
    process.stdin.write(bytes(1 << 20))
    process.stdin.flush()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_a_failure() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, "--help"], stdout=full, stderr=subprocess.PIPE, env=BUFFERED, check=False
        )
    assert ended.returncode not in (0, 2)
    assert b"No space left" in ended.stderr


LEAVING = "import sys, threading, time\nfrom wenyun.cli_streams import leave\n"


def leaving(script: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """A process that ends by `leave`."""
    command = [sys.executable, "-c", LEAVING + script]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env=BUFFERED, check=False, timeout=60
    )


def test_all_that_was_printed_is_out_at_the_end() -> None:
    script = "sys.stdout.write('x' * 300_001)\nsys.stderr.write('tail')\nleave(3)"
    ended = leaving(script)
    assert (ended.returncode, len(ended.stdout), ended.stderr) == (3, 300_001, b"tail")


def test_nobody_waits_for_a_thread_at_the_end() -> None:
    ended = leaving("threading.Thread(target=time.sleep, args=(600,)).start()\nleave(0)")
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_what_cannot_be_written_at_the_end_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = leaving("sys.stdout.write('x')\nleave(0)", full.fileno())
    assert ended.returncode != 0
    assert b"No space left" in ended.stderr


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_stream_that_is_not_there_changes_nothing(name: str) -> None:
    assert leaving(f"sys.{name} = None\nleave(5)").returncode == 5


SCRIPT = """
import atexit, sys
from wenyun.cli import main
atexit.register(print, "taken down")
sys.exit(main())
"""


@pytest.mark.parametrize(("name", "at_once"), [("wenyun", True), ("other", False)])
def test_only_a_process_of_its_own_ends_at_once(tmp_path: Path, name: str, at_once: bool) -> None:
    """The installed script is one; a program that calls the command may have more to do."""
    script = tmp_path / name
    script.write_text(SCRIPT, "utf-8")
    command = [sys.executable, str(script), "--version"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    version, *rest = ended.stdout.splitlines()
    assert version.startswith("wenyun ")
    assert rest == ([] if at_once else ["taken down"])
