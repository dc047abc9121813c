"""A job's whole life on real stores, without anything going wrong."""

import json
from typing import Any

import pytest

from tests.jobkit.home import Home
from tests.jobkit.reader import order, text_of
from wenyun.errors import WenyunError
from wenyun.exports import render as forms
from wenyun.jobs import steps
from wenyun.stores.tasks import Message


def answer(anywhere: Home, job_id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(anywhere.ports.blobs.get(f"{job_id}/results/json"))
    return found


def test_a_document_is_read_page_by_page(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=3, seed="a"))
    assert (job.state, job.pages_total, job.pages_done) == ("waiting", None, 0)
    assert anywhere.run() == 0
    done = anywhere.job(job.id)
    assert (done.state, done.pages_total, done.pages_done, done.error) == ("succeeded", 3, 3, None)
    assert anywhere.text(job.id) == text_of("a", 1, 2, 3)
    assert [page["page"] for page in answer(anywhere, job.id)["pages"]] == [1, 2, 3]
    assert sorted(anywhere.reader.read_pages) == [1, 2, 3]


def test_the_answer_is_that_of_the_api(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=1, seed="b"), timings=True, lang="en", profile="fast")
    anywhere.clock.now += 2.5
    anywhere.run()
    found = answer(anywhere, job.id)
    assert found["success"] is True
    assert (found["lang"], found["profile"], found["request_id"]) == ("en", "fast", job.id)
    assert found["total_time"] == 2.5
    assert found["timings"] == {"detect": 0.25}


def test_what_is_not_needed_any_more_is_removed(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=2, seed="c"))
    anywhere.run()
    assert anywhere.left() == {f"{job.id}/results/json", f"{job.id}/results/text"}


def test_only_the_pages_and_forms_asked_for(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=9, seed="d"), pages="8-,2,2-3", format="text")
    anywhere.run()
    assert anywhere.text(job.id) == text_of("d", 2, 3, 8, 9)
    assert set(anywhere.job(job.id).results) == {"text"}
    assert anywhere.job(job.id).pages_total == 4


def test_a_password_is_forgotten_when_the_job_ends(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=1), password="open sesame")
    assert anywhere.job(job.id).options["password"] == "open sesame"
    anywhere.run()
    assert "password" not in anywhere.job(job.id).options
    failing = anywhere.submit(order(pages=1, refuse="corrupt_pdf"), password="open sesame")
    anywhere.run()
    assert "password" not in anywhere.job(failing.id).options


def test_a_file_that_is_refused_fails_with_its_reason(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=1, refuse="pdf_password_required"))
    anywhere.run()
    failed = anywhere.job(job.id)
    assert failed.state == "failed"
    assert failed.error
    assert failed.error.code == "pdf_password_required"
    assert failed.error.message_zh
    assert anywhere.left() == set()


def test_one_bad_page_of_many_is_left_out_and_told(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=3, seed="e", bad=[2]))
    anywhere.run()
    assert anywhere.job(job.id).state == "succeeded"
    assert anywhere.text(job.id) == text_of("e", 1, 3)
    assert answer(anywhere, job.id)["warnings"] == ["page_failed:2"]


def test_where_every_page_is_bad_the_job_has_failed(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=2, bad=[1, 2]))
    anywhere.run()
    failed = anywhere.job(job.id)
    assert (failed.state, failed.error and failed.error.code) == ("failed", "corrupt_image")
    assert failed.results == {}
    assert anywhere.left() == set()


def test_long_documents_are_sent_in_chunks(anywhere: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "CHUNK", 4)
    job = anywhere.submit(order(pages=10, seed="f"))
    assert anywhere.runner().work()
    assert anywhere.waiting() == 5
    anywhere.run()
    assert anywhere.text(job.id) == text_of("f", *range(1, 11))
    assert sorted(anywhere.reader.read_pages) == list(range(1, 11))


def test_a_job_that_was_withdrawn_leaves_nothing(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=3))
    anywhere.runner().work()
    anywhere.desk().delete(job.id)
    anywhere.run()
    assert anywhere.reader.read_pages == []
    assert anywhere.left() == set()
    assert anywhere.ports.jobs.get(job.id) is None


def test_a_page_that_is_being_read_while_its_job_is_withdrawn(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=1))
    anywhere.runner().work()
    reader, read = anywhere.reader, anywhere.reader.read

    def withdraw(*args: Any, **more: Any) -> Any:
        anywhere.desk().delete(job.id)
        return read(*args, **more)

    reader.read = withdraw  # type: ignore[method-assign]
    anywhere.run()
    assert reader.read_pages == [1]
    assert anywhere.left() == set()


def test_a_form_that_nobody_named_may_be_missing(
    anywhere: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = forms.render

    def render(*args: Any, **more: Any) -> Any:
        if args[3] == "text":
            raise WenyunError("invalid_option", "not of this file")
        return made(*args, **more)

    monkeypatch.setattr(steps, "render", render)
    usual, named = (
        anywhere.submit(order(pages=1)),
        anywhere.submit(order(pages=1), format="json,text"),
    )
    anywhere.run()
    assert set(anywhere.job(usual.id).results) == {"json"}
    failed = anywhere.job(named.id)
    assert (failed.state, failed.error and failed.error.message) == ("failed", "not of this file")


def test_messages_of_unknown_jobs_are_dropped(anywhere: Home) -> None:
    steps_: list[Any] = ["plan", "page", "assemble"]
    anywhere.ports.tasks.send([Message("0" * 32, step, 1) for step in steps_])
    anywhere.run()
    assert anywhere.left() == set()
