"""A document's life: open the file, read page after page, put the pages together."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from time import perf_counter

from wenyun.deadline import Deadline
from wenyun.documents.assembly import read_sheet
from wenyun.documents.opening import open_sheets
from wenyun.documents.reader import Limits, Progress
from wenyun.documents.running import mark_running
from wenyun.documents.sheets import Sheets, chosen_pages
from wenyun.engine.pipeline import Engine
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Document, Page

MAX_PAGES = 5000
"""Pages of one document that are read: the result is held in memory."""

PAGE_FAILED = "page_failed"
"""A warning, followed by a colon and the page's number."""

PAGE_FAULTS = {
    "corrupt_image",
    "corrupt_pdf",
    "image_too_small",
    "invalid_option",
    "too_many_pixels",
    "unsupported_image",
}
"""What may be wrong with one page; `invalid_option` is a region outside it."""


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads files of every format with one engine; see `Reader`."""

    engine: Engine
    limits: Limits

    def read(
        self,
        data: bytes,
        options: Options,
        deadline: Deadline,
        *,
        max_pages: int | None = None,
        progress: Progress | None = None,
    ) -> Document:
        """Read the pages that are asked for; see `Reader`."""
        start = perf_counter()
        with closing(open_sheets(data, options, self.limits, deadline)) as sheets:
            numbers = chosen_pages(options.pages, sheets.count)
            check_count(len(numbers), max_pages)
            gathered = Gathered()
            for done, number in enumerate(numbers, 1):
                with gathered.whatever_befalls(number):
                    page, warnings = self._page(sheets, number, options, deadline, start)
                    gathered.add(page if options.wants_characters else plain(page), warnings)
                if progress:
                    progress(done, len(numbers))
                start = perf_counter()
        return gathered.document()

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        """How many pages there are to read; see `Reader`."""
        with closing(open_sheets(data, options, self.limits, deadline)) as sheets:
            numbers = chosen_pages(options.pages, sheets.count)
        check_count(len(numbers), None)
        return len(numbers)

    def _page(
        self, sheets: Sheets, number: int, options: Options, deadline: Deadline, start: float
    ) -> tuple[Page, tuple[str, ...]]:
        deadline.check()
        sheet = sheets.sheet(number)
        decoding = perf_counter() - start
        page = read_sheet(self.engine, sheet, options, deadline)
        return replace(page, timings={"decode": decoding, **page.timings}), sheet.warnings

    def warm(self) -> None:
        """Open the CRNN and the detector, and import what reading does later than at its start."""
        self.engine.tools.warm()
        import wenyun.engine.layout.arrange  # noqa: F401

    def models(self) -> dict[str, str]:
        """Role to name of each model of the layer."""
        models = self.engine.tools.sessions.manifest.models
        return {role: entry.name for role, entry in models.items()}


class Gathered:
    """Pages that were read, and what befell those that were not.

    One bad page of many must not lose the others: it is left out, and the warning
    `page_failed:NUMBER` tells. Where none can be read, the first failure is the document's.
    """

    def __init__(self) -> None:
        self._pages: list[Page] = []
        self._warnings: dict[str, None] = {}
        self._failure: WenyunError | None = None

    def add(self, page: Page, warnings: tuple[str, ...]) -> None:
        """A page was read."""
        self._pages.append(page)
        self._warnings |= dict.fromkeys(warnings)

    @contextmanager
    def whatever_befalls(self, number: int) -> Iterator[None]:
        """Keep what the page itself is to blame for."""
        try:
            yield
        except WenyunError as error:
            if error.code not in PAGE_FAULTS:
                raise
            self._failure = self._failure or error
            self._warnings[f"{PAGE_FAILED}:{number}"] = None

    def document(self) -> Document:
        """All of it.

        Raises:
            WenyunError: Why the first page failed, where all did.

        """
        if self._failure and not self._pages:
            raise self._failure
        return Document(mark_running(self._pages), tuple(self._warnings))


def plain(page: Page) -> Page:
    """The page without its characters: a hundred pages of them take 90 MB."""
    blocks = (
        replace(block, lines=tuple(replace(line, characters=()) for line in block.lines))
        for block in page.blocks
    )
    return replace(page, blocks=tuple(blocks))


def check_count(count: int, most: int | None) -> None:
    """Refuse a document of more pages than are read at once, or ever.

    Raises:
        WenyunError: `too_many_pages`.

    """
    if most is not None and count > most:
        raise WenyunError(
            "too_many_pages",
            f"{count} pages are too many for one request of at most {most}: name some with the "
            "option 'pages', or send the document as a job (POST /api/jobs).",
            f"一次请求最多 {most} 页，此处有 {count} 页：请用 pages 选项指定页码，"
            "或作为任务提交（POST /api/jobs）。",
        )
    if count > MAX_PAGES:
        raise WenyunError(
            "too_many_pages",
            f"{count} pages are too many: at most {MAX_PAGES} are read at a time. Name some with "
            "the option 'pages'.",
            f"共 {count} 页，一次最多识别 {MAX_PAGES} 页。请用 pages 选项指定页码。",
        )
