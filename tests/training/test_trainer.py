"""A run learns, is stopped, goes on where it was, and ends in a file of the layer."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import TEXTS, data, needs_teacher, read  # noqa: E402
from training.batches import Batches, run_on  # noqa: E402
from training.config import CONFIGS, load_config  # noqa: E402
from training.export import load_student  # noqa: E402
from training.relabel import relabel  # noqa: E402
from training.shards import Shard, write_shard  # noqa: E402
from training.trainer import CHECKPOINT, Trainer  # noqa: E402

SMALL = """\
cut = "{cut}"
blocks = {blocks}
hidden = 8
layers = 2
source = "{source}"
steps_a_batch = 16
warmup = 2
average = 0.9
weight_decay = 0.01
bfloat16 = {bfloat16}
[[phase]]
name = "distil"
until = 3
rate = 1e-2
distil = 1.0
ctc = 0.0
[[phase]]
name = "ctc"
until = {until}
rate = 1e-2
distil = 0.3
ctc = 1.0
eyes = {eyes}
classifier = true
"""
FULL = {"cut": "full", "blocks": "[]", "source": "features", "eyes": "false", "bfloat16": "false"}
FAST = {
    "cut": "stage2",
    "blocks": "[[16, 4, 2], [16, 3, 1]]",
    "source": "pictures",
    "eyes": "true",
    "bfloat16": "true",
}


def config(folder: Path, until: int, **parts: str) -> str:
    path = folder / "small.toml"
    path.write_text(SMALL.format(until=until, **parts), "utf-8")
    return str(path)


def logged(run: Path) -> list[dict[str, float]]:
    return [json.loads(row) for row in (run / "log.jsonl").read_text("utf-8").splitlines()]


@needs_teacher
@pytest.mark.parametrize("parts", [FULL, FAST], ids=["features", "pictures"])
def test_a_run_goes_on_where_it_was(parts: dict[str, str], tmp_path: Path) -> None:
    shards, run = data(tmp_path / "data"), tmp_path / "run"
    for until in (2, 5, 6):
        made = load_config(config(tmp_path, until, **parts))
        Trainer(made, shards, run, "cpu").train(10, 1, 10)
        assert torch.load(run / CHECKPOINT, weights_only=True)["step"] == max(until, 2)
    rows = logged(run)
    assert [row["step"] for row in rows] == [2, 5, 6]
    assert {"exact", "spaced", "agreement", "teacher", "error", "kind/words"} <= rows[-1].keys()
    assert (run / "curves.png").stat().st_size > 1000
    student, about = load_student(run, config(tmp_path, 6, **parts))
    assert about["step"] in (2, 5, 6)
    assert not student.training


@needs_teacher
def test_a_run_goes_on_with_phases_of_another_length(tmp_path: Path) -> None:
    shards, run = data(tmp_path / "data"), tmp_path / "run"
    file = config(tmp_path, 6, **FULL)
    Trainer(load_config(file, 4), shards, run, "cpu").train(0, 1, 10)
    assert torch.load(run / CHECKPOINT, weights_only=True)["phase"] == "distil"
    Trainer(load_config(file, 1 / 3), shards, run, "cpu").train(10, 1, 10)
    saved = torch.load(run / CHECKPOINT, weights_only=True)
    assert saved["phase"] == "ctc"
    assert saved["step"] == 2


@needs_teacher
def test_a_student_becomes_the_teacher(tmp_path: Path) -> None:
    shards, run = data(tmp_path / "data"), tmp_path / "run"
    Trainer(load_config(config(tmp_path, 6, **FULL)), shards, run, "cpu").train(10, 1, 10)
    strong, _ = load_student(run, config(tmp_path, 6, **FULL))
    for split in ("train", "validation"):
        relabel(shards / split / "00000", tmp_path / "new" / split / "00000", strong)
    old, new = (Shard(folder / "train/00000") for folder in (shards, tmp_path / "new"))
    assert [new.text(number) for number in range(4)] == TEXTS
    assert np.array_equal(old.picture(2), new.picture(2))
    classes, logits = new.likely(1)
    with torch.no_grad():
        neck = torch.from_numpy(new.target(1).astype(np.float32))
        scores = strong.classifier(neck).numpy()
    assert np.array_equal(classes[:, 0], scores.argmax(1))
    assert np.allclose(logits[:, 0], scores.max(1), atol=0.05)
    light = load_config(config(tmp_path, 3, **FAST))
    Trainer(light, tmp_path / "new", tmp_path / "fast", "cpu", strong.classifier).train(10, 1, 10)
    made, _ = load_student(tmp_path / "fast", config(tmp_path, 3, **FAST))
    assert torch.equal(made.classifier.weight, strong.classifier.weight)
    with pytest.raises(ValueError, match="all of the convolutions"):
        relabel(shards / "train/00000", tmp_path / "other", made)


@needs_teacher
def test_what_is_frozen_stays(tmp_path: Path) -> None:
    shards, run = data(tmp_path / "data"), tmp_path / "run"
    made = load_config(config(tmp_path, 3, **FULL))
    trainer = Trainer(made, shards, run, "cpu")
    before = {k: v.clone() for k, v in trainer._student.state_dict().items()}
    trainer.train(10, 1, 10)
    for name, value in trainer._student.state_dict().items():
        same = torch.equal(value, before[name])
        assert same == name.startswith(("eyes.", "classifier.")), name


@needs_teacher
def test_lines_of_noise_are_learned_by_heart(tmp_path: Path) -> None:
    shards = data(tmp_path / "data")
    made = load_config(config(tmp_path, 120, **FULL))
    trainer = Trainer(made, shards, tmp_path / "run", "cpu")
    trainer.train(10, 10, 10)
    rows = logged(tmp_path / "run")
    losses = [row["loss"] for row in rows if "loss" in row]
    assert losses[-1] < losses[0]


def test_batches_hold_every_line_once(tmp_path: Path) -> None:
    batches = Batches(data(tmp_path) / "train", "pictures", 16)
    found = list(batches.once())
    assert sorted(text for batch in found for text in batch.texts) == sorted(TEXTS)
    for batch in found:
        lines, steps = len(batch.texts), batch.target.shape[1]
        assert batch.seen.shape == (lines, 3, 48, steps * 8)
        assert batch.likely is not None
        assert batch.likely[0].shape == batch.likely[1].shape == (lines, steps, 16)
        assert lines == 1 or lines * steps <= 16
    features = next(Batches(tmp_path / "train", "features", 16).endless(np.random.default_rng(0)))
    assert features.seen.shape[1:3] == (384, 1)


def test_lines_are_joined_to_longer_ones(tmp_path: Path) -> None:
    lines = [read(text, 64, n) for n, text in enumerate(["一二", "三", "四五", "六"])]
    write_shard(tmp_path / "train/00000", lines)
    batches = Batches(tmp_path / "train", "features", 1000, joined=1.0)
    plain = next(Batches(tmp_path / "train", "features", 1000).once())
    seen: dict[str, Any] = {}
    for number in range(20):
        batch = next(batches.endless(np.random.default_rng(number)))
        steps = batch.target.shape[1]
        assert steps in (2 * plain.target.shape[1], 3 * plain.target.shape[1])
        assert batch.seen.shape == (len(batch.texts), 384, 1, steps)
        assert batch.likely is not None
        assert batch.likely[0].shape == (len(batch.texts), steps, 16)
        seen.update(zip(batch.texts, batch.target, strict=True))
    order = {one.sample.text: one.target.astype(np.float32) for one in lines}
    whole = next(text for text in seen if text == "一二三")
    assert np.array_equal(seen[whole], np.concatenate([order["一二"], order["三"]]))


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["ab", "cd"], "ab cd"),
        (["一", "cd"], "一cd"),
        (["ab", "一", "二"], "ab一二"),
        (["ab.", "Cd", "e"], "ab. Cd e"),
    ],
)
def test_words_that_stand_side_by_side(texts: list[str], whole: str) -> None:
    assert run_on(texts) == whole


def test_no_shards_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `make train-data`"):
        next(Batches(tmp_path, "features", 16).endless(np.random.default_rng(0)))


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_configs(path: Path) -> None:
    made = load_config(path.stem)
    ends = [phase.until for phase in made.phases]
    assert ends == sorted(set(ends))
    assert made.phase(0)[0].name == made.phases[0].name
    assert made.phase(10**9) == (made.phases[-1], 1.0)
    assert len(made.phases) == 1 or made.phase(ends[0]) == (made.phases[1], 0.0)
    half = load_config(path.stem, 0.5)
    assert [phase.until * 2 for phase in half.phases] == ends
