"""What the cuts leave: all loads, all reads the same, and the weight is what we say."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.awskit.functions import ROOT
from tests.awskit.wheels import platforms
from tests.serverless.containers import NARROW
from tests.serverless.engine import podman
from tests.serverless.pictures import scene_files
from tests.serverless.weight import LIMIT, STRETCH, added

READ = ("-m", "wenyun.cli", "--json", "--lang", "mix", "--profile")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    folder.chmod(0o755)  # the image's user is nobody here
    for name, data in scene_files():
        (folder / name).write_bytes(data)
    return folder


def answers(printed: str) -> list[Any]:
    """Text, box and model of every line; confidences are compared to a thousandth."""
    return [
        [(line["text"], line["box"], line["model"], round(line["confidence"], 2))
         for line in json.loads(answer)["text"]]
        for answer in printed.splitlines()
    ]  # fmt: skip


@pytest.mark.parametrize("profile", ["fast", "accurate"])
def test_image_reads_as_the_checkout_does(
    images: Mapping[str, str], pictures: Path, profile: str
) -> None:
    names = sorted(path.name for path in pictures.iterdir())
    here = subprocess.run(
        [sys.executable, *READ, profile, *names],
        cwd=pictures, capture_output=True, text=True, check=True,
    )  # fmt: skip
    there = podman(
        "run", "--rm", "--network=none", *NARROW, "--volume", f"{pictures}:/pictures:ro",
        "--workdir", "/pictures", "--env", "PYTHONPATH=/app",
        images["server"], "python", *READ, profile, *names,
    )  # fmt: skip
    assert len(answers(there)) == len(names)
    assert all(answers(there))
    assert answers(there) == answers(here.stdout)


@pytest.mark.parametrize("target", ["lambda", "server"])
def test_every_compiled_module_loads_whole(images: Mapping[str, str], target: str) -> None:
    """All symbols at once, as the loader usually looks for functions at their first call."""
    program = (
        "import ctypes, pathlib, sysconfig\n"
        "for path in sorted(pathlib.Path(sysconfig.get_path('purelib')).rglob('*.so*')):\n"
        "    ctypes.CDLL(str(path)); print(path.name)\n"
    )
    loaded = podman(
        "run", "--rm", "--env", "LD_BIND_NOW=1", "--entrypoint", "python3", images[target],
        "-c", f"import numpy, cv2, onnxruntime\n{program}",
    )  # fmt: skip
    assert any(name.startswith("cv2") for name in loaded.splitlines())


@pytest.mark.parametrize("target", ["lambda", "server"])
def test_weight(images: Mapping[str, str], target: str) -> None:
    found = added(target)
    total = sum(found.values())
    assert total < LIMIT
    assert total < STRETCH, found.most_common(12)
    assert {"cv2", "onnxruntime", "numpy", "/opt/models"} <= set(found)
    assert not {"boto3", "botocore", "onnx", "pip"} & set(found)


def test_weight_is_what_the_docs_say(images: Mapping[str, str]) -> None:
    """`make weight` prints the table anew."""
    page = (ROOT / "docs/deploy.md").read_text("utf-8")
    (told,) = re.findall(r"adds ([\d.]+) MB to AWS's base", page)
    assert sum(added("lambda").values()) / 1e6 == pytest.approx(float(told), rel=0.05)


def test_packages_of_the_other_processor_are_cut_too(tmp_path: Path) -> None:
    """The file names of arm64's wheels differ; what is left of them must still fit together."""
    from slim.__main__ import slim
    from slim.libraries import read_libraries
    from slim.rules import STUBBED

    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary", ":all:", "--python-version", "3.13", "--require-hashes",
        *platforms("aarch64"), "--target", str(tmp_path),
        "-r", str(ROOT / "functions/ocr/requirements/lambda.txt"),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    before = read_libraries(tmp_path)
    assert {library.machine for library in before.values()} == {183}
    cuts = {what: bought for bought, what in slim(tmp_path)}
    assert all(bought > 0 for bought in cuts.values()), cuts
    assert sum(what.startswith(tuple(STUBBED)) for what in cuts) == len(STUBBED)
    by_name = {library.soname: path for path, library in before.items() if library.soname}
    for path, library in before.items():
        if not path.exists() or path.name.startswith(tuple(STUBBED)):
            continue
        for name in by_name.keys() & set(library.needed):
            assert by_name[name].exists(), (path, name)
            if by_name[name].name.startswith(tuple(STUBBED)):
                stub = by_name[name].read_bytes()
                asked = library.undefined & before[by_name[name]].defined.keys()
                assert asked
                assert all(symbol.encode() + b"\0" in stub for symbol in asked), name
