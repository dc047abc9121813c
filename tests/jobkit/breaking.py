"""Stores that break at the n-th call, before or after it took effect."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wenyun.jobs.ports import Ports
from wenyun.stores.objects import StoreFaultError


class CrashError(BaseException):
    """The process ends here; nothing in it may catch this."""


Kind = Callable[[], BaseException]


def crash() -> BaseException:
    return CrashError()


def fault() -> BaseException:
    return StoreFaultError("told to")


@dataclass
class Breaker:
    """Raises once, at the call of a given number.

    Args:
        at: Which call, from 1.
        after: Whether the call takes effect first.
        error: Makes what is raised.

    """

    at: int
    after: bool
    error: Callable[[], BaseException] = crash
    calls: list[str] = field(default_factory=list)

    @property
    def broke(self) -> bool:
        return len(self.calls) >= self.at

    def ports(self, ports: Ports) -> Ports:
        """The same stores, breaking."""
        wrap: Any = Broken
        return Ports(
            wrap(ports.jobs, "jobs", self),
            wrap(ports.blobs, "blobs", self),
            wrap(ports.tasks, "tasks", self),
        )

    def call(self, name: str, work: Callable[[], Any]) -> Any:
        self.calls.append(name)
        now = len(self.calls) == self.at
        if now and not self.after:
            raise self.error()
        result = work()
        if now:
            raise self.error()
        return result


class Broken:
    """Any store behind a breaker."""

    def __init__(self, store: Any, name: str, breaker: Breaker) -> None:
        self._store, self._name, self._breaker = store, name, breaker

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._store, name)

        def call(*args: Any, **more: Any) -> Any:
            return self._breaker.call(f"{self._name}.{name}", lambda: method(*args, **more))

        return call
