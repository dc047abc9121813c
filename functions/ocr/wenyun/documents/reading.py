"""A document's life: open the file, read page after page, put the pages together."""

from contextlib import closing
from dataclasses import dataclass, replace
from time import perf_counter

from wenyun.deadline import Deadline
from wenyun.documents.opening import open_sheets
from wenyun.documents.reader import Limits, Progress
from wenyun.documents.sheets import Sheet, Sheets, chosen_pages
from wenyun.engine.pipeline import Engine
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Document, Page


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
            pages: list[Page] = []
            warnings: list[str] = []
            for number in numbers:
                page, said = self._page(sheets, number, options, deadline, start)
                pages.append(page)
                warnings.extend(said)
                if progress:
                    progress(len(pages), len(numbers))
                start = perf_counter()
        return Document(tuple(pages), tuple(dict.fromkeys(warnings)))

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
        page = self._read(sheet, options, deadline)
        return replace(page, timings={"decode": decoding, **page.timings}), sheet.warnings

    def _read(self, sheet: Sheet, options: Options, deadline: Deadline) -> Page:
        assert sheet.pixels is not None
        return self.engine.read(sheet.pixels, options, deadline, sheet.number)

    def warm(self) -> None:
        """Open the CRNN and the detector."""
        self.engine.tools.warm()

    def models(self) -> dict[str, str]:
        """Role to name of each model of the layer."""
        models = self.engine.tools.sessions.manifest.models
        return {role: entry.name for role, entry in models.items()}


def check_count(count: int, most: int | None) -> None:
    """Refuse a document of more pages than are read at once.

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
