"""What the command prints: text with headings, or JSON lines."""

import json
import os
from typing import Any

from wenyun.cli_flags import Arguments
from wenyun.cli_streams import Streams
from wenyun.errors import WenyunError
from wenyun.exports.json import document_json
from wenyun.exports.text import document_text
from wenyun.result import Document


class Printer:
    """Writes one file's result after the other, each at once."""

    def __init__(self, args: Arguments, streams: Streams) -> None:
        self._args = args
        self._out = streams.out
        self._err = streams.err
        self._first = True

    def success(self, name: str, document: Document, seconds: float) -> None:
        """Write a document."""
        if self._args.json:
            answer = document_json(
                document, self._args.options, total_time=seconds, request_id=_request_id()
            )
            self._line({"file": name, **answer})
        else:
            self._text(name, document)

    def failure(self, name: str, error: WenyunError) -> None:
        """Write an error's object, so that JSON has a line for every file; text has none."""
        if not self._args.json:
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
        if self._args.options.timings:
            spent = (f"{stage} {seconds:.3f}" for stage, seconds in document.timings().items())
            self._err.write(f"wenyun: {name}: seconds: {', '.join(spent)}\n")


def _request_id() -> str:
    return os.urandom(16).hex()
