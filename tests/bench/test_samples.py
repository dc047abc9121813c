"""Samples come from folders of pictures with labels, drawn or real."""

import json
from pathlib import Path

import cv2
import pytest

from tests.bench.samples import REALSET, drawn, line_crops, load, real


def test_drawn_pages_have_boxes_and_rows(tmp_path: Path) -> None:
    samples = drawn(tmp_path, ["invoice", "mixed"], 3, 1, "clean")
    assert [sample.row for sample in samples] == ["invoice", "mixed"]
    truth = samples[0].truth
    assert truth.boxes is not None
    assert truth.boxes.shape == (len(truth.lines), 4, 2)
    assert truth.ignore is not None
    assert samples[1].truth.ignore is None


def test_real_pictures_may_be_lines_and_incomplete(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    entries = [
        {"file": "a.jpg", "kind": "line", "scene": "street", "text": "一行", "complete": True},
        {"file": "b.jpg", "kind": "page", "scene": "street", "text": ["x"], "complete": False},
    ]
    (folder / "labels.jsonl").write_text("\n".join(map(json.dumps, entries)), "utf-8")
    samples = real(tmp_path)
    assert [(s.row, s.truth.lines, s.truth.complete) for s in samples] == [
        ("real shop", ("一行",), True),
        ("real shop", ("x",), False),
    ]
    assert load(folder)[0].row == "street"


def test_no_real_pictures_where_the_folder_is_absent(tmp_path: Path) -> None:
    assert real(tmp_path / "nowhere") == []


def test_real_labels_name_files_that_exist() -> None:
    if not REALSET.is_dir():
        pytest.skip(f"{REALSET} is absent")
    samples = real()
    assert samples
    assert all(sample.path.is_file() and sample.truth.lines for sample in samples)


def test_every_line_is_cut_out(tmp_path: Path) -> None:
    samples = drawn(tmp_path / "pages", ["english"], 2, 1, "natural")
    crops = list(line_crops(samples, tmp_path / "lines"))
    assert [crop.truth.lines[0] for crop in crops] == list(samples[0].truth.lines)
    picture = cv2.imread(str(crops[0].path))
    assert picture is not None
    assert picture.shape[1] > picture.shape[0]
