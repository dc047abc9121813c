"""A run learns, is stopped, goes on where it was, and ends in a file of the layer."""

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import data, light_data, needs_small  # noqa: E402
from training.config import CONFIGS, load_config  # noqa: E402
from training.export import load_keeper  # noqa: E402
from training.net.origin import ORIGINS  # noqa: E402
from training.shards import SIGHTS  # noqa: E402
from training.trainer import CHECKPOINT, Trainer  # noqa: E402

SMALL = """\
hidden = 8
layers = 2
source = "{source}"
shake = 0.1
steps_a_batch = 16
warmup = 2
average = 0.9
weight_decay = 0.01
bfloat16 = {bfloat16}
[[phase]]
name = "beside"
until = 3
rate = 1e-2
distil = 1.0
ctc = 1.0
classifier_rate = 0
[[phase]]
name = "all"
until = {until}
rate = 1e-2
distil = 0.3
ctc = 1.0
classifier_rate = 0.1
"""


def config(folder: Path, until: int, source: str = "tiny", bfloat16: str = "false") -> str:
    path = folder / "small.toml"
    path.write_text(SMALL.format(until=until, source=source, bfloat16=bfloat16), "utf-8")
    return str(path)


def logged(run: Path) -> list[dict[str, float]]:
    return [json.loads(row) for row in (run / "log.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("source", "bfloat16"),
    [("tiny", "false"), ("tiny", "true"), pytest.param("small", "false", marks=needs_small)],
)
def test_a_run_goes_on_where_it_was(source: str, bfloat16: str, tmp_path: Path) -> None:
    shards, run = data(tmp_path / "data", *SIGHTS[source]), tmp_path / "run"
    for until in (2, 5, 6):
        made = load_config(config(tmp_path, until, source, bfloat16))
        Trainer(made, shards, run, "cpu").train(10, 1, 10)
        # The first phase is three steps long, whatever the second says.
        assert torch.load(run / CHECKPOINT, weights_only=True)["step"] == max(until, 2)
    rows = logged(run)
    assert [row["step"] for row in rows] == [2, 5, 6]
    wanted = {
        "exact",
        "spaced",
        "agreement",
        "origin",
        "origin_spaced",
        "kind/words",
        "kind/words+",
    }
    assert wanted <= rows[-1].keys()
    assert (run / "curves.png").stat().st_size > 1000
    keeper, about = load_keeper(run, config(tmp_path, 6, source))
    assert about["step"] in (2, 5, 6)
    assert not [name for name in about["found"] if "/" in name]
    assert keeper.origin is ORIGINS[source]
    assert not keeper.training


def test_a_run_goes_on_with_phases_of_another_length(tmp_path: Path) -> None:
    shards, run = light_data(tmp_path / "data"), tmp_path / "run"
    file = config(tmp_path, 6)
    Trainer(load_config(file, 4), shards, run, "cpu").train(0, 1, 10)
    assert torch.load(run / CHECKPOINT, weights_only=True)["phase"] == "beside"
    Trainer(load_config(file, 1 / 3), shards, run, "cpu").train(10, 1, 10)
    saved = torch.load(run / CHECKPOINT, weights_only=True)
    assert saved["phase"] == "all"
    assert saved["step"] == 2


@pytest.mark.parametrize("source", ["tiny", pytest.param("small", marks=needs_small)])
@pytest.mark.parametrize("until", [3, 4])
def test_what_is_published_stays(until: int, source: str, tmp_path: Path) -> None:
    """Convolutions and the way behind them always, the last layer where its rate is 0."""
    shards = data(tmp_path / "data", *SIGHTS[source])
    trainer = Trainer(load_config(config(tmp_path, until, source)), shards, tmp_path / "run", "cpu")
    before = {k: v.clone() for k, v in trainer._keeper.state_dict().items()}
    trainer.train(10, 1, 10)
    frozen = ("eyes.", "way.") if until > 3 else ("eyes.", "way.", "known.")
    for name, value in trainer._keeper.state_dict().items():
        if value.numel():  # PP-OCRv6 small lacks none of our characters
            assert torch.equal(value, before[name]) == name.startswith(frozen), name


def test_lines_of_noise_are_learned_by_heart(tmp_path: Path) -> None:
    shards = light_data(tmp_path / "data")
    trainer = Trainer(load_config(config(tmp_path, 120)), shards, tmp_path / "run", "cpu")
    trainer.train(10, 10, 10)
    losses = [row["loss"] for row in logged(tmp_path / "run") if "loss" in row]
    assert losses[-1] < losses[0]


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
