"""Gives cases to a child, watches it, and starts another where it died or hung."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from typing import IO, Any

from tests.fuzz.cases import KINDS

HANG_SECONDS = 20.0
"""A case that takes longer is a hang, whatever it ends in, unless the machine is to blame: the
threads stood ready for much of that time, and what they ran is less."""

BUSY = 0.25
"""Seconds that threads stood ready, by the seconds of the case, on a machine that is busy."""

MODULE = "tests.fuzz.child"

TRIES = 3
"""A case that took too long is borne again by a fresh child, for the machine may have been busy
with something else: only one that takes too long every time is a hang."""

PATIENCE = 90.0
"""Seconds until the child is ended: its start, or an answer that comes late, are told apart."""

Outcome = dict[str, Any]


class Child:
    """The process, and what it said."""

    def __init__(self, arguments: Iterable[str], errors: IO[str] | None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", MODULE, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors or subprocess.DEVNULL,
            text=True,
        )
        self._said: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._said.put(line)
        self._said.put("")

    def bear(self, number: int) -> Outcome:
        """The outcome of a case; `crash` or `hang` where there came none."""
        assert self._process.stdin
        try:
            self._process.stdin.write(f"{number}\n")
            self._process.stdin.flush()
            line = self._said.get(timeout=PATIENCE)
        except queue.Empty:
            return _lost(number, "hang")
        except OSError:
            line = ""
        if not line:
            status = self._process.wait()
            return _lost(number, f"crash ({status})")
        found: Outcome = json.loads(line)
        if hangs(found):
            found["fault"] = "hang"
        return found

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            # What was not sent any more is of no use.
            with suppress(OSError):
                pipe.close()


def hangs(found: Outcome) -> bool:
    """Whether a case took too long by its own fault."""
    busy = found["stood"] > BUSY * found["seconds"]
    return found["cpu"] > HANG_SECONDS or (found["seconds"] > HANG_SECONDS and not busy)


def _lost(number: int, fault: str) -> Outcome:
    kind = KINDS[number % len(KINDS)]
    return {"number": number, "kind": kind, "status": 0, "code": "", "fault": fault, "lost": True}


def outcomes(
    numbers: Iterable[int], arguments: Iterable[str] = (), errors: IO[str] | None = None
) -> Iterator[Outcome]:
    """The outcome of each case, in order, whatever befalls the process.

    Args:
        numbers: Of the cases.
        arguments: The child's.
        errors: Where the child's standard error goes; nowhere where not given.

    """
    given = tuple(arguments)
    rest = iter(numbers)
    going = True
    while going:
        going = False
        with closing(Child(given, errors)) as child:
            for number in rest:
                found = child.bear(number)
                going = bool(found.get("lost")) or found["fault"] == "hang"
                if going:
                    break
                yield found
        if going:
            yield _again(found, given, errors)


def _again(found: Outcome, arguments: tuple[str, ...], errors: IO[str] | None) -> Outcome:
    """What a case that ended badly ends in when it is tried again; a crash stays a crash."""
    for _ in range(TRIES - 1):
        if found["fault"] != "hang":
            break
        with closing(Child(arguments, errors)) as child:
            found = child.bear(found["number"])
    return found
