"""What decoding costs the process: memory at its peak, imports, threads."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pictures.make import Array, colours, exif, save
from tests.unit.documents.conftest import Read

MEASURE = """
import re, sys
from pathlib import Path
import cv2
from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

data = Path(sys.argv[1]).read_bytes()
decode(Path(sys.argv[2]).read_bytes(), Limits(1, 10**6))
before = peak()
picture = decode(data, Limits(1, 2 * 10**7))
assert picture.pixels.shape == (4000, 3000, 3)
print((peak() - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize(("kind", "most"), [("JPEG", 120), ("PNG", 120), ("WEBP", 230)])
def test_a_photo_of_12_megapixels(tmp_path: Path, kind: str, most: int) -> None:
    """Pillow's copy is 46 MB and ours 34 MB; a third copy of either would show."""
    tags = b"Exif\0\0" + exif(6)
    options = {"quality": 60, "method": 0} if kind == "WEBP" else {}
    photo, small = tmp_path / "photo", tmp_path / "small"
    photo.write_bytes(save(Image.new("RGB", (4000, 3000), "white"), kind, exif=tags, **options))
    small.write_bytes(save(colours(), kind))
    ended = subprocess.run(
        [sys.executable, "-c", MEASURE, str(photo), str(small)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert 50 < int(ended.stdout) < most


def test_a_photo_with_exif_needs_no_tiff_reader(tmp_path: Path) -> None:
    photo = tmp_path / "photo"
    photo.write_bytes(save(Image.new("RGB", (9, 9)), "JPEG", exif=b"Exif\0\0" + exif(6)))
    script = (
        "import sys; from pathlib import Path\n"
        "from wenyun.documents.decode import decode; from wenyun.documents.reader import Limits\n"
        "decode(Path(sys.argv[1]).read_bytes(), Limits(1, 100))\n"
        "plugins = sorted(name for name in sys.modules if name.endswith('ImagePlugin'))\n"
        "assert plugins == ['PIL.JpegImagePlugin'], plugins\n"
    )
    subprocess.run([sys.executable, "-c", script, str(photo)], check=True)


def test_many_threads(read: Read) -> None:
    pictures = [colours(40 + n, 50) for n in range(8)]
    files = [save(picture, kind) for picture in pictures for kind in ("PNG", "BMP", "TIFF")] * 5

    def decoded(data: bytes) -> Array:
        return read(data).pixels[..., ::-1]

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(decoded, files))
    for number, result in enumerate(results):
        assert np.array_equal(result, pictures[number // 3 % 8])
