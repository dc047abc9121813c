"""Memory of a process and all that it has started, watched while it runs."""

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PAUSE = 0.05
"""Seconds between two looks."""

MARK = "page "
"""What a runner prints, with a number, when a page is done."""


@dataclass(slots=True)
class Watched:
    """A command that ran: its seconds, its looks (seconds, MB), and when which page was done."""

    seconds: float = 0.0
    code: int = 0
    looks: list[tuple[float, float]] = field(default_factory=list)
    done: dict[int, float] = field(default_factory=dict)
    complaints: str = ""

    @property
    def peak(self) -> float:
        """MB at the most."""
        return max((mb for _, mb in self.looks), default=0.0)

    def at_page(self, page: int, pages: int) -> float:
        """The most MB while a page was worked on.

        A program that does not tell when a page is done is taken to work evenly, with several pages
        at a time within a tenth of its run.
        """
        if page in self.done:
            start, end = self.done.get(page - 1, 0.0), self.done[page]
        else:
            end = self.seconds * page / pages
            start = max(0.0, end - self.seconds / 10)
        held = [mb for when, mb in self.looks if start <= when <= end + PAUSE]
        return max(held, default=0.0)


def watch(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Watched:
    """Run a command to its end and look at its memory all the while."""
    found = Watched()
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        threads = [
            threading.Thread(target=_look, args=(process, found, begun)),
            threading.Thread(target=_listen, args=(process, found)),
        ]
        for thread in threads:
            thread.start()
        assert process.stdout is not None
        for row in process.stdout:
            if row.startswith(MARK):
                found.done[int(row.removeprefix(MARK))] = time.perf_counter() - begun
        found.code = process.wait()
        found.seconds = time.perf_counter() - begun
        for thread in threads:
            thread.join()
    return found


def tree_mb(root: int) -> float:
    """Resident MB of a process and its descendants; memory that they share counts twice."""
    children: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            pages[int(folder.name)] = int((folder / "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(int(stat[1]), []).append(int(folder.name))
    total, todo = 0, [root]
    while todo:
        process = todo.pop()
        total += pages.get(process, 0)
        todo += children.get(process, [])
    return total * 4096 / 2**20


def _look(process: "subprocess.Popen[str]", found: Watched, begun: float) -> None:
    while process.poll() is None:
        found.looks.append((time.perf_counter() - begun, tree_mb(process.pid)))
        time.sleep(PAUSE)


def _listen(process: "subprocess.Popen[str]", found: Watched) -> None:
    assert process.stderr is not None
    found.complaints = process.stderr.read()
