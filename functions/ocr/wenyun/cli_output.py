"""What the command gives: files, text with headings, JSON lines, or another format as it is."""

import json
import os
from dataclasses import dataclass
from typing import Any

from wenyun.cli_files import write_whole
from wenyun.cli_flags import Arguments
from wenyun.cli_streams import Streams
from wenyun.errors import WenyunError
from wenyun.exports.json import document_json
from wenyun.exports.render import render
from wenyun.exports.text import document_text
from wenyun.result import Document

PRINTED = ("text", "json")
"""Formats that the printer writes by itself, file after file."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a document: bytes to print, and warnings of the making."""

    shown: bytes | None = None
    warnings: tuple[str, ...] = ()


def make(name: str, document: Document, source: bytes, args: Arguments) -> Made:
    """Write the files that the command line asks for, or what is to be printed.

    Raises:
        WenyunError: A file cannot be written, or a PDF cannot be added to.

    """
    if args.output is None and args.shown in PRINTED:
        return Made()
    targets = args.output.targets(name) if args.output else {args.shown: None}
    results = {form: render(document, args.options, source, form) for form in targets}
    for form, path in targets.items():
        if path is not None:
            write_whole(path, results[form].data)
    warnings = dict.fromkeys(code for result in results.values() for code in result.warnings)
    return Made(None if args.output else results[args.shown].data, tuple(warnings))


class Printer:
    """Writes one file's result after the other, each at once."""

    def __init__(self, args: Arguments, streams: Streams) -> None:
        self._args = args
        self._out = streams.out
        self._err = streams.err
        self._first = True

    def success(self, name: str, document: Document, made: Made, seconds: float) -> None:
        """Print a document, unless it went into files."""
        for code in made.warnings:
            self._err.write(f"wenyun: {name}: warning: {code}\n")
        if made.shown is not None:
            self._bytes(made.shown)
        elif self._args.json or (self._args.shown == "json" and not self._args.output):
            answer = document_json(
                document, self._args.options, total_time=seconds, request_id=_request_id()
            )
            self._line({"file": name, **answer})
        elif not self._args.output:
            self._text(name, document)
        self._timings(name, document)

    def failure(self, name: str, error: WenyunError) -> None:
        """Write an error's object, so that JSON has a line for every file; text has none."""
        if not self._args.json and self._args.shown != "json":
            return
        body = {"code": error.code, "message": error.message, "message_zh": error.message_zh}
        answer = {"success": False, "error": body, "request_id": _request_id()}
        self._line({"file": name, **answer})

    def _line(self, answer: dict[str, Any]) -> None:
        self._out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        self._out.flush()

    def _text(self, name: str, document: Document) -> None:
        if len(self._args.files) > 1:
            gap = "" if self._first else "\n"
            self._out.write(f"{gap}==> {name} <==\n")
        self._out.write(document_text(document))
        self._out.flush()
        self._first = False

    def _bytes(self, data: bytes) -> None:
        """As they are where there is a stream of bytes below the text."""
        self._out.flush()
        below = getattr(self._out, "buffer", None)
        if below is None:
            self._out.write(data.decode("utf-8", "replace"))
        else:
            below.write(data)
            below.flush()

    def _timings(self, name: str, document: Document) -> None:
        if self._args.options.timings and not self._args.json:
            spent = (f"{stage} {seconds:.3f}" for stage, seconds in document.timings().items())
            self._err.write(f"wenyun: {name}: seconds: {', '.join(spent)}\n")


def _request_id() -> str:
    return os.urandom(16).hex()
