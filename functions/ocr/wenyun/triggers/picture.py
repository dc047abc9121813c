"""A picture under `inbox/` becomes its result files; a long document is left to others."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from wenyun.deadline import Deadline
from wenyun.documents.reader import Reader
from wenyun.documents.sniff import sniff
from wenyun.errors import WenyunError
from wenyun.exports.render import FORMS, render
from wenyun.observe.facts import document_facts, note
from wenyun.options import SPECS, Options, parse_options
from wenyun.result import Document
from wenyun.settings import Settings
from wenyun.stores.objects import (
    ObjectMissingError,
    ObjectStore,
    ObjectTooLargeError,
    StoredObject,
)
from wenyun.triggers.events import Arrival
from wenyun.triggers.metadata import plain
from wenyun.triggers.results import INBOX, ResultFile, error_file, result_key, success_file

log = logging.getLogger(__name__)

ALWAYS = ("json", "text")
"""Formats that every object leaves; more are named in its metadata."""

NOT_ABOUT_THE_PICTURE = {"busy", "internal", "throttled", "time_limit"}
"""Errors that another attempt may not meet again."""


DOCUMENTS = ("pdf", "tiff")
"""Kinds that may have many pages."""


class LongDocumentError(Exception):
    """It is not read at once: a document of too many pages or bytes for that."""

    def __init__(self, stored: StoredObject, options: dict[str, str]) -> None:
        super().__init__("The document is too long to be read at once.")
        self.stored = stored
        self.options = options


@dataclass(frozen=True, slots=True)
class PictureTrigger:
    """Reads objects that arrived and writes what was read, or why not.

    Repeating an arrival is harmless: the same files are written again.

    Args:
        store: Where objects come from and results go.
        reader: Reads them.
        settings: The bucket of results, and limits.
        leaves_documents: Whether somebody else takes what is too long to be read at once.

    """

    store: ObjectStore
    reader: Reader
    settings: Settings
    leaves_documents: bool = False

    def read(
        self,
        arrival: Arrival,
        deadline: Deadline,
        request_id: str,
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        """Read one object; a picture that cannot be read leaves an error file and is done.

        Args:
            arrival: Which.
            deadline: When the results must have been written.
            request_id: Stands in the results.
            guard: Called before anything is written; it raises where nothing may be.

        Raises:
            StoreFaultError: The store could not do it now.
            WenyunError: One of NOT_ABOUT_THE_PICTURE.
            LongDocumentError: Somebody else has to read it.

        """
        try:
            files = self._read(arrival, deadline, request_id)
            guard()
            for file in files:
                self._write(file)
            self._remove(arrival, "error.json")
        except ObjectMissingError:
            note(code="gone")
        except WenyunError as error:
            if error.code in NOT_ABOUT_THE_PICTURE:
                raise
            guard()
            self.refuse(arrival, error, request_id)

    def refuse(self, arrival: Arrival, error: WenyunError, request_id: str) -> None:
        """Leave an error file, and no results of an earlier object of that name beside it."""
        note(code=error.code)
        self._write(error_file(arrival.key, error, request_id))
        self._remove(arrival, *(form.extension.removeprefix(".") for form in FORMS.values()))

    def concerns(self, arrival: Arrival) -> bool:
        """A file under `inbox/` whose results will not arrive there and be read in their turn."""
        loops = arrival.bucket == self.settings.result_bucket and result_key(
            arrival.key, "json"
        ).startswith(INBOX)
        return arrival.key.startswith(INBOX) and not arrival.key.endswith("/") and not loops

    def _read(self, arrival: Arrival, deadline: Deadline, request_id: str) -> list[ResultFile]:
        begun = time.monotonic()
        stored = self._fetch(arrival)
        options = self._options(stored)
        document = self._document(stored, options, deadline)
        note(profile=options.profile, bytes=len(stored.data), **document_facts(document))
        files = []
        for name, needed in _forms(document, options).items():
            try:
                result = render(
                    document,
                    options,
                    stored.data,
                    name,
                    total_time=time.monotonic() - begun,
                    request_id=request_id,
                    deadline=deadline,
                )
            except WenyunError as error:
                if needed or error.code in NOT_ABOUT_THE_PICTURE:
                    raise
                log.warning("No %s of %s: %s", name, arrival.shown, error)
                continue
            files.append(success_file(arrival.key, result))
        return files

    def _document(self, stored: StoredObject, options: Options, deadline: Deadline) -> Document:
        # A PDF leaves a PDF too, and what the file is shows when it is read.
        for_all = replace(options, format=(*ALWAYS, *options.format, "pdf"))
        leaves = self.leaves_documents and sniff(stored.data) in DOCUMENTS
        if leaves and len(stored.data) > self.settings.max_bytes:
            raise LongDocumentError(stored, _known(stored))
        most = self.settings.sync_pages if leaves else None
        try:
            return self.reader.read(stored.data, for_all, deadline, max_pages=most)
        except WenyunError as error:
            if leaves and error.code == "too_many_pages":
                raise LongDocumentError(stored, _known(stored)) from error
            raise

    def _fetch(self, arrival: Arrival) -> StoredObject:
        settings = self.settings
        most = settings.job_bytes if self.leaves_documents else settings.max_bytes
        try:
            stored = self.store.get(arrival.bucket, arrival.key, most)
        except ObjectTooLargeError as error:
            raise _too_large(error.size, most) from error
        if not stored.data:
            raise WenyunError("empty_file")
        if len(stored.data) > settings.max_bytes and sniff(stored.data) not in DOCUMENTS:
            raise _too_large(len(stored.data), settings.max_bytes)
        return stored

    def _options(self, stored: StoredObject) -> Options:
        """Tools write metadata of their own, so names that are no options are passed over."""
        return parse_options(_known(stored), Options(profile=self.settings.profile))

    def _write(self, file: ResultFile) -> None:
        self.store.put(self.settings.result_bucket, file.key, file.data, file.content_type)

    def _remove(self, arrival: Arrival, *forms: str) -> None:
        for form in forms:
            self.store.delete(self.settings.result_bucket, result_key(arrival.key, form))


def _known(stored: StoredObject) -> dict[str, str]:
    """What is written beside an object and is an option."""
    return {name: plain(value) for name, value in stored.metadata.items() if name in SPECS}


def _too_large(size: int, most: int) -> WenyunError:
    return WenyunError(
        "file_too_large",
        f"The file has {size} bytes; at most {most} are read.",
        f"文件有 {size} 字节，最多 {most} 字节。",
    )


def _forms(document: Document, options: Options) -> dict[str, bool]:
    """The formats to write, and whether each has to be: nobody asked for the PDF of a PDF."""
    wanted = dict.fromkeys((*ALWAYS, *options.format), True)
    if any(page.unit == "pt" for page in document.pages):
        wanted.setdefault("pdf", False)
    return wanted
