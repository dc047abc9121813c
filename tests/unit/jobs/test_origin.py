"""Jobs that nobody sent: their ids, their names, their forms."""

import re

import pytest

from wenyun.jobs.forms import forms_of
from wenyun.jobs.origin import from_inbox, inbox_job, object_name, object_place
from wenyun.stores.jobs import Job


def job(job_id: str, **options: str) -> Job:
    return Job(job_id, "n", "", 1, options, 0.0, 1.0)


def test_the_same_object_is_the_same_job_and_every_other_another() -> None:
    names = [
        ("b", "inbox/k", "1"),
        ("b", "inbox/k", "2"),
        ("b", "inbox/k1", ""),
        ("bi", "nbox/k", "1"),
    ]
    ids = [inbox_job(*name) for name in names]
    assert len(set(ids)) == 4
    assert inbox_job(*names[0]) == ids[0]
    assert all(re.fullmatch("i[0-9a-f]{32}", found) and from_inbox(found) for found in ids)
    assert not from_inbox("0123456789abcdef" * 2)


def test_half_a_surrogate_pair_in_a_key() -> None:
    assert from_inbox(inbox_job("b", "inbox/\ud800", "1"))


@pytest.mark.parametrize("key", ["inbox/a", "inbox/a/b.pdf", "inbox/s3://x/y", "inbox//"])
def test_a_name_says_where_the_object_lies(key: str) -> None:
    assert object_place(object_name("bucket", key)) == ("bucket", key)


def test_forms_of_a_job_that_was_sent() -> None:
    assert forms_of(job("a"), "pdf") == {"json": False, "text": False, "pdf": False}
    assert forms_of(job("a"), "png") == {"json": False, "text": False}
    assert forms_of(job("a", format="csv,pdf"), "pdf") == {"csv": True, "pdf": True}


def test_forms_of_an_object_are_the_usual_and_those_it_names() -> None:
    assert forms_of(job("i0"), "png") == {"json": True, "text": True}
    assert forms_of(job("i0"), "pdf") == {"json": True, "text": True, "pdf": False}
    assert forms_of(job("i0", format="csv,pdf"), "pdf") == {
        "json": True,
        "text": True,
        "csv": True,
        "pdf": True,
    }
