"""A document in the form that was asked for: one table of forms and who writes them.

A form's module is imported when it is first written, so that no start pays for it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from wenyun.deadline import Deadline
from wenyun.exports.json import document_json
from wenyun.options import Options
from wenyun.result import Document


@dataclass(frozen=True, slots=True)
class Work:
    """What a writer needs; see `render`."""

    document: Document
    options: Options
    source: bytes
    total_time: float
    request_id: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Rendered:
    """A result as a file: its bytes, what they are, the ending of its name, and warnings.

    The warnings are the document's and those of the writing.
    """

    data: bytes
    media_type: str
    extension: str
    warnings: tuple[str, ...] = ()


Written = tuple[bytes, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its media type, the ending of its name, and what writes it."""

    media_type: str
    extension: str
    write: Callable[[Work], Written]


def render(
    document: Document,
    options: Options,
    source: bytes,
    name: str,
    *,
    total_time: float = 0.0,
    request_id: str = "",
    deadline: Deadline | None = None,
) -> Rendered:
    """Write a document in one form.

    Args:
        document: What was read.
        options: What was asked for.
        source: The file that was read.
        name: One of `FORMS`, whatever the options' own format is.
        total_time: Seconds from the request's arrival to now.
        request_id: The id that the answer carries.
        deadline: When the time is up.

    Raises:
        WenyunError: `invalid_option` where a PDF cannot be added to, `time_limit`.

    """
    work = Work(document, options, source, total_time, request_id, deadline or Deadline())
    kind = FORMS[name]
    data, warnings = kind.write(work)
    told = dict.fromkeys((*document.warnings, *warnings))
    return Rendered(data, kind.media_type, kind.extension, tuple(told))


def _json(work: Work) -> Written:
    answer = document_json(
        work.document, work.options, total_time=work.total_time, request_id=work.request_id
    )
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace"), ()


def _text(work: Work) -> Written:
    from wenyun.exports.text import document_text

    return _utf8(document_text(work.document))


def _markdown(work: Work) -> Written:
    from wenyun.exports.markdown import document_markdown

    return _utf8(document_markdown(work.document))


def _hocr(work: Work) -> Written:
    from wenyun.exports.hocr import document_hocr

    return _utf8(document_hocr(work.document, work.options.lang))


def _alto(work: Work) -> Written:
    from wenyun.exports.alto import document_alto

    return _utf8(document_alto(work.document, work.options.lang))


def _csv(work: Work) -> Written:
    from wenyun.exports.csv import document_csv

    return document_csv(work.document), ()


def _pdf(work: Work) -> Written:
    from wenyun.exports.pdf.document import document_pdf

    return document_pdf(work.document, work.options, work.source, work.deadline)


def _utf8(text: str) -> Written:
    return text.encode("utf-8", "replace"), ()


FORMS: dict[str, Form] = {
    "json": Form("application/json", ".json", _json),
    "text": Form("text/plain; charset=utf-8", ".txt", _text),
    "markdown": Form("text/markdown; charset=utf-8", ".md", _markdown),
    "hocr": Form("text/html; charset=utf-8", ".hocr", _hocr),
    "alto": Form("application/xml", ".xml", _alto),
    "csv": Form("text/csv; charset=utf-8", ".csv", _csv),
    "pdf": Form("application/pdf", ".pdf", _pdf),
}
