"""Whatever breaks off between any two calls to AWS: the job ends as if nothing had happened.

As `tests/unit/jobs/test_crash_points.py`, which breaks every call in every way, over the stores on
AWS and with what the function itself does: every call of every store is broken in one way.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.awskit.buckets import RESULTS, UPLOADS
from tests.chainkit.cloud import Cloud, cloud
from tests.chainkit.pump import Pump, breaking, chain, function, stores
from tests.jobkit.breaking import Breaker, crash, fault
from tests.jobkit.reader import OrderReader, document, order, text_of
from wenyun.jobs import steps
from wenyun.jobs.desk import Desk, Limits
from wenyun.jobs.origin import MARK
from wenyun.triggers.chain import Stores

KINDS: dict[str, tuple[Callable[[], BaseException], bool]] = {
    "killed before": (crash, False),
    "killed after": (crash, True),
    "store fails after": (fault, True),
}
"""What breaks, and whether the call took effect. A store that fails before is as one that does not
answer, and that every test of faults has."""

MOST = 200

Check = Callable[[str, list[str]], None]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def breaker(kind: str, at: int) -> Breaker:
    error, after = KINDS[kind]
    return Breaker(at, after, error)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "CHUNK", 1)


@pytest.fixture(scope="module")
def sky() -> Iterator[Cloud]:
    """One for all: clients take long to make."""
    with cloud() as made:
        yield made


@pytest.fixture(scope="module")
def over(sky: Cloud) -> Stores:
    return stores(sky)


def every_point(
    sky: Cloud, over: Stores, kind: str, begin: Callable[[str], str], check: Check
) -> int:
    """Begin something and see it through with a breaker at a call; how many calls there are.

    Each call is broken in one of the ways, in turn: the next kind takes the next.
    """
    for at in range(1 + list(KINDS).index(kind), MOST, len(KINDS)):
        broken = breaker(kind, at)
        handle = begin(f"n{at}")
        made = chain(sky, OrderReader(), breaking(over, broken))
        Pump(sky, [function(made)]).run()
        check(handle, broken.calls[at - 1 : at])
        if not broken.broke:
            return at - 1
    raise AssertionError("there is no end of calls")


def test_a_job(sky: Cloud, over: Stores, kind: str) -> None:
    def begin(name: str) -> str:
        data = document(pages=2, seed=name)
        desk = Desk(over.ports, Limits(10_000))
        job = desk.announce("a.tif", "", len(data), {"format": "text"})
        sky.s3.put_object(Bucket=UPLOADS, Key=f"jobs/{job.id}/upload", Body=data)
        return job.id

    def check(job_id: str, where: list[str]) -> None:
        job = over.ports.jobs.get(job_id)
        assert job
        assert (job.state, job.error, job.pages_done) == ("succeeded", None, 2), where
        text = over.ports.blobs.get(job.results["text"].key).decode()
        assert text.endswith("page 2\n"), where
        assert text.count("page") == 2, where
        left = [key for key in sky.keys(RESULTS) if job_id in key]
        assert left == [f"jobs/{job_id}/ended", f"jobs/{job_id}/results/text"], where
        assert not [key for key in sky.keys(UPLOADS) if job_id in key], where
        assert sky.answer(f"jobs/{job_id}/ended")["state"] == "succeeded"

    assert every_point(sky, over, kind, begin, check) > 25


def test_a_document_of_the_inbox(sky: Cloud, over: Stores, kind: str) -> None:
    """Two of its pages are asked for, and the file is too large to be read at once."""
    tag = kind.replace(" ", "-")

    def begin(name: str) -> str:
        data = document(pages=6, seed=name, more="." * 10_000)
        sky.upload(f"inbox/{tag}/{name}", data, pages="2,5")
        return name

    def check(name: str, where: list[str]) -> None:
        mine = [key for key in sky.results() if key.startswith(f"{tag}/{name}.")]
        assert mine == [f"{tag}/{name}.json", f"{tag}/{name}.txt"], where
        assert sky.text(f"{tag}/{name}.txt") == text_of(name, 2, 5), where
        assert not [key for key in sky.keys(UPLOADS) if key.startswith(f"jobs/{MARK}")], where

    assert every_point(sky, over, kind, begin, check) > 30


def test_a_document_that_fails(sky: Cloud, over: Stores) -> None:
    def begin(name: str) -> str:
        data = document(pages=1, bad=[1], more="." * 10_000)
        sky.upload(f"inbox/bad/{name}", data)
        return name

    def check(name: str, where: list[str]) -> None:
        mine = [key for key in sky.results() if key.startswith(f"bad/{name}.")]
        assert mine == [f"bad/{name}.error.json"], where
        assert sky.answer(mine[0])["error"]["code"] == "corrupt_image", where

    assert every_point(sky, over, "killed after", begin, check) > 20


def test_a_picture(sky: Cloud, over: Stores, kind: str) -> None:
    tag = f"p-{kind.replace(' ', '-')}"

    def begin(name: str) -> str:
        sky.upload(f"inbox/{tag}/{name}", order(seed=name))
        return name

    def check(name: str, where: list[str]) -> None:
        mine = [key for key in sky.results() if key.startswith(f"{tag}/{name}.")]
        assert mine == [f"{tag}/{name}.json", f"{tag}/{name}.txt"], where

    assert every_point(sky, over, kind, begin, check) > 5
