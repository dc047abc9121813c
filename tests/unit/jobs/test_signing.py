from wenyun.jobs.signing import Signer

SIGNER = Signer(b"secret")


def test_what_we_signed_is_known_again_until_its_time_is_over() -> None:
    signature = SIGNER.sign("upload", "id", "1000")
    assert SIGNER.check(signature, 999.9, "1000", "upload", "id")
    assert not SIGNER.check(signature, 1000.0, "1000", "upload", "id")


def test_nothing_else_is() -> None:
    signature = SIGNER.sign("upload", "id", "1000")
    assert not SIGNER.check(signature, 1.0, "2000", "upload", "id")
    assert not SIGNER.check(signature, 1.0, "1000", "result", "id")
    assert not SIGNER.check(signature, 1.0, "1000", "upload", "other")
    assert not SIGNER.check(signature.upper(), 1.0, "1000", "upload", "id")
    for odd in ("", "发票", "0" * 64, signature[:-1]):
        assert not SIGNER.check(odd, 1.0, "1000", "upload", "id")
    assert not Signer(b"another").check(signature, 1.0, "1000", "upload", "id")


def test_no_part_runs_into_the_next() -> None:
    assert SIGNER.sign("a", "bc") != SIGNER.sign("ab", "c")
    assert SIGNER.sign("a", "") != SIGNER.sign("a")


def test_a_time_that_is_none_is_over() -> None:
    for odd in ("", "inf", "-1", "1e9", "x"):
        assert not SIGNER.check(SIGNER.sign("a", odd), 1.0, odd, "a")
