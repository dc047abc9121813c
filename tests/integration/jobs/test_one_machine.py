"""Jobs on a real server with real worker processes."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.jobkit.reader import order, text_of
from tests.jobkit.service import Service, patiently

Serve = Callable[..., Service]


def test_a_file_in_the_request(serve: Serve) -> None:
    service = serve()
    job_id = service.submit(order(pages=3, seed="a"), lang="en")
    done = service.ended(job_id)
    assert (done["state"], done["pages_done"], done["pages_total"]) == ("succeeded", 3, 3)
    assert service.text(done) == text_of("a", 1, 2, 3)
    answer = httpx.get(done["results"]["json"])
    assert answer.headers["content-type"] == "application/json"
    assert 'filename="a.png.json"' in answer.headers["content-disposition"]
    assert answer.json()["lang"] == "en"


def test_a_file_that_is_announced_first(serve: Serve) -> None:
    service = serve()
    data = order(pages=2, seed="b")
    said = {"name": "b.png", "type": "image/png", "size": len(data), "options": {"pages": "2"}}
    accepted = httpx.post(f"{service.url}/api/jobs", json=said)
    assert accepted.status_code == 202
    upload = accepted.json()["upload"]
    sent = httpx.post(upload["url"], data=upload["fields"], files={"file": ("b.png", data)})
    assert sent.status_code == 204
    done = service.ended(accepted.json()["job_id"])
    assert service.text(done) == text_of("b", 2)


def test_nothing_is_started_or_made_before_the_first_job(serve: Serve) -> None:
    service = serve()
    assert httpx.get(f"{service.url}/api/options").json()["jobs"] is True
    assert httpx.get(f"{service.url}/api/health").status_code == 200
    assert service.workers() == []
    assert not service.data_dir.exists()
    service.submit(order(pages=1))
    patiently(lambda: len(service.workers()) > 0)


def test_a_server_that_is_killed_is_gone_on_with(serve: Serve) -> None:
    service = serve()
    job_id = service.submit(order(pages=6, seed="c", seconds=0.2))
    patiently(lambda: service.job(job_id)["pages_done"] >= 1)
    workers = service.workers()
    service.kill()
    patiently(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    service.start()
    done = service.ended(job_id)
    assert (done["state"], done["pages_done"]) == ("succeeded", 6)
    assert service.text(done) == text_of("c", 1, 2, 3, 4, 5, 6)


def test_a_worker_that_is_killed_costs_one_attempt(serve: Serve) -> None:
    service = serve(workers=1)
    job_id = service.submit(order(pages=2, seed="d", seconds=0.5))
    patiently(lambda: service.pages_begun() == ["d 1"])
    os.kill(service.workers()[0], signal.SIGKILL)
    assert service.ended(job_id)["state"] == "succeeded"
    assert service.pages_begun() == ["d 1", "d 1", "d 2"]


def test_a_page_that_kills_its_worker_does_so_three_times(serve: Serve) -> None:
    service = serve(workers=1)
    bad = service.submit(order(pages=1, seed="bad", kill=[1]))
    good = service.submit(order(pages=1, seed="good"))
    failed = service.ended(bad)
    assert failed["state"] == "failed"
    assert failed["error"]["code"] == "internal"
    assert "page 1" in failed["error"]["message"]
    assert service.pages_begun().count("bad 1") == 3
    assert service.ended(good)["state"] == "succeeded"


def test_a_small_job_does_not_wait_for_a_long_one(serve: Serve) -> None:
    service = serve(workers=1)
    long = service.submit(order(pages=60, seed="long", seconds=0.1))
    patiently(lambda: service.job(long)["pages_done"] >= 1)
    small = service.submit(order(pages=1, seed="small"))
    service.ended(small)
    assert service.job(long)["pages_done"] < 40


def test_withdrawing_stops_what_has_not_begun(serve: Serve) -> None:
    service = serve(workers=1)
    job_id = service.submit(order(pages=50, seed="e", seconds=0.1))
    patiently(lambda: len(service.pages_begun()) >= 2)
    for _ in range(2):
        assert httpx.delete(f"{service.url}/api/jobs/{job_id}").status_code == 204
    gone = httpx.get(f"{service.url}/api/jobs/{job_id}")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "job_not_found")
    service.ended(service.submit(order(pages=1)))
    assert len(service.pages_begun()) < 10
    patiently(lambda: not (service.data_dir / "jobs" / job_id).exists())


def test_an_orderly_stop_finishes_the_page_at_hand(serve: Serve) -> None:
    service = serve(workers=1)
    job_id = service.submit(order(pages=5, seed="f", seconds=1))
    patiently(lambda: service.pages_begun() == ["f 1"])
    assert service.stop() == 0
    assert service.pages_begun() == ["f 1"]
    service.start()
    assert service.ended(job_id)["state"] == "succeeded"
    assert service.pages_begun() == [f"f {number}" for number in range(1, 6)]


def test_progress_is_streamed_until_the_end(serve: Serve) -> None:
    service = serve(workers=1)
    job_id = service.submit(order(pages=3, seed="g", seconds=0.8))
    url, headers = f"{service.url}/api/jobs/{job_id}", {"accept": "text/event-stream"}
    with httpx.stream("GET", url, headers=headers, timeout=60) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line]
    events = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    assert events[-1] == "end"
    assert set(events[:-1]) == {"progress"}
    assert '"pages_done": 1' in "".join(lines)
    assert '"state": "succeeded"' in lines[-1]


def test_two_servers_share_one_directory(serve: Serve) -> None:
    """A new server may start before the old one has ended."""
    first, second = serve(workers=1), serve(workers=1)
    one = first.submit(order(pages=2, seed="h"))
    first.ended(one)
    two = second.submit(order(pages=2, seed="i"))
    assert second.ended(two)["state"] == "succeeded"
    assert second.workers() == []
    first.kill()
    three = second.submit(order(pages=2, seed="j"))
    assert second.ended(three)["state"] == "succeeded"
    first.start()


def test_a_worker_ends_with_its_server(serve: Serve) -> None:
    service = serve(workers=2)
    service.submit(order(pages=4, seconds=5))
    patiently(lambda: len(service.pages_begun()) == 2)
    workers = service.workers()
    assert len(workers) == 2
    began = time.monotonic()
    service.kill()
    patiently(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in workers))
    assert time.monotonic() - began < 4
