"""The fast reader: it starts as PP-OCRv6 tiny, learns on light shards, and can go back half-way."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from builder.charset import charset_text  # noqa: E402
from builder.spec import ModelSpec  # noqa: E402
from tests.training.kit import data, light_data, needs_teacher  # noqa: E402
from training import losses  # noqa: E402
from training.config import load_config  # noqa: E402
from training.export import load_student, quantised  # noqa: E402
from training.lessons import class_places, classes_of, shaken  # noqa: E402
from training.net.charset import load_characters  # noqa: E402
from training.net.graphs import keeper_graph  # noqa: E402
from training.net.keeper import Keeper  # noqa: E402
from training.net.origin import ORIGINS, TINY, Origin  # noqa: E402
from training.trainer import Trainer  # noqa: E402

SMALL = """\
hidden = 8
layers = 1
source = "{source}"
keeps = true
shake = 0.1
steps_a_batch = 16
warmup = 2
average = 0.9
weight_decay = 0.01
bfloat16 = false
[[phase]]
name = "ctc"
until = 3
rate = 1e-2
distil = 1.0
ctc = 1.0
classifier = {classifier}
classifier_rate = 0.1
"""
PICTURE = np.random.default_rng(5).standard_normal((2, 3, 48, 160)).astype(np.float32)


def run(model: bytes) -> np.ndarray:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: PICTURE})[0])


@pytest.fixture(params=["tiny", pytest.param("small", marks=needs_teacher)])
def origin(request: pytest.FixtureRequest) -> Origin:
    return ORIGINS[str(request.param)]


def moved(origin: Origin) -> Keeper:
    """A keeper that has left the published reader."""
    torch.manual_seed(1)
    keeper = Keeper(origin, 8, 2)
    keeper.eval()
    with torch.no_grad():
        keeper.out.weight.normal_(0, 0.3)
        keeper.known.weight.add_(torch.randn_like(keeper.known.weight) * 0.05)
    return keeper


def scores(keeper: Keeper) -> np.ndarray:
    with torch.no_grad():
        return np.asarray(keeper(keeper.see(torch.from_numpy(PICTURE))))


def train(folder: Path, source: str, classifier: str = "true") -> tuple[Trainer, Path]:
    file, run_ = folder / "small.toml", folder / "run"
    file.write_text(SMALL.format(source=source, classifier=classifier), "utf-8")
    shards = light_data(folder / "data") if source == "tiny" else data(folder / "data")
    return Trainer(load_config(str(file)), shards, run_, "cpu"), run_


def test_its_characters(origin: Origin) -> None:
    known, mine = origin.published(), origin.characters()
    assert len(mine) == len(set(mine)) >= len(known)
    assert set(load_characters()) <= set(mine)
    assert mine[: len(known)] == known
    assert known[-1] == origin.exported()[-1] == " "
    assert sorted(origin.exported()) == sorted(mine)
    assert "\r" not in "".join(mine)
    ours = [mine[one - 1] for one in origin.ours()[1:]]
    assert sorted(ours) == sorted(load_characters())
    assert origin.ours()[0] == 0


def test_what_each_lacks() -> None:
    assert len(TINY.added()) == 1566


def test_it_starts_as_published(origin: Origin) -> None:
    keeper = Keeper(origin, 8, 2).eval()
    whole = run(origin.model().SerializeToString())
    mine = torch.from_numpy(scores(keeper)).softmax(2).numpy()
    assert mine.shape[2] == len(origin.characters()) + 1
    # The new characters take what little a bias of -8 leaves them.
    assert np.abs(mine[..., : whole.shape[2]] - whole).max() < 0.03
    assert np.array_equal(mine.argmax(2), whole.argmax(2))
    with torch.no_grad():
        told = keeper.published(keeper.see(torch.from_numpy(PICTURE))).softmax(2).numpy()
    assert np.abs(told - whole).max() < 1e-4


def test_some_of_its_classes(origin: Origin) -> None:
    keeper = moved(origin)
    with torch.no_grad():
        seen = keeper.see(torch.from_numpy(PICTURE))
        neck, first = keeper.neck(seen), keeper.published_neck(seen)
        whole, told = keeper.classify(neck), keeper.published(seen)
        some = torch.tensor([0, 7, len(origin.published())])
        assert torch.allclose(keeper.some(neck, some), whole[..., some], atol=1e-4)
        assert torch.allclose(keeper.published_some(first, some), told[..., some], atol=1e-4)
        last = torch.tensor([whole.shape[2] - 1])
        assert torch.allclose(keeper.some(neck, last), whole[..., last], atol=1e-4)


def test_the_likeliest_of_our_classes(origin: Origin) -> None:
    keeper = moved(origin)
    ours = torch.tensor(origin.ours())
    with torch.no_grad():
        seen = keeper.see(torch.from_numpy(PICTURE))
        neck, first = keeper.neck(seen), keeper.published_neck(seen)
        whole, told = keeper.classify(neck), keeper.published(seen)
        assert torch.equal(keeper.best(neck), ours[whole[..., ours].argmax(2)])
        known = ours[ours < told.shape[2]]
        assert torch.equal(keeper.published_best(first), known[told[..., known].argmax(2)])


def test_the_way_back(origin: Origin) -> None:
    keeper, fresh = moved(origin), Keeper(origin, 8, 2).eval()
    trained = scores(keeper)
    keeper.blend(1.0)
    assert np.array_equal(scores(keeper), trained)
    keeper.blend(0.5)
    half = scores(keeper)
    known = len(origin.published()) + 1
    assert not np.allclose(half, trained, atol=1e-3)
    keeper.blend(0.0)
    assert np.allclose(scores(keeper)[..., :known], scores(fresh)[..., :known], atol=1e-4)


def test_as_onnx(origin: Origin) -> None:
    keeper = moved(origin)
    model = keeper_graph(keeper, "fast").SerializeToString()
    wanted = torch.from_numpy(scores(keeper)).softmax(2).numpy()
    order = [0, *(1 + origin.characters().index(one) for one in origin.exported())]
    assert np.abs(run(model) - wanted[..., order]).max() < 1e-4
    light = quantised(onnx.load_from_string(model))
    assert len(light) < len(model)
    assert np.abs(run(light) - wanted[..., order]).mean() < 1e-4
    spec = ModelSpec("r", None, "f", "", "metadata:character", None, (" ",), {})
    text = charset_text(spec, lambda path, _: path.encode(), model)
    assert text == "".join(f"{one}\n" for one in origin.exported())


@pytest.mark.parametrize("classifier", ["true", "false"])
def test_a_run(classifier: str, tmp_path: Path) -> None:
    trainer, folder = train(tmp_path, "tiny", classifier)
    before = {k: v.clone() for k, v in trainer._student.state_dict().items()}
    trainer.train(10, 1, 10)
    after = trainer._student.state_dict()
    same = {name for name, value in before.items() if torch.equal(value, after[name])}
    assert {name.split(".")[0] for name in same} >= {"eyes", "way"}
    assert ("known.weight" in same) == (classifier == "false")
    assert not same & {"out.weight", "fresh.weight", "lstm.weight_ih_l0"}
    rows = (folder / "log.jsonl").read_text("utf-8")
    assert '"origin_spaced"' in rows
    assert '"kind/words+"' in rows
    student, about = load_student(folder, str(tmp_path / "small.toml"))
    assert isinstance(student, Keeper)
    assert about["step"] == 3


@needs_teacher
def test_a_run_on_the_strong_readers_view(tmp_path: Path) -> None:
    trainer, folder = train(tmp_path, "small")
    before = {k: v.clone() for k, v in trainer._student.state_dict().items()}
    trainer.train(10, 1, 10)
    after = trainer._student.state_dict()
    same = {name.split(".")[0] for name, value in before.items() if torch.equal(value, after[name])}
    assert same >= {"eyes", "way"}
    assert not same & {"out", "lstm", "known"}
    assert load_student(folder, str(tmp_path / "small.toml"))[0].origin is ORIGINS["small"]


def test_the_price_of_leaving() -> None:
    torch.manual_seed(2)
    origin = torch.randn(2, 5, 20) * 4
    logs = torch.cat([origin, torch.full((2, 5, 3), -50.0)], 2).log_softmax(2)
    one = torch.ones(2)
    assert float(losses.kept(logs, origin, one)) == pytest.approx(0, abs=1e-3)
    other = torch.randn(2, 5, 23).log_softmax(2)
    price = float(losses.kept(other, origin, one))
    assert price > 0.5
    assert float(losses.kept(other, origin, 0 * one)) == 0
    assert float(losses.kept(other, origin, one / 2)) == pytest.approx(price / 2)


def test_a_gap_may_become_a_space() -> None:
    origin = torch.zeros(1, 4, 6)
    origin[..., 0] = 20
    for place, cost in ((0, False), (5, False), (3, True)):
        scores = torch.zeros(1, 4, 8)
        scores[..., place] = 20
        price = float(losses.kept(scores.log_softmax(2), origin, torch.ones(1)))
        assert (price > 1) == cost


def test_hopeless_lines_pull_less() -> None:
    scores = torch.zeros(2, 4, 3, requires_grad=True)
    hard = torch.tensor([[[9.0, 0, 0]] * 4, [[0, 9.0, 0]] * 4])
    for hopeless, wanted in ((1.0, True), (float("inf"), False)):
        (pull,) = torch.autograd.grad(
            losses.ctc((scores + hard).log_softmax(2), [[1], [1]], hopeless), scores
        )
        strength = pull.abs().sum((1, 2))
        plain = (
            torch.autograd.grad(losses.ctc((scores + hard).log_softmax(2), [[1], [1]]), scores)[0]
            .abs()
            .sum((1, 2))
        )
        assert bool(strength[0] < 0.5 * plain[0]) == wanted
        assert float(strength[1]) == pytest.approx(float(plain[1]), rel=0.1)


def test_features_are_shaken() -> None:
    torch.manual_seed(3)
    seen = torch.randn(4, 6, 1, 50)
    assert torch.equal(shaken(seen, 0), seen)
    moved_ = shaken(seen, 0.1)
    assert moved_.shape == seen.shape
    assert 0.05 < float((moved_ - seen).std()) < 0.4


def test_classes() -> None:
    places = class_places(["甲", "乙", " "])
    assert classes_of(["乙 甲", ""], places) == [[2, 3, 1], []]
