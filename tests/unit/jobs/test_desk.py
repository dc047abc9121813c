"""What is accepted, and what is refused before anything is kept."""

import pytest

from tests.api_fakes import refusal
from tests.jobkit.house import House
from tests.jobkit.reader import order
from wenyun.errors import WenyunError
from wenyun.jobs.desk import KEEP_SECONDS, RESERVE, Desk, Limits, clean_name


def test_an_announced_job(home: House) -> None:
    job = home.desk().announce("C:\\docs\\report.pdf", "application/pdf", 100, {"lang": "en"})
    assert len(job.id) == 32
    assert home.desk().get(job.id) == job
    assert (job.name, job.type, job.size, job.state) == (
        *("report.pdf", "application/pdf"),
        *(100, "waiting"),
    )
    assert job.options == {"profile": "balanced", "lang": "en"}
    assert job.expires == home.clock.now + KEEP_SECONDS
    home.run()
    assert home.job(job.id).state == "waiting"


def test_no_two_ids_are_alike(home: House) -> None:
    assert len({home.desk().announce("a", "", 1, {}).id for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"language": "zh"}, "unknown_option"),
        ({"lang": "fr"}, "invalid_option"),
        ({"format": "json,mp3"}, "invalid_option"),
    ],
)
def test_bad_options_are_refused_at_once(home: House, options: dict[str, str], code: str) -> None:
    desk = home.desk()
    assert refusal(lambda: desk.announce("a", "", 1, options)) == code
    assert home.ports.jobs.load().jobs == 0


def test_a_file_beyond_the_limit(home: House) -> None:
    with pytest.raises(WenyunError, match="10,000 bytes") as refused:
        home.desk().announce("a", "", 10_001, {})
    assert refused.value.code == "file_too_large"


def test_a_full_line(home: House) -> None:
    desk = home.desk(jobs=2)
    desk.announce("a", "", 1, {})
    home.submit(order(pages=1))
    with pytest.raises(WenyunError, match="2 jobs are waiting") as refused:
        desk.announce("a", "", 1, {})
    assert (refused.value.code, refused.value.retry_after) == ("busy", 30)
    home.run()
    desk.announce("b", "", 1, {})


def test_bytes_of_all_jobs_are_bounded(home: House) -> None:
    desk = home.desk(total_bytes=150)
    desk.announce("a", "", 100, {})
    assert refusal(lambda: desk.announce("b", "", 100, {})) == "busy"
    desk.announce("b", "", 50, {})


def test_the_disk_is_not_filled_to_the_brim(home: House) -> None:
    desk = Desk(home.ports, Limits(10_000), room=lambda: RESERVE + 100)
    desk.check(100)
    with pytest.raises(WenyunError, match="no room") as refused:
        desk.check(101)
    assert (refused.value.code, refused.value.retry_after) == ("busy", 60)


def test_of_two_files_the_first_is_read(home: House) -> None:
    job = home.desk().announce("a", "", 10, {})
    path = home.root / "incoming"
    for seed in ("first", "second"):
        path.write_bytes(order(pages=1, seed=seed))
        home.desk().arrived(job.id, path)
        path.unlink(missing_ok=True)
    home.run()
    assert "first" in home.text(job.id)
    path.write_bytes(order(pages=1, seed="third"))
    home.desk().arrived(job.id, path)
    home.run()
    assert "first" in home.text(job.id)


def test_a_file_for_nobody(home: House) -> None:
    path = home.root / "incoming"
    path.write_bytes(b"x")
    assert refusal(lambda: home.desk().arrived("0" * 32, path)) == "job_not_found"
    assert home.left() == set()


def test_after_its_time_a_job_is_not_there(home: House) -> None:
    job = home.submit(order(pages=1))
    home.clock.now += KEEP_SECONDS
    assert refusal(lambda: home.desk().get(job.id)) == "job_not_found"


def test_withdrawing_can_be_repeated(home: House) -> None:
    job = home.submit(order(pages=1))
    for _ in range(2):
        home.desk().delete(job.id)
        assert refusal(lambda: home.desk().get(job.id)) == "job_not_found"
    assert home.left() == set()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\发票.pdf", "发票.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("", "document"),
        ("..", "document"),
        ("/", "document"),
        ("x" * 500, "x" * 200),
    ],
)
def test_names(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_type_that_cannot_be_written_down(home: House) -> None:
    job = home.desk().announce("a\ud800.png", "image/\ud800\npng", 1, {})
    assert (home.job(job.id).name, home.job(job.id).type) == ("a.png", "image/png")
