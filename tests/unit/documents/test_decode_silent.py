"""No file of a stranger writes into our log."""

import subprocess
import sys

import pytest

from tests.pictures import bmp
from tests.pictures.make import colours, save
from tests.unit.documents.conftest import ErrorOf

BROKEN = {
    "runs": bmp.bmp(40, 40, 8, b"\xff", compression=bmp.RLE8, palette=bytes(1024)),
    "lzw": save(colours(), "TIFF", compression="tiff_lzw").replace(b"\x80", b"\xff"),
    "strip": save(colours(), "TIFF", compression="tiff_adobe_deflate")[:-150],
}


@pytest.mark.parametrize("name", BROKEN)
def test_decoders_say_nothing_themselves(
    name: str, error_of: ErrorOf, capfd: pytest.CaptureFixture[str]
) -> None:
    assert error_of(BROKEN[name]).code == "corrupt_image"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "loud",
    [
        "import io; from PIL import Image; Image.open(io.BytesIO(data)).load()",
        "import cv2, numpy; cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)",
    ],
)
def test_they_would_if_they_were_let(loud: str) -> None:
    data = BROKEN["lzw"] if "PIL" in loud else BROKEN["runs"]
    code = f"import contextlib\ndata = {data!r}\nwith contextlib.suppress(Exception):\n    {loud}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr
