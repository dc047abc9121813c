"""A keeper starts as a published reader, can go back half-way, and is written as a graph."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from builder.charset import charset_text  # noqa: E402
from builder.graph import convert  # noqa: E402
from builder.spec import ModelSpec  # noqa: E402
from tests.training.kit import needs_small  # noqa: E402
from training.export import quantised  # noqa: E402
from training.net.charset import load_characters  # noqa: E402
from training.net.graphs import keeper_graph  # noqa: E402
from training.net.keeper import Keeper  # noqa: E402
from training.net.origin import ORIGINS, TINY, Origin  # noqa: E402

PICTURE = np.random.default_rng(5).standard_normal((2, 3, 48, 160)).astype(np.float32)


def run(model: bytes, picture: np.ndarray = PICTURE) -> np.ndarray:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: picture})[0])


@pytest.fixture(params=["tiny", pytest.param("small", marks=needs_small)])
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


def scores(keeper: Keeper, picture: np.ndarray = PICTURE) -> np.ndarray:
    with torch.no_grad():
        return np.asarray(keeper(keeper.see(torch.from_numpy(picture))))


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
    built, light = convert(model, "fast"), convert(quantised(onnx.load_from_string(model)), "fast")
    places = {one: place for place, one in enumerate(origin.characters(), 1)}
    order = [0, *(places[one] for one in origin.exported())]
    for width in (96, 352):
        picture = np.random.default_rng(width).standard_normal((2, 3, 48, width))
        picture = picture.astype(np.float32)
        wanted = torch.from_numpy(scores(keeper, picture)).softmax(2).numpy()[..., order]
        assert wanted.shape == (2, width // 8, len(origin.exported()) + 1)
        for written in (model, built):
            assert np.abs(run(written, picture) - wanted).max() < 1e-4
        assert np.abs(run(light, picture) - wanted).mean() < 1e-4
    assert len(light) < len(built)


def test_the_charset_travels_in_the_file(origin: Origin) -> None:
    model = keeper_graph(Keeper(origin, 8, 1), "fast").SerializeToString()
    spec = ModelSpec("r", None, "f", "", "metadata:character", None, (" ",), {})
    text = charset_text(spec, lambda path, _: path.encode(), model)
    assert text == "".join(f"{one}\n" for one in origin.exported())
