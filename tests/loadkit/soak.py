"""A server that everything is sent to, watched all the while."""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.jobkit.service import free_port
from tests.loadkit.goods import Goods, make
from tests.loadkit.process import Running, Taken, running
from tests.loadkit.traffic import WEIGHTS, Traffic

SETTLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What the server took when so many clients had come."""

    done: int
    seconds: float
    taken: Taken


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of it."""

    endings: Mapping[str, int]
    kinds: Mapping[str, int]
    faults: Mapping[str, int]
    samples: list[Sample]
    before: Taken
    after: Taken
    left_over: int

    @property
    def growth(self) -> float:
        """The last quarter's memory over the second's: 0.02 is two percent more.

        The first quarter does not count: the models open, and the arena comes to its size.
        """
        memory = [sample.taken.memory for sample in self.samples]
        quarter = max(1, len(memory) // 4)
        second, last = memory[quarter : 2 * quarter], memory[-quarter:]
        return statistics.median(last) / statistics.median(second or memory) - 1


def soak(
    folder: Path,
    seed: int,
    stop: Callable[[int, float], bool],
    *,
    at_once: int = 4,
    every: int = 20,
    weights: Mapping[str, int] = WEIGHTS,
    goods: Goods | None = None,
    told: Callable[[Sample], None] = lambda _: None,
    **settings: str,
) -> Soaked:
    """Send clients to a server of its own until `stop` says so.

    Args:
        folder: Where jobs and the log go.
        seed: Of everything that is left to chance.
        stop: Asked with the number of the next client and the seconds since the first.
        at_once: Clients at a time.
        every: A sample is taken whenever so many more have gone.
        weights: How often each kind of client comes.
        goods: What is sent; drawn where not given.
        told: Gets each sample as it is taken.
        settings: More of the server's environment.

    """
    port = free_port()
    env = {"PORT": str(port), "OCR_DATA_DIR": str(folder / "data")} | settings
    command = [sys.executable, "-m", "wenyun.server"]
    url = f"http://127.0.0.1:{port}"
    goods = goods or make(seed)
    with running(command, url, "/api/ready", env, folder / "log", in_order=True) as server:
        traffic = Traffic(url, goods, seed, weights)
        before, begun = server.taken(), time.monotonic()
        watch = Watch(server, traffic, every, told, begun)
        watch.start()
        traffic.run(lambda number: stop(number, time.monotonic() - begun), at_once)
        watch.stop()
        left_over = _settle(url)
        return Soaked(
            endings=dict(traffic.endings),
            kinds=dict(traffic.kinds),
            faults=traffic.faults,
            samples=watch.samples,
            before=before,
            after=server.taken(),
            left_over=left_over,
        )


class Watch(threading.Thread):
    """Takes a sample whenever so many more clients have gone."""

    def __init__(
        self,
        server: Running,
        traffic: Traffic,
        every: int,
        told: Callable[[Sample], None],
        begun: float,
    ) -> None:
        super().__init__(daemon=True)
        self.samples: list[Sample] = []
        self._server, self._traffic, self._every = server, traffic, every
        self._told, self._begun = told, begun
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.05):
            if self._traffic.done >= self._every * (len(self.samples) + 1):
                self._take()

    def stop(self) -> None:
        """No more samples but the last."""
        self._over.set()
        self.join()
        self._take()

    def _take(self) -> None:
        seconds = time.monotonic() - self._begun
        self.samples.append(Sample(self._traffic.done, seconds, self._server.taken()))
        self._told(self.samples[-1])


def _settle(url: str) -> int:
    """How many files are still in line or being read, after some time to end."""
    end = time.monotonic() + SETTLE_SECONDS
    while True:
        busy = sum(
            int(float(line.rsplit(" ", 1)[1]))
            for line in httpx.get(f"{url}/metrics", timeout=30).text.splitlines()
            if line.startswith(("wenyun_pool_running", "wenyun_pool_waiting"))
        )
        if not busy or time.monotonic() > end:
            return busy
        time.sleep(0.2)
