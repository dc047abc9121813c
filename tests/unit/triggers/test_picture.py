import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.exportkit.papers import Paper
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.observe.facts import mark
from wenyun.stores.objects import StoreFaultError
from wenyun.triggers.events import Arrival
from wenyun.values import Area

if TYPE_CHECKING:
    from tests.unit.triggers.conftest import Desk


def read(desk: "Desk", key: str, bucket: str = "in") -> None:
    desk.inbox.read(Arrival(bucket, key), Deadline(), "id-1")


def error(desk: "Desk", key: str) -> Any:
    return json.loads(desk.store.objects["out", key].data)["error"]


def test_object_becomes_json_and_text(desk: "Desk") -> None:
    desk.upload("inbox/a/b.jpg", b"words")
    read(desk, "inbox/a/b.jpg")
    answer = json.loads(desk.store.objects["out", "a/b.jpg.json"].data)
    assert answer["text"][0]["text"] == "words"
    assert answer["request_id"] == "id-1"
    assert answer["total_time"] >= 0
    assert desk.store.objects["out", "a/b.jpg.txt"].data == b"words\n"
    assert desk.store.types["a/b.jpg.json"] == "application/json"


def test_metadata_gives_options_and_unknown_names_are_passed_over(desk: "Desk") -> None:
    desk.upload("inbox/a", lang="mix", region="1,2,3,4", mtime="1767225600", Lang="x")
    read(desk, "inbox/a")
    (options,) = desk.reader.asked
    assert (options.lang, options.region) == ("mix", Area(1, 2, 3, 4))


def test_profile_of_the_deployment_holds_where_nothing_is_said(
    make_desk: "Callable[..., Desk]",
) -> None:
    desk = make_desk(profile="fast")
    desk.upload("inbox/a")
    desk.upload("inbox/b", profile="accurate")
    read(desk, "inbox/a")
    read(desk, "inbox/b")
    assert [options.profile for options in desk.reader.asked] == ["fast", "accurate"]


def test_bad_value_is_an_error_file_and_nothing_is_read(desk: "Desk") -> None:
    desk.upload("inbox/a", region="here")
    read(desk, "inbox/a")
    assert desk.results() == ["a.error.json"]
    assert error(desk, "a.error.json")["field"] == "region"
    assert desk.reader.asked == []


def test_too_large_says_both_sizes(desk: "Desk") -> None:
    desk.upload("inbox/a", b"x" * 101)
    read(desk, "inbox/a")
    failure = error(desk, "a.error.json")
    assert failure["code"] == "file_too_large"
    assert "101" in failure["message"]
    assert "100" in failure["message"]
    assert "101" in failure["message_zh"]


def test_largest_allowed_is_read(desk: "Desk") -> None:
    desk.upload("inbox/a", b"x" * 100)
    read(desk, "inbox/a")
    assert desk.results() == ["a.json", "a.txt"]


def test_empty_file(desk: "Desk") -> None:
    desk.upload("inbox/a", b"")
    read(desk, "inbox/a")
    assert error(desk, "a.error.json")["code"] == "empty_file"


@pytest.mark.parametrize("key", ["inbox/", "inbox/a/", "other/a", "inbox", "Inbox/a", "a.json"])
def test_what_is_no_file_under_the_inbox_is_ignored(desk: "Desk", key: str) -> None:
    desk.upload(key)
    read(desk, key)
    assert desk.results() == []
    assert desk.reader.asked == []


def test_results_never_arrive_in_the_inbox(make_desk: "Callable[..., Desk]") -> None:
    desk = make_desk(result_bucket="in")
    desk.upload("inbox/inbox/a")
    read(desk, "inbox/inbox/a")
    assert desk.results() == ["inbox/inbox/a"]
    desk.upload("inbox/b")
    read(desk, "inbox/b")
    assert desk.results() == ["b.json", "b.txt", "inbox/b", "inbox/inbox/a"]


def test_inbox_in_the_inbox_is_read_where_results_go_elsewhere(desk: "Desk") -> None:
    desk.upload("inbox/inbox/a")
    read(desk, "inbox/inbox/a")
    assert desk.results() == ["inbox/a.json", "inbox/a.txt"]


def test_missing_object_is_logged(desk: "Desk", caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        read(desk, "inbox/receipt")
    assert "gone" in caplog.text
    assert "receipt" not in caplog.text
    assert desk.results() == []


def test_bad_picture_is_done(desk: "Desk") -> None:
    desk.reader.faults[b"text"] = WenyunError("corrupt_image")
    desk.upload("inbox/a")
    read(desk, "inbox/a")
    assert error(desk, "a.error.json")["code"] == "corrupt_image"


@pytest.mark.parametrize("code", ["time_limit", "busy", "internal", "throttled"])
def test_errors_that_say_nothing_about_the_picture_are_raised(desk: "Desk", code: str) -> None:
    desk.reader.faults[b"text"] = WenyunError(code)
    desk.upload("inbox/a")
    with pytest.raises(WenyunError) as raised:
        read(desk, "inbox/a")
    assert raised.value.code == code
    assert desk.results() == []


@pytest.mark.parametrize("key", ["inbox/a", "a.json", "a.txt", "a.error.json"])
def test_store_faults_are_raised(desk: "Desk", key: str) -> None:
    desk.upload("inbox/a")
    desk.store.faults[key] = StoreFaultError("slow down")
    with pytest.raises(StoreFaultError, match="slow down"):
        read(desk, "inbox/a")


def test_metadata_asks_for_more_formats(desk: "Desk") -> None:
    desk.upload("inbox/a", format="markdown,csv")
    read(desk, "inbox/a")
    assert desk.results() == ["a.csv", "a.json", "a.md", "a.txt"]
    assert desk.store.types["a.md"] == "text/markdown; charset=utf-8"


def test_a_pdf_leaves_a_pdf(make_desk: "Callable[..., Desk]") -> None:
    desk = make_desk(max_bytes=10_000)
    desk.reader.unit = "pt"
    source = Paper().data()
    desk.upload("inbox/a.pdf", source)
    read(desk, "inbox/a.pdf")
    assert desk.results() == ["a.pdf.json", "a.pdf.pdf", "a.pdf.txt"]
    assert desk.store.objects["out", "a.pdf.pdf"].data.startswith(source)


def test_a_pdf_that_cannot_be_added_to_is_read_all_the_same(
    desk: "Desk", caplog: pytest.LogCaptureFixture
) -> None:
    desk.reader.unit = "pt"
    desk.upload("inbox/a.pdf", b"%PDF-1.7 broken")
    read(desk, "inbox/a.pdf")
    assert desk.results() == ["a.pdf.json", "a.pdf.txt"]
    assert f"No pdf of object {mark('in', 'inbox/a.pdf')}" in caplog.text
    assert "a.pdf" not in caplog.text


def test_a_pdf_that_was_asked_for_and_cannot_be_made_is_an_error(desk: "Desk") -> None:
    desk.reader.unit = "pt"
    desk.upload("inbox/a.pdf", b"%PDF-1.7 broken", format="pdf")
    read(desk, "inbox/a.pdf")
    assert desk.results() == ["a.pdf.error.json"]
    assert error(desk, "a.pdf.error.json")["field"] == "format"
