"""What time brings."""

from tests.jobkit.house import House
from tests.jobkit.reader import order, text_of
from wenyun.jobs.desk import KEEP_SECONDS, UPLOAD_SECONDS
from wenyun.jobs.sweep import LEFTOVER_SECONDS, STALLED_SECONDS
from wenyun.stores.tasks import Message


def lose_tasks(home: House) -> None:
    while task := home.tasks.receive():
        home.tasks.done(task)


def test_jobs_expire_with_all_they_left(home: House) -> None:
    old = home.submit(order(pages=1))
    home.run()
    home.clock.now += KEEP_SECONDS - 1
    new = home.submit(order(pages=1, seed="new"))
    home.sweep().run()
    assert home.ports.jobs.get(old.id)
    home.clock.now += 1
    home.sweep().run()
    home.run()
    assert home.ports.jobs.get(old.id) is None
    assert {name.partition("/")[0] for name in home.left()} == {new.id}


def test_a_job_that_lost_its_message_is_planned_anew(home: House) -> None:
    job = home.submit(order(pages=3, seed="a"))
    home.runner().work()
    home.runner().work()
    lose_tasks(home)
    home.run()
    assert home.job(job.id).pages_done == 1
    home.sweep().run()
    assert home.waiting() == 0, "not before it has been still for a while"
    home.clock.now += STALLED_SECONDS + 1
    home.sweep().run()
    home.run()
    assert home.text(job.id) == text_of("a", 1, 2, 3)
    assert sorted(home.reader.read_pages) == [1, 2, 3]


def test_after_the_last_page_it_is_put_together(home: House) -> None:
    job = home.submit(order(pages=1, seed="b"))
    home.runner().work()
    home.runner().work()
    assert home.job(job.id).complete
    lose_tasks(home)
    home.clock.now += STALLED_SECONDS + 1
    home.sweep().run()
    home.run()
    assert home.text(job.id) == text_of("b", 1)
    assert home.reader.read_pages == [1]


def test_a_file_that_never_came(home: House) -> None:
    job = home.desk().announce("a.png", "", 10, {})
    home.clock.now += UPLOAD_SECONDS
    home.sweep().run()
    assert home.job(job.id).state == "waiting"
    home.clock.now += 1
    home.sweep().run()
    failed = home.job(job.id)
    assert (failed.state, failed.error and failed.error.code) == ("failed", "missing_image")
    assert home.ports.jobs.load().jobs == 0


def test_files_of_nobody_are_removed_when_they_are_old(home: House) -> None:
    home.ports.blobs.put("0123/pages/1", b"x")
    kept = home.submit(order(pages=1))
    with home.files.spool() as (half, file):
        file.write(b"half")
        sweep = home.sweep()
        sweep.remove_leftovers(half.stat().st_mtime - LEFTOVER_SECONDS)
        assert half.exists()
        assert len(home.left()) == 3
        sweep.remove_leftovers(half.stat().st_mtime + LEFTOVER_SECONDS)
        assert not half.exists()
    assert home.left() == {f"{kept.id}/upload"}


def test_sweeping_disturbs_nobody(home: House) -> None:
    job = home.submit(order(pages=2, seed="c"))
    for _ in range(10):
        home.clock.now += STALLED_SECONDS + 1
        home.sweep().run(0.0)
        home.runner().work()
    assert home.text(job.id) == text_of("c", 1, 2)
    assert sorted(home.reader.read_pages) == [1, 2]
    home.ports.tasks.send([Message(job.id, "plan")])
    home.run()
    assert home.job(job.id).state == "succeeded"
