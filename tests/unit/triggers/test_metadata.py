"""Metadata that is more than ASCII."""

from email.header import Header

import pytest

from wenyun.triggers.metadata import plain

WORDS = "宫保鸡丁,鱼香肉丝"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("zh", "zh"),
        ("", ""),
        ("1,2,3,4", "1,2,3,4"),
        (Header(WORDS, "utf-8").encode(linesep=""), WORDS),
        (Header(WORDS * 9, "utf-8").encode(linesep=""), WORDS * 9),
        (WORDS.encode().decode("latin-1"), WORDS),
        (WORDS, WORDS),
        ("café", "café"),
        ("=?UTF-8?Q?=E5=8F=91?=", "发"),
        ("=?none?Q?abc?=", "=?none?Q?abc?="),
        ("=?utf-8?B?!!?=", ""),
        ("=?utf-8?Q?=FF?=", "=?utf-8?Q?=FF?="),
    ],
)
def test_the_text_that_was_meant(given: str, meant: str) -> None:
    assert plain(given) == meant
