"""A job's life: plan, read each page, put the pages together.

Every step may run twice, at the same time as itself, and again after it broke off between any two
lines. What makes that safe: a blob is written before the record that speaks of it; a record
changes by a condition, once; the next message is sent before the present one is given up, and by
everyone who finds that it is due. docs/jobs.md has the table of what may break where.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from wenyun.deadline import Deadline
from wenyun.documents.reader import Reader
from wenyun.documents.reading import PAGE_FAULTS, Gathered
from wenyun.documents.sniff import sniff
from wenyun.errors import WenyunError
from wenyun.exports.render import Rendered, render
from wenyun.jobs.ending import clear
from wenyun.jobs.forms import forms_of
from wenyun.jobs.pages import page_numbers
from wenyun.jobs.ports import Ports, page_key, result_key, upload_key
from wenyun.jobs.tree import pack, unpack
from wenyun.observe.facts import document_facts, note
from wenyun.options import parse_options
from wenyun.result import Document
from wenyun.stores.jobs import Job, ResultFile
from wenyun.stores.tasks import Message
from wenyun.values import PageRange

log = logging.getLogger(__name__)

CHUNK = 500
"""Pages whose tasks one plan sends; what is left is the next plan's."""

AGAIN = ("time_limit", "busy", "throttled", "internal")
"""Codes that may be other at the next attempt; all others speak of the file."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Carries out messages.

    Args:
        ports: Where jobs live.
        reader: Reads pages.
        clock: Seconds since 1970.
        fetchers: Threads that fetch the pages' results when they are put together; more than one
            where each takes a way through a network.

    """

    ports: Ports
    reader: Reader
    clock: Callable[[], float] = time.time
    fetchers: int = 1

    def run(self, message: Message, deadline: Deadline) -> None:
        """Carry out one message.

        Raises:
            WenyunError: With a code of `AGAIN`: try again; with any other: the job has failed.
            StoreFaultError, BlobMissingError: Try again.

        """
        job = self.ports.jobs.get(message.job_id)
        if job is None or job.ended:
            clear(self.ports, message.job_id)
        elif message.step == "plan":
            self._plan(job, message.page, deadline)
        elif message.step == "page":
            self._page(job, message.page, deadline)
        else:
            self._assemble(job, deadline)

    def _plan(self, job: Job, first: int, deadline: Deadline) -> None:
        """Count the pages, and send the tasks of those from `first` on that are not read yet."""
        begun = self.ports.jobs.begin(job.id)
        if begun and begun.pages_total is None:
            source = self.ports.blobs.get(upload_key(job.id))
            total = self.reader.count(source, parse_options(job.options), deadline)
            begun = self.ports.jobs.set_total(job.id, total)
        if begun is None:
            clear(self.ports, job.id)
            return
        self.ports.tasks.send(self._due(begun, first))

    def _due(self, job: Job, first: int) -> list[Message]:
        done = self.ports.jobs.pages_done(job.id)
        left = [number for number in _numbers(job) if number not in done]
        if not left:
            return [Message(job.id, "assemble")]
        mine = [number for number in left if number >= first]
        rest = [Message(job.id, "plan", number) for number in mine[CHUNK : CHUNK + 1]]
        return [Message(job.id, "page", number) for number in mine[:CHUNK]] + rest

    def _page(self, job: Job, number: int, deadline: Deadline) -> None:
        """Read one page and count it; who counts the last one has the pages put together."""
        key = page_key(job.id, number)
        if not self.ports.blobs.has(key):
            self.ports.blobs.put(key, pack(self._read(job, number, deadline)))
        counted = self.ports.jobs.page_done(job.id, number)
        if counted is None:
            clear(self.ports, job.id)
        elif counted.complete:
            self.ports.tasks.send([Message(job.id, "assemble")])

    def _read(self, job: Job, number: int, deadline: Deadline) -> Document | WenyunError:
        source = self.ports.blobs.get(upload_key(job.id))
        options = replace(parse_options(job.options), pages=(PageRange(number, number),))
        try:
            document = self.reader.read(source, options, deadline)
            note(profile=options.profile, bytes=len(source), **document_facts(document))
            return document
        except WenyunError as error:
            if error.code not in PAGE_FAULTS:
                raise
            return error

    def _assemble(self, job: Job, deadline: Deadline) -> None:
        """Put the pages together, write every form asked for, and say that it succeeded."""
        document = join(self._parts(job, _numbers(job)))
        self.ports.jobs.finish(job.id, self._write(job, document, deadline))
        clear(self.ports, job.id)

    def _parts(self, job: Job, numbers: list[int]) -> dict[int, Document | WenyunError]:
        keys = [page_key(job.id, number) for number in numbers]
        if self.fetchers == 1:
            found = [self.ports.blobs.get(key) for key in keys]
        else:
            with ThreadPoolExecutor(self.fetchers) as pool:
                found = list(pool.map(self.ports.blobs.get, keys))
        return {number: unpack(data) for number, data in zip(numbers, found, strict=True)}

    def _write(self, job: Job, document: Document, deadline: Deadline) -> dict[str, ResultFile]:
        """Every form; one that nobody named and that cannot be made of this file is left out."""
        source = self.ports.blobs.get(upload_key(job.id))
        results: dict[str, ResultFile] = {}
        for name, needed in forms_of(job, sniff(source)).items():
            try:
                made = self._render(job, document, source, name, deadline)
            except WenyunError as error:
                if needed or error.code in AGAIN:
                    raise
                log.info("Job %s has no %s: %s", job.id, name, error)
                continue
            key = result_key(job.id, name)
            self.ports.blobs.put(key, made.data)
            results[name] = ResultFile(key, made.media_type, made.extension)
        return results

    def _render(
        self, job: Job, document: Document, source: bytes, name: str, deadline: Deadline
    ) -> Rendered:
        return render(
            *(document, parse_options(job.options), source, name),
            total_time=max(0.0, self.clock() - job.created),
            request_id=job.id,
            deadline=deadline,
        )


def join(parts: dict[int, Document | WenyunError]) -> Document:
    """One document of pages that were read one by one, just as the reader puts them together.

    Args:
        parts: Page number to what was read of it.

    Raises:
        WenyunError: Why the first page failed, where all did.

    """
    gathered = Gathered()
    for number, part in sorted(parts.items()):
        with gathered.whatever_befalls(number):
            if isinstance(part, WenyunError):
                raise part
            for page in part.pages:
                gathered.add(page, part.warnings)
    return gathered.document()


def _numbers(job: Job) -> list[int]:
    return page_numbers(parse_options(job.options).pages, job.pages_total or 0)
