"""Objects of the inbox become results: pictures at once, long documents as jobs."""

import pytest

from tests.awskit.buckets import RESULTS, UPLOADS
from tests.chainkit.cloud import Cloud
from tests.chainkit.pump import Pump, chain, function
from tests.jobkit.reader import OrderReader, document, order, text_of


def pump(sky: Cloud, reader: OrderReader | None = None, batch: int = 1) -> Pump:
    return Pump(sky, [function(chain(sky, reader or OrderReader()))], batch)


def test_a_picture(sky: Cloud) -> None:
    sky.upload("inbox/a/收据 1.png", order(seed="p"), lang="en")
    pump(sky).run()
    assert sky.results() == ["a/收据 1.png.json", "a/收据 1.png.txt"]
    assert sky.text("a/收据 1.png.txt") == text_of("p", 1)
    assert sky.answer("a/收据 1.png.json")["lang"] == "en"
    assert not sky.waiting("DeadLetters")


def test_a_short_document_is_read_at_once(sky: Cloud) -> None:
    sky.upload("inbox/a.tif", document(pages=5, seed="d"))
    work = pump(sky)
    work.run()
    assert work.calls == 1
    assert sky.text("a.tif.txt") == text_of("d", 1, 2, 3, 4, 5)


def test_a_long_document_is_read_by_many(sky: Cloud) -> None:
    readers = [OrderReader() for _ in range(4)]
    sky.upload("inbox/a.tif", document(pages=24, seed="d"), format="markdown")
    Pump(sky, [function(chain(sky, one)) for one in readers]).run()
    assert sky.results() == ["a.tif.json", "a.tif.md", "a.tif.txt"]
    assert sky.text("a.tif.txt") == text_of("d", *range(1, 25))
    assert [len(one.read_pages) for one in readers] == pytest.approx([6] * 4, abs=2)
    assert sky.keys(UPLOADS) == ["inbox/a.tif"]
    assert not [key for key in sky.keys(RESULTS) if "/pages/" in key]


def test_a_large_document_is_a_job_whatever_its_pages(sky: Cloud) -> None:
    sky.upload("inbox/a.tif", document(pages=2, seed="x" * 10_001))
    work = pump(sky)
    work.run()
    assert work.calls > 3
    assert sky.text("a.tif.txt").count("page 2") == 1


def test_a_document_that_fails_leaves_its_reason(sky: Cloud) -> None:
    sky.upload("inbox/a.tif", document(pages=6, bad=[1, 2, 3, 4, 5, 6]))
    pump(sky).run()
    assert sky.results() == ["a.tif.error.json"]
    assert sky.answer("a.tif.error.json")["error"]["code"] == "corrupt_image"


def test_good_over_bad_and_bad_over_good(sky: Cloud) -> None:
    bad = document(pages=6, bad=[1, 2, 3, 4, 5, 6])
    for data, left in (
        (bad, ["a.tif.error.json"]),
        (document(pages=6), ["a.tif.json", "a.tif.txt"]),
        (bad, ["a.tif.error.json"]),
        (document(pages=1), ["a.tif.json", "a.tif.txt"]),
    ):
        sky.upload("inbox/a.tif", data)
        pump(sky).run()
        assert sky.results() == left


def test_told_twice_is_read_once(sky: Cloud) -> None:
    reader = OrderReader()
    for key, data in (("inbox/a.png", order()), ("inbox/b.tif", document(pages=9))):
        event = sky.upload(key, data)
        sky.tell(event)
    pump(sky, reader).run()
    sky.tell(event)
    pump(sky, reader).run()
    assert sorted(reader.read_pages) == [1, *range(1, 10)]
    assert sky.results() == ["a.png.json", "a.png.txt", "b.tif.json", "b.tif.txt"]


def test_what_is_no_file_of_the_inbox(sky: Cloud) -> None:
    sky.tell({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": UPLOADS})
    for key in ("inbox/folder/", "elsewhere/a.png", "jobs/x/other"):
        sky.upload(key, b"")
    sky.upload("inbox/LAST.PNG", order())
    pump(sky).run()
    assert sky.results() == ["LAST.PNG.json", "LAST.PNG.txt"]
    assert not sky.waiting("DeadLetters")


def test_nonsense_goes_where_people_look_at_once(sky: Cloud) -> None:
    sky.tell({"what": "is this"})
    sky.tell({"job": "../../etc", "step": "page", "page": 1})
    sky.upload("inbox/a.png", order())
    work = pump(sky, batch=10)
    work.run()
    assert work.reports == []
    assert {str(body) for body in sky.bodies("DeadLetters")} == {
        "{'what': 'is this'}",
        "{'job': '../../etc', 'step': 'page', 'page': 1}",
    }
    assert sky.results() == ["a.png.json", "a.png.txt"]
