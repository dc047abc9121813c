import json
from typing import Any

import pytest

from tests.awskit.object_events import notification_event, s3_event
from wenyun.triggers.events import (
    Arrival,
    UnknownEventError,
    arrivals,
    is_queue_event,
    is_s3_event,
    told_again,
    unknown,
)


@pytest.mark.parametrize(
    "key",
    [
        "inbox/a.jpg",
        "inbox/收据 2026.jpg",
        "inbox/1+1=2 & 3%.png",
        "inbox/a b/c  d.JPG",
        "inbox/ü?#",
    ],
)
def test_keys_come_as_people_wrote_them(key: str) -> None:
    (found,) = arrivals(s3_event(key, bucket="in"))
    assert (found.bucket, found.key) == ("in", key)


@pytest.mark.parametrize("encoded", ["inbox%2Fa+b.jpg", "inbox/a%20b.jpg", "inbox/a+b.jpg"])
def test_keys_however_they_are_encoded(encoded: str) -> None:
    event = s3_event("x")
    event["Records"][0]["s3"]["object"]["key"] = encoded
    assert arrivals(event)[0].key == "inbox/a b.jpg"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("ObjectCreated:Put", 1),
        ("ObjectCreated:Post", 1),
        ("ObjectCreated:Copy", 1),
        ("s3:ObjectCreated:CompleteMultipartUpload", 1),
        ("ObjectRemoved:Delete", 0),
        ("ObjectTagging:Put", 0),
    ],
)
def test_creations_alone_are_arrivals(name: str, number: int) -> None:
    assert len(arrivals(s3_event("inbox/a", name=name))) == number


def test_every_record_is_an_arrival() -> None:
    assert [found.key for found in arrivals(s3_event("inbox/a", "inbox/b"))] == [
        "inbox/a",
        "inbox/b",
    ]


def test_test_event_tells_of_no_object() -> None:
    assert is_s3_event(notification_event())
    assert arrivals(notification_event()) == []


def test_what_tells_objects_of_one_key_apart() -> None:
    (found,) = arrivals(s3_event("inbox/a"))
    assert found.sequencer == "0055AED6DCD90281E5"
    assert found.etag == "d41d8cd98f00b204e9800998ecf8427e"
    event = s3_event("inbox/a")
    del event["Records"][0]["s3"]["object"]["sequencer"]
    event["Records"][0]["s3"]["object"]["eTag"] = None
    assert arrivals(event) == [Arrival("wenyun-uploads", "inbox/a")]


@pytest.mark.parametrize("key", ["inbox/a b+c/收据.pdf", "inbox/%41", "inbox/a"])
def test_what_is_told_again_is_heard_as_it_was(key: str) -> None:
    arrival = Arrival("in", key, "0055AED6")
    assert arrivals(json.loads(told_again(arrival))) == [arrival]


@pytest.mark.parametrize("part", ["bucket", "object"])
def test_record_without_bucket_or_key(part: str) -> None:
    event = s3_event("inbox/a")
    del event["Records"][0]["s3"][part]
    with pytest.raises(UnknownEventError, match="no bucket or no key"):
        arrivals(event)


@pytest.mark.parametrize(
    "event", [None, 7, "text", [], {}, {"Records": None}, {"Records": []}, {"Records": [1]}]
)
def test_what_is_neither_s3_nor_sqs(event: Any) -> None:
    assert not is_s3_event(event)
    assert not is_queue_event(event)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (None, "a NoneType"),
        ({}, "the keys (none)"),
        ({"b": 1, "a": 2}, "the keys a, b"),
        ({"Records": [{"eventSource": "aws:sns"}]}, "Records from 'aws:sns'"),
    ],
)
def test_error_says_what_came(event: Any, said: str) -> None:
    assert said in str(unknown(event))
