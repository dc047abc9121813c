"""Codes that a client can see, and the time a request has."""

import math
import re

import pytest

from wenyun.deadline import Deadline
from wenyun.errors import KINDS, WenyunError

CONTRACT = {
    422: "missing_image empty_file unknown_option invalid_option corrupt_image image_too_small "
    "corrupt_pdf pdf_password_required",
    415: "unsupported_image",
    413: "file_too_large too_many_pixels too_many_pages",
    401: "unauthorized",
    404: "not_found job_not_found",
    405: "method_not_allowed",
    429: "throttled",
    503: "busy time_limit",
    500: "internal",
}


def test_codes_and_statuses_are_the_contracts() -> None:
    promised = {code: status for status, codes in CONTRACT.items() for code in codes.split()}
    assert {code: kind.status for code, kind in KINDS.items()} == promised


@pytest.mark.parametrize("code", KINDS)
def test_each_code_has_a_sentence_in_both_languages(code: str) -> None:
    error = WenyunError(code)
    assert re.fullmatch(r"[A-Z].*\.", error.message)
    assert re.fullmatch(r".*[\u4e00-\u9fff].*。", error.message_zh)
    assert str(error) == error.message
    assert (error.field, error.retry_after) == (None, None)


def test_an_error_of_its_own_words() -> None:
    error = WenyunError("busy", "Wait.", "请稍候。", field="image", retry_after=3)
    assert (error.code, error.status, error.message, error.message_zh) == (
        "busy",
        503,
        "Wait.",
        "请稍候。",
    )
    assert (error.field, error.retry_after) == ("image", 3)


def test_a_code_that_there_is_not() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        WenyunError("nonsense")


def test_no_deadline_never_passes() -> None:
    assert Deadline().at == math.inf
    Deadline().check()


def test_a_deadline_to_come() -> None:
    Deadline.after(1000).check()


def test_a_deadline_that_has_passed() -> None:
    with pytest.raises(WenyunError) as caught:
        Deadline.after(-1).check()
    assert (caught.value.code, caught.value.status) == ("time_limit", 503)


def test_a_deadline_passes_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    deadline = Deadline.after(5)
    clock[0] = 105.0
    deadline.check()
    clock[0] = 105.1
    with pytest.raises(WenyunError):
        deadline.check()
