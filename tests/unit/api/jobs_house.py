"""An app that takes jobs, over real stores, with a worker that works when told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call
from tests.jobkit.house import House, house
from wenyun.api.app import create_app
from wenyun.jobs.desk import Desk, Limits
from wenyun.jobs.local import LocalJobs, Place
from wenyun.jobs.signing import Signer
from wenyun.settings import Settings
from wenyun.stores.objects import StoreFaultError

NOBODY = "0" * 32
"""An id that no job has."""


@dataclass
class Supervisor:
    """Counts what it is told."""

    woken: int = 0

    def wake(self) -> None:
        self.woken += 1

    def close(self) -> None:
        """Nothing runs."""

    def stop(self) -> None:
        """Nothing runs."""


@dataclass
class Office:
    """The app and what stands behind it."""

    app: FastAPI
    home: House
    jobs: LocalJobs
    supervisor: Supervisor
    faults: list[StoreFaultError] = field(default_factory=list)

    def call(self, method: str, url: str, **request: Any) -> httpx.Response:
        return call(self.app, method, url, **request)

    def send(self, file: bytes, **more: Any) -> httpx.Response:
        return self.call("POST", "/api/jobs", files={"image": ("报告 1.png", file)}, **more)

    def announce(self, size: int, **options: Any) -> dict[str, Any]:
        said = {"name": "a.png", "type": "image/png", "size": size, "options": options}
        answer = self.call("POST", "/api/jobs", json=said)
        assert answer.status_code == 202, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def upload(self, to: dict[str, Any], data: bytes, **fields: str) -> httpx.Response:
        values = to["fields"] | fields
        return self.call("POST", to["url"], data=values, files={"file": ("a.png", data)})


@contextmanager
def office(root: Path, room: int = 10**12, **settings: Any) -> Iterator[Office]:
    with house(root) as home:
        supervisor: Any = Supervisor()
        wanted = Settings(**{"max_bytes": 2000} | settings)
        limits = Limits(wanted.job_bytes, jobs=5)
        desk = Desk(home.ports, limits, wanted.profile, lambda: room, supervisor.wake)
        place = Place(desk, home.files, Signer(b"secret"), supervisor)
        faults: list[StoreFaultError] = []

        def make() -> Place:
            if faults:
                raise faults.pop()
            return place

        jobs = LocalJobs(root / "jobs.sqlite3", make)
        app = create_app(wanted, FakeReader(), jobs=jobs)
        yield Office(app, home, jobs, supervisor, faults)
