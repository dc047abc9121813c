"""The cuts, on made-up packages and on the real OpenCV of this environment."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from slim.__main__ import slim
from slim.rules import CUTS, STUBBED
from slim.sizes import size_of
from tests.awskit.functions import ROOT

PRODUCT = ROOT / "functions/ocr/wenyun"

NEVER = {
    "imread", "imwrite", "imdecodemulti", "VideoCapture", "VideoWriter", "dnn", "ml",
    "gemm", "solve", "solvePoly", "invert", "eigen", "eigenNonSymmetric", "determinant",
    "SVDecomp", "SVBackSubst", "PCACompute", "PCACompute2", "PCAProject", "Mahalanobis", "kmeans",
    "findHomography", "estimateAffine2D", "estimateAffinePartial2D", "solvePnP",
    "findTransformECC", "calibrateCamera", "stereoCalibrate", "fitEllipse",
}  # fmt: skip
"""Of OpenCV: what needs video, files, or linear algebra of any size, whose libraries are stubs."""

DECODERS = {"imdecode": {"documents/formats/bmp.py"}, "imencode": {"cli_draw.py"}}
"""AVIF's library is a stub, so OpenCV may only see bytes that were sniffed as something else."""


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"12345")


def left(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_each_cut_takes_its_files_and_no_others(tmp_path: Path) -> None:
    kept = {
        "numpy/__init__.py", "numpy/testing/__init__.py", "numpy/typing/__init__.py",
        "numpy/_core/_multiarray_umath.so", "onnxruntime/capi/state.so", "PIL/_imaging.so",
        "tests/of_somebody_else.py", "pypdfium2_raw/libpdfium.so", "pypdfium2-5.dist-info/L",
        "numpy-2.0.dist-info/licenses/LICENSE",
    }  # fmt: skip
    gone = {
        "numpy/tests/test_a.py", "numpy/_core/tests/data/b.csv", "numpy/f2py/f.py",
        "numpy/_core/_simd.cpython.so", "numpy/_core/include/n.h", "numpy/__init__.pyi",
        "numpy/random/_x.pxd", "onnxruntime/capi/libonnxruntime.so.1.0",
        "onnxruntime/transformers/deep/x.py", "PIL/_avif.cpython.so",
        "pypdfium2/raw.py", "pypdfium2/internal/x.py", "pypdfium2_cli/a.py", "pypdfium2_cfg/b.py",
    }  # fmt: skip
    write(tmp_path, *kept, *gone)
    bought = [bytes_ for bytes_, _ in slim(tmp_path)]
    assert left(tmp_path) == kept
    assert sum(bought) == 5 * len(gone)
    assert all(bought[: len(CUTS)])
    assert sum(bytes_ for bytes_, _ in slim(tmp_path)) == 0, "a second time finds nothing"


def test_links_weigh_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert (size_of(tmp_path), size_of(tmp_path / "link"), size_of(tmp_path / "none")) == (5, 0, 0)


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.mark.skipif(sys.platform != "linux", reason="the images are for Linux")
def test_opencv_works_without_what_is_cut(tmp_path: Path) -> None:
    site = Path(cv2.__file__).parents[1]
    for folder in ("cv2", "opencv_python_headless.libs"):
        shutil.copytree(site / folder, tmp_path / folder, copy_function=link_or_copy)
    before = size_of(site / "opencv_python_headless.libs")
    done = list(slim(tmp_path))
    assert sum(what.startswith(tuple(STUBBED)) for _, what in done) == len(STUBBED)
    assert size_of(tmp_path / "opencv_python_headless.libs") < 4_000_000
    assert size_of(site / "opencv_python_headless.libs") == before, "others' files stay"
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import cv2, numpy as np\n"
        f"assert cv2.__file__.startswith({str(tmp_path)!r})\n"
        "square = np.array([[0, 0], [9, 0], [9, 9], [0, 9]], np.float32)\n"
        "matrix = cv2.getPerspectiveTransform(square, 2 * square)\n"
        "flat = cv2.warpPerspective(np.full((10, 10, 3), 7, np.uint8), matrix, (5, 5))\n"
        "assert flat.max() == 7 and cv2.minAreaRect(square)[1] == (9.0, 9.0)\n"
        "done, data = cv2.imencode('.bmp', flat)\n"
        "assert (cv2.imdecode(data, cv2.IMREAD_COLOR) == flat).all()\n"
        "assert cv2.imdecode(np.frombuffer(b'no picture', np.uint8), 1) is None\n"
    )
    env = os.environ | {"LD_BIND_NOW": "1"}
    subprocess.run([sys.executable, "-c", program], env=env, check=True)


def opencv_names(path: Path) -> set[str]:
    """What a module takes of OpenCV."""
    return {
        node.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "cv2"
    }


def test_product_uses_nothing_that_is_cut() -> None:
    for path in sorted(PRODUCT.rglob("*.py")):
        used = opencv_names(path)
        assert not used & NEVER, f"{path}: in the images this ends the process; see slim/rules.py"
        for name, places in DECODERS.items():
            assert name not in used or str(path.relative_to(PRODUCT)) in places, path


def test_product_imports_nothing_that_is_cut() -> None:
    text = "\n".join(path.read_text("utf-8") for path in PRODUCT.rglob("*.py"))
    for module in ("numpy.f2py", "onnxruntime.tools", "onnxruntime.quantization", "AvifImage"):
        assert module not in text
