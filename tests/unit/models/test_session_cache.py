"""Each model is opened once in the life of the process."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.enginekit.entries import entry, manifest
from tests.enginekit.fakes import CountingOpener
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import LayerError
from wenyun.models.sessions import SessionCache

ROLES = ("recogniser", "second", "detector", "line_angle")
ASKERS = 20


def cache(opener: CountingOpener, threads: int = 3) -> SessionCache:
    return SessionCache(manifest(*(entry(role) for role in ROLES)), threads, opener)


def test_nothing_is_opened_before_it_is_asked_for() -> None:
    opener = CountingOpener()
    cache(opener)
    assert not opener.opened


def test_the_same_session_again() -> None:
    opener = CountingOpener()
    sessions = cache(opener)
    assert sessions.get("detector") is sessions.get("detector")
    assert sessions.get("detector") is not sessions.get("second")
    assert opener.opened == {"detector": 1, "second": 1}


def test_twenty_first_requests_at_once_open_each_model_once() -> None:
    """All ask for every model in turn while none of them opens; then all get the same sessions."""
    opener = CountingOpener(gate=threading.Event())
    sessions = cache(opener)
    start = threading.Barrier(ASKERS)

    def request(number: int) -> list[int]:
        start.wait(30)
        turn = number % len(ROLES)
        order = ROLES[turn:] + ROLES[:turn]
        found = {role: id(sessions.get(role)) for role in order}
        return [found[role] for role in ROLES]

    with ThreadPoolExecutor(ASKERS) as pool:
        asked = [pool.submit(request, number) for number in range(ASKERS)]
        assert opener.gate is not None
        opener.gate.set()
        answers = [one.result(30) for one in asked]
    assert opener.opened == dict.fromkeys(ROLES, 1)
    assert all(answer == answers[0] for answer in answers)
    assert len(set(answers[0])) == len(ROLES)


def test_one_model_that_opens_slowly_holds_up_no_other() -> None:
    gate = threading.Event()
    slow, quick = CountingOpener(gate=gate), CountingOpener()
    sessions = SessionCache(
        manifest(entry("second"), entry("detector")),
        1,
        lambda one, threads: (slow if one.role == "second" else quick)(one, threads),
    )
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sessions.get, "second")
        assert sessions.get("detector")
        assert not waiting.done()
        gate.set()
        assert waiting.result(30) is sessions.get("second")


def test_a_failure_is_not_remembered() -> None:
    opener = CountingOpener(failures={"recogniser": 2})
    sessions = cache(opener)
    for _ in range(2):
        with pytest.raises(OSError, match="recogniser does not open today"):
            sessions.get("recogniser")
    assert sessions.get("recogniser") is sessions.get("recogniser")
    assert opener.opened["recogniser"] == 3


def test_those_who_waited_for_a_failure_try_themselves() -> None:
    """One of twenty gets the failure, the next in line opens the model, the rest share it."""
    opener = CountingOpener(failures={"recogniser": 1}, gate=threading.Event())
    sessions = cache(opener)
    start = threading.Barrier(ASKERS)

    def request() -> int | None:
        start.wait(30)
        try:
            return id(sessions.get("recogniser"))
        except OSError:
            return None

    with ThreadPoolExecutor(ASKERS) as pool:
        asked = [pool.submit(request) for _ in range(ASKERS)]
        assert opener.gate is not None
        opener.gate.set()
        answers = [one.result(30) for one in asked]
    assert answers.count(None) == 1
    assert len(set(answers) - {None}) == 1
    assert opener.opened["recogniser"] == 2


def test_an_unknown_role() -> None:
    opener = CountingOpener()
    with pytest.raises(LayerError, match="has no 'page_angle'"):
        cache(opener).get("page_angle")
    assert not opener.opened


@pytest.mark.parametrize("threads", [1, 3, 8])
def test_recognisers_run_on_one_thread_and_the_rest_on_all(threads: int) -> None:
    opener = CountingOpener()
    sessions = cache(opener, threads)
    for role in ROLES:
        sessions.get(role)
    assert opener.threads == {
        "recogniser": 1,
        "second": 1,
        "detector": threads,
        "line_angle": threads,
    }


def test_warming_opens_the_first_recogniser_and_the_detector_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    charset = tmp_path_factory.mktemp("warm") / "charset.txt"
    charset.write_text("a\nb\n", encoding="utf-8")
    opener = CountingOpener()
    entries = [entry(role, charset=charset) for role in ROLES]
    tools = Toolbox(SessionCache(manifest(*entries), 2, opener), 2)
    tools.warm()
    tools.warm()
    assert opener.opened == {"recogniser": 1, "detector": 1}
