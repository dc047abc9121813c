"""A picture under `inbox/` becomes its result files."""

import logging
import time
from dataclasses import dataclass, replace

from wenyun.deadline import Deadline
from wenyun.documents.reader import Reader
from wenyun.errors import WenyunError
from wenyun.exports.render import FORMS, render
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


@dataclass(frozen=True, slots=True)
class PictureTrigger:
    """Reads objects that arrived and writes what was read, or why not.

    Repeating an arrival is harmless: the same files are written again.
    """

    store: ObjectStore
    reader: Reader
    settings: Settings

    def read(self, arrival: Arrival, deadline: Deadline, request_id: str) -> None:
        """Read one object; a picture that cannot be read leaves an error file and is done.

        Raises:
            StoreFaultError: The store could not do it now.
            WenyunError: One of NOT_ABOUT_THE_PICTURE.

        """
        if not self._concerns_us(arrival):
            log.info("Ignored s3://%s/%s", arrival.bucket, arrival.key)
            return
        try:
            self._read(arrival, deadline, request_id)
        except ObjectMissingError:
            log.warning("Gone before it was read: s3://%s/%s", arrival.bucket, arrival.key)
        except WenyunError as error:
            if error.code in NOT_ABOUT_THE_PICTURE:
                raise
            self.refuse(arrival, error, request_id)

    def refuse(self, arrival: Arrival, error: WenyunError, request_id: str) -> None:
        """Leave an error file, and no results of an earlier object of that name beside it."""
        log.warning("s3://%s/%s: %s", arrival.bucket, arrival.key, error)
        self._write(error_file(arrival.key, error, request_id))
        self._remove(arrival, *(form.extension.removeprefix(".") for form in FORMS.values()))

    def _read(self, arrival: Arrival, deadline: Deadline, request_id: str) -> None:
        begun = time.monotonic()
        stored = self._fetch(arrival)
        options = self._options(stored)
        # A PDF leaves a PDF too, and what the file is shows when it is read.
        for_all = replace(options, format=(*ALWAYS, *options.format, "pdf"))
        document = self.reader.read(stored.data, for_all, deadline)
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
                log.warning("No %s of s3://%s/%s: %s", name, arrival.bucket, arrival.key, error)
                continue
            self._write(success_file(arrival.key, result))
        self._remove(arrival, "error.json")

    def _fetch(self, arrival: Arrival) -> StoredObject:
        limit = self.settings.max_bytes
        try:
            stored = self.store.get(arrival.bucket, arrival.key, limit)
        except ObjectTooLargeError as error:
            raise WenyunError(
                "file_too_large",
                f"The file has {error.size} bytes; at most {limit} are read.",
                f"文件有 {error.size} 字节，最多 {limit} 字节。",
            ) from error
        if not stored.data:
            raise WenyunError("empty_file")
        return stored

    def _options(self, stored: StoredObject) -> Options:
        """Tools write metadata of their own, so names that are no options are passed over."""
        known = {name: plain(value) for name, value in stored.metadata.items() if name in SPECS}
        return parse_options(known, Options(profile=self.settings.profile))

    def _concerns_us(self, arrival: Arrival) -> bool:
        """A file under `inbox/` whose results will not arrive there and be read in their turn."""
        loops = arrival.bucket == self.settings.result_bucket and result_key(
            arrival.key, "json"
        ).startswith(INBOX)
        return arrival.key.startswith(INBOX) and not arrival.key.endswith("/") and not loops

    def _write(self, file: ResultFile) -> None:
        self.store.put(self.settings.result_bucket, file.key, file.data, file.content_type)

    def _remove(self, arrival: Arrival, *forms: str) -> None:
        for form in forms:
            self.store.delete(self.settings.result_bucket, result_key(arrival.key, form))


def _forms(document: Document, options: Options) -> dict[str, bool]:
    """The formats to write, and whether each has to be: nobody asked for the PDF of a PDF."""
    wanted = dict.fromkeys((*ALWAYS, *options.format), True)
    if any(page.unit == "pt" for page in document.pages):
        wanted.setdefault("pdf", False)
    return wanted
