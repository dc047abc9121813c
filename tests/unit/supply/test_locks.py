"""Locks as they are read: every pin, every hash, nothing passed over."""

from pathlib import Path

import pytest

from tests.supply.locks import LAMBDA, SERVER, TESTS, TRAINING, pins


def test_a_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "a_b==1.0 \\\n"
        f"    --hash=sha256:{'0' * 64} \\\n"
        f"    --hash=sha256:{'1' * 64}\n"
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n"
        f"    --hash=sha256:{'2' * 64}\n"
    )
    one, two = pins(lock)
    assert (one.name, one.version, one.marker) == ("a_b", "1.0", "")
    assert one.hashes == ("0" * 64, "1" * 64)
    assert one.purl == "pkg:pypi/a-b@1.0"
    assert two.marker == "python_full_version < '3.12'"


@pytest.mark.parametrize("line", ["a>=1", "git+file:///x", "--index-url x", "./local"])
def test_what_is_no_pin_is_not_passed_over(tmp_path: Path, line: str) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(line + "\n")
    with pytest.raises(ValueError, match="is no pin"):
        pins(lock)


@pytest.mark.parametrize("lock", [SERVER, LAMBDA, TESTS, TRAINING], ids=lambda lock: lock.name)
def test_every_pin_of_ours_has_hashes(lock: Path) -> None:
    found = pins(lock)
    assert len(found) > 15
    assert all(pin.hashes for pin in found)


def test_the_lock_that_is_audited_holds_the_images() -> None:
    tested = {(pin.name, pin.version) for pin in pins(TESTS)}
    for lock in (SERVER, LAMBDA):
        assert {(pin.name, pin.version) for pin in pins(lock)} <= tested
