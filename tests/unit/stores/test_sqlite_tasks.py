"""Tasks in SQLite: leased, handed out again, and fair between jobs."""

from concurrent.futures import ThreadPoolExecutor

from tests.jobkit.house import LEASES, House
from wenyun.stores.sqlite import Database
from wenyun.stores.sqlite_tasks import QUANTUM, SqliteTasks
from wenyun.stores.tasks import Message, Task


def pages(job_id: str, count: int, first: int = 1) -> list[Message]:
    return [Message(job_id, "page", first + number) for number in range(count)]


def take(home: House) -> Task:
    found = home.tasks.receive()
    assert found
    return found


def served(home: House, count: int) -> list[str]:
    """The jobs whose tasks are handed out next."""
    found = []
    for _ in range(count):
        task = take(home)
        found.append(task.message.job_id)
        home.tasks.done(task)
    return found


def test_a_task_is_hidden_while_it_is_leased(home: House) -> None:
    home.tasks.send(pages("a", 1))
    task = take(home)
    assert (task.message, task.attempts, task.fault) == (Message("a", "page", 1), 1, "")
    assert home.tasks.receive() is None
    home.clock.now += LEASES["page"] + 1
    assert take(home).attempts == 2


def test_a_task_that_is_done_is_gone(home: House) -> None:
    home.tasks.send(pages("a", 1))
    task = take(home)
    home.tasks.done(task)
    home.tasks.done(task)
    home.clock.now += 1000
    assert home.tasks.receive() is None
    assert home.waiting() == 0


def test_the_same_message_is_in_line_once(home: House) -> None:
    home.tasks.send(pages("a", 2) + pages("a", 2))
    home.tasks.send(pages("a", 3))
    assert home.waiting() == 3


def test_released_with_and_without_blame(home: House) -> None:
    home.tasks.send(pages("a", 1))
    home.tasks.release(take(home), 5, "time_limit", blame=True)
    assert home.tasks.receive() is None
    home.clock.now += 5
    task = take(home)
    assert (task.attempts, task.interruptions, task.fault) == (2, 0, "time_limit")
    home.tasks.release(task, 0, "internal", blame=False)
    task = take(home)
    assert (task.attempts, task.interruptions, task.fault) == (2, 1, "internal")


def test_what_another_has_by_now_cannot_be_released(home: House) -> None:
    home.tasks.send(pages("a", 1))
    mine = take(home)
    home.clock.now += LEASES["page"] + 1
    other = SqliteTasks(home.database, "other", LEASES, home.clock)
    theirs = other.receive()
    assert theirs
    home.tasks.release(mine, 0, "internal", blame=True)
    assert home.tasks.receive() is None
    assert other.overdue(LEASES["page"] + 1) == ["other"]


def test_abandoned_and_recovered(home: House) -> None:
    home.tasks.send(pages("a", 3))
    take(home)
    other = SqliteTasks(home.database, "other", LEASES, home.clock)
    other.receive()
    assert home.tasks.pending() == 3
    assert home.tasks.abandon("other", "time_limit") == 1
    assert home.tasks.abandon("other", "time_limit") == 0
    again = take(home)
    assert (again.message.page, again.attempts, again.fault) == (2, 2, "time_limit")
    assert home.tasks.recover() == 2
    task = take(home)
    assert (task.message.page, task.attempts, task.interruptions) == (1, 1, 1)


def test_overdue(home: House) -> None:
    home.tasks.send([Message("a", "plan")])
    take(home)
    assert home.tasks.overdue(LEASES["plan"] - 1) == []
    assert home.tasks.overdue(LEASES["plan"] + 1) == ["me"]


def test_small_jobs_are_served_in_the_order_they_came(home: House) -> None:
    for job in "abc":
        home.tasks.send(pages(job, 3))
    assert served(home, 9) == list("aaabbbccc")


def test_a_long_job_gives_way_and_is_not_forgotten(home: House) -> None:
    home.tasks.send(pages("long", 40))
    home.tasks.send(pages("small", 3))
    first = served(home, QUANTUM + 4)
    assert first == ["long"] * QUANTUM + ["small"] * 3 + ["long"]
    for number in range(5):
        home.tasks.send(pages(f"s{number}", 2))
    rest = served(home, 3 * QUANTUM)
    assert rest.count("long") == 3 * QUANTUM - 10


def test_two_long_jobs_share(home: House) -> None:
    home.tasks.send(pages("a", 40))
    home.tasks.send(pages("b", 40))
    found = served(home, 4 * QUANTUM)
    assert found.count("a") == found.count("b") == 2 * QUANTUM


def test_a_job_that_waits_for_an_attempt_does_not_hold_up_the_rest(home: House) -> None:
    home.tasks.send(pages("a", 1))
    home.tasks.send(pages("b", 1))
    home.tasks.release(take(home), 100, "", blame=True)
    assert served(home, 1) == ["b"]


def test_no_two_have_the_same_task(home: House) -> None:
    home.tasks.send(pages("a", 60))
    databases = [Database(home.root / "jobs.sqlite3") for _ in range(4)]
    queues = [SqliteTasks(one, f"w{at}", LEASES, home.clock) for at, one in enumerate(databases)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda n: queues[n % 4].receive(), range(60)))
    for one in databases:
        one.close()
    assert sorted(task.message.page for task in found if task) == list(range(1, 61))
