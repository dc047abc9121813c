"""Models and modules are made ready beside the detector's run, where there is a CPU for it."""

import subprocess
import sys
import threading

import pytest

from tests.enginekit.entries import entry, manifest
from tests.enginekit.fakes import CountingOpener
from wenyun.engine.foresight import LAYOUT, foresee
from wenyun.models.manifest import LayerError
from wenyun.models.sessions import SessionCache

ROLES = ("recogniser", "second")


def sessions(opener: CountingOpener, *roles: str) -> SessionCache:
    return SessionCache(manifest(*(entry(role) for role in roles or ROLES)), 2, opener)


def test_what_is_needed_soon_is_opened_meanwhile() -> None:
    opener = CountingOpener(gate=threading.Event())
    cache = sessions(opener)
    thread = foresee(cache, ROLES, 2)
    assert thread is not None
    assert not cache.is_open("recogniser")
    assert opener.gate is not None
    opener.gate.set()
    thread.join(30)
    assert opener.opened == dict.fromkeys(ROLES, 1)
    assert all(cache.is_open(role) for role in ROLES)


def test_one_cpu_has_nothing_to_spare() -> None:
    opener = CountingOpener()
    assert foresee(sessions(opener), ROLES, 1) is None
    assert not opener.opened


def test_what_is_open_is_left_alone() -> None:
    opener = CountingOpener()
    cache = sessions(opener)
    for role in ROLES:
        cache.get(role)
    assert foresee(cache, ROLES, 2) is None


def test_a_layer_without_a_second_reader() -> None:
    opener = CountingOpener()
    cache = sessions(opener, "recogniser")
    thread = foresee(cache, ROLES, 2)
    assert thread is not None
    thread.join(30)
    assert opener.opened == {"recogniser": 1}


def test_a_model_that_does_not_open_is_told_to_who_needs_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object) -> object:
        raise LayerError("broken")

    cache = SessionCache(manifest(entry("second")), 2, refuse)  # type: ignore[arg-type]
    thread = foresee(cache, ["second"], 2)
    assert thread is not None
    thread.join(30)
    assert capfd.readouterr().err == ""
    with pytest.raises(LayerError, match="broken"):
        cache.get("second")


def test_the_interpreter_waits_for_it() -> None:
    opener = CountingOpener(gate=threading.Event())
    thread = foresee(sessions(opener), ROLES, 2)
    assert thread is not None
    assert not thread.daemon
    assert opener.gate is not None
    opener.gate.set()
    thread.join(30)


def test_the_layout_is_imported_with_them_and_not_before() -> None:
    code = f"""
import sys
import wenyun.documents.reading
from tests.enginekit.entries import entry, manifest
from tests.enginekit.fakes import CountingOpener
from wenyun.engine.foresight import foresee
from wenyun.models.sessions import SessionCache
assert {LAYOUT!r} not in sys.modules
sessions = SessionCache(manifest(entry("second")), 2, CountingOpener())
foresee(sessions, ["second"], 2, [{LAYOUT!r}]).join(30)
assert {LAYOUT!r} in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
