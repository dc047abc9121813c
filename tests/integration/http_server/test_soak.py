"""Minutes of everything that clients do, with a fixed seed; `tests.bench.soak` does hours."""

import pytest

from tests.loadkit.goods import make_small
from tests.loadkit.soak import Soaked, soak
from tests.loadkit.traffic import WEIGHTS
from wenyun.settings import Settings

if not (Settings.from_env().model_dir / "manifest.json").is_file():
    pytest.skip("no model layer: run `make layer`", allow_module_level=True)

CLIENTS = 200

SEED = 7

LIGHT = dict(WEIGHTS) | {"paper": 6, "damaged": 15, "job": 1, "job_deleted": 1, "leaves": 10}


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> Soaked:
    return soak(
        tmp_path_factory.mktemp("soak"),
        SEED,
        lambda number, _: number >= CLIENTS,
        weights=LIGHT,
        goods=make_small(SEED),
        OCR_API_KEY="",
    )


def test_every_client_is_accounted_for(soaked: Soaked) -> None:
    assert sum(soaked.endings.values()) == sum(soaked.kinds.values()) == CLIENTS
    assert set(soaked.kinds) == set(LIGHT)


def test_nobody_gets_an_answer_that_should_not_be(soaked: Soaked) -> None:
    """No 500, no connection that breaks, no job that is lost; damaged files are refused."""
    assert not soaked.faults
    assert soaked.endings["ok"] > CLIENTS / 2
    assert soaked.endings["job_ok"] >= 1


def test_clients_that_hang_up_leave_nothing_at_work(soaked: Soaked) -> None:
    assert soaked.endings["left"] > 10
    assert soaked.left_over == 0


def test_memory_is_bounded(soaked: Soaked) -> None:
    """In a run this short memory still comes to its size: `tests.bench.requests` tells growth."""
    assert max(sample.taken.memory for sample in soaked.samples) < 600_000_000
    assert soaked.after.memory < 600_000_000


def test_files_and_threads_are_given_back(soaked: Soaked) -> None:
    assert soaked.after.files < soaked.before.files + 15
    assert soaked.after.threads < 40
