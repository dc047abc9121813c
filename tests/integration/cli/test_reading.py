"""The installed command on the real models: a rendered picture in, its text out."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.pictures.make import save
from wenyun.settings import find_model_dir

MODELS = find_model_dir(os.environ)
COMMAND = Path(sys.executable).with_name("wenyun")
TEXT = "Invoice 2026-11"

pytestmark = pytest.mark.skipif(
    not (MODELS / "manifest.json").is_file(), reason=f"no model layer in {MODELS}: run 'make layer'"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A white page with one line of text, stored on its side and turned upright by EXIF."""
    image = Image.new("RGB", (640, 160), "white")
    font = ImageFont.load_default(size=56)
    ImageDraw.Draw(image).text((40, 40), TEXT, font=font, fill="black")
    path = tmp_path_factory.mktemp("cli") / "page.jpg"
    exif = Image.Exif()
    exif[274] = 6
    image.transpose(Image.Transpose.ROTATE_90).save(path, quality=95, exif=exif)
    return path


def wenyun(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_text(page: Path) -> None:
    ended = wenyun(page)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"{TEXT}\n", "")


def test_json_with_boxes_in_the_turned_picture(page: Path) -> None:
    answer = json.loads(wenyun("--json", "--timings", page).stdout)
    assert answer["success"] is True
    assert (answer["pages"][0]["width"], answer["pages"][0]["height"]) == (640, 160)
    (line,) = answer["text"]
    assert line["confidence"] > 0.8
    (left, top), _, (right, bottom), _ = line["box"]
    assert 20 < left < 60
    assert 30 < top < bottom < 120
    assert right < 560
    assert answer["timings"]["detect"] > 0


def test_a_drawing(page: Path, tmp_path: Path) -> None:
    assert wenyun(page, "--draw", tmp_path / "out.png").returncode == 0
    rgb = np.asarray(Image.open(tmp_path / "out.png")).astype(int)
    assert rgb.shape == (160, 640, 3)
    assert (rgb[..., 0] - rgb[..., 2] > 100).any()


def test_a_region_and_an_ignored_area(page: Path) -> None:
    assert wenyun(page, "--region", "0,0,640,160").stdout == f"{TEXT}\n"
    assert wenyun(page, "--region", "0,0,640,20").stdout == ""
    assert wenyun(page, "--ignore", "0,0,640,160").stdout == ""


def test_a_damaged_file_is_one_line_and_the_other_is_read(page: Path, tmp_path: Path) -> None:
    """libtiff complains on its own about this one; nobody wants to see that."""
    bad = tmp_path / "bad.tif"
    data = bytearray(save(Image.new("RGB", (50, 40)), "TIFF", compression="tiff_lzw"))
    data[8:60] = b"\xff" * 52
    bad.write_bytes(data)
    ended = wenyun(bad, page)
    assert ended.returncode == 1
    assert ended.stdout == f"==> {page} <==\n{TEXT}\n"
    assert ended.stderr == (
        f"wenyun: {bad}: The picture is damaged and cannot be decoded. (corrupt_image)\n"
    )


def heed_interrupts() -> None:
    """A shell's background jobs, and what they start, pass interrupts over; ours must not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_standard_input_and_an_interrupt(page: Path) -> None:
    """The second file is standard input, which never comes: by then all is loaded."""
    process = subprocess.Popen(
        [COMMAND, page, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"==> {page} <==\n".encode()
        assert process.stdout.readline() == f"{TEXT}\n".encode()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")
