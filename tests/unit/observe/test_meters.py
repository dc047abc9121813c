"""The text that Prometheus scrapes, read back by Prometheus' own parser."""

import threading

from prometheus_client.parser import text_string_to_metric_families as families

from wenyun.observe.meters import BUCKETS, Counter, Gauge, Histogram, text
from wenyun.observe.process import process_meters, resident

Found = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def parsed(written: str) -> Found:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families(written)
        for sample in family.samples
    }


def test_a_counter_has_a_value_for_each_combination() -> None:
    counter = Counter("x_total", "Some.", ("route", "code"))
    counter.add("/a", "ok")
    counter.add("/a", "ok")
    counter.add("/b", 'a "quoted"\\\nname', by=2.5)
    assert parsed(text([counter])) == {
        ("x_total", (("code", "ok"), ("route", "/a"))): 2,
        ("x_total", (("code", 'a "quoted"\\\nname'), ("route", "/b"))): 2.5,
    }


def test_a_counter_without_labels() -> None:
    counter = Counter("x_total", "Some.")
    counter.add(by=3)
    assert parsed(text([counter])) == {("x_total", ()): 3}


def test_a_bucket_counts_the_smaller_ones_too() -> None:
    lengths = Histogram("x_seconds", "Some.", ("route",), (0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 7.0):
        lengths.add(value, "/a")
    found = parsed(text([lengths]))
    counts = [
        found["x_seconds_bucket", (("le", le), ("route", "/a"))] for le in ("0.1", "1", "+Inf")
    ]
    assert counts == [2, 3, 4]
    assert found["x_seconds_count", (("route", "/a"),)] == 4
    assert abs(found["x_seconds_sum", (("route", "/a"),)] - 7.65) < 1e-9


def test_buckets_reach_to_the_time_that_a_request_has() -> None:
    assert list(BUCKETS) == sorted(BUCKETS)
    assert BUCKETS[-1] == 28.0


def test_a_gauge_is_asked_when_the_text_is_written() -> None:
    now: dict[tuple[str, ...], float] = {("a",): 1.0}
    gauge = Gauge("x", "Some.", lambda: now, ("state",))
    assert parsed(text([gauge])) == {("x", (("state", "a"),)): 1}
    now.clear()
    assert text([gauge]) == ""


def test_every_family_says_what_it_is() -> None:
    counter = Counter("x_total", "Some.", ())
    counter.add()
    (family,) = families(text([counter]))
    assert (family.type, family.documentation) == ("counter", "Some.")


def test_threads_count_without_losing_any() -> None:
    counter, lengths = Counter("x_total", "Some."), Histogram("y", "Some.")

    def work() -> None:
        for _ in range(1000):
            counter.add()
            lengths.add(0.2)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = parsed(text([counter, lengths]))
    assert found["x_total", ()] == found["y_count", ()] == 8000


def test_the_process_tells_of_itself() -> None:
    found = {name: value for (name, _), value in parsed(text(process_meters())).items()}
    assert found["process_cpu_seconds_total"] > 0
    assert found["process_start_time_seconds"] > 1_700_000_000
    assert found["process_open_fds"] > 2
    assert 0.5 * resident() < found["process_resident_memory_bytes"] < 2 * resident()
