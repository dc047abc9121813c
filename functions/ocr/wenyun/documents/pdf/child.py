"""The process that holds PDFium: opens one file, then answers for one page after another.

Run as `python -m wenyun.documents.pdf.child PARENT`; it talks over its standard input and output.
Neither the engine nor numpy is imported here, so that it starts fast and has little to lose.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from wenyun.documents.pdf.answers import File
from wenyun.documents.pdf.guard import allow_a_page, bind
from wenyun.documents.pdf.wire import HEAD, Message, packed, unpacked
from wenyun.errors import WenyunError

Answer = tuple[Message, list[memoryview]]


@dataclass(frozen=True, slots=True)
class Line:
    """The two ends of the conversation."""

    read: int
    write: int

    def hear(self) -> tuple[Message, memoryview] | None:
        """The next message and its bytes; None when nobody speaks any more."""
        head = self._exactly(HEAD.size)
        if not head:
            return None
        body, payload = HEAD.unpack(head)
        return unpacked(bytearray(self._exactly(body))), self._exactly(payload)

    def say(self, message: Message, parts: list[memoryview]) -> None:
        """Send a message and its bytes, one part after another."""
        self._all(memoryview(packed(message, sum(part.nbytes for part in parts))))
        for part in parts:
            self._all(part)

    def _exactly(self, count: int) -> memoryview:
        whole = memoryview(bytearray(count))
        left = whole
        while left.nbytes:
            got = os.readv(self.read, [left])
            if not got:
                return memoryview(b"")
            left = left[got:]
        return whole

    def _all(self, part: memoryview) -> None:
        while part.nbytes:
            part = part[os.write(self.write, part) :]


def main(parent: int) -> None:
    """Serve until the other side hangs up."""
    line = Line(os.dup(0), os.dup(1))
    # What PDFium prints must not get among the messages.
    os.dup2(2, 1)
    for message, parts in _answers(line, parent):
        line.say(message, parts)


def _answers(line: Line, parent: int) -> Iterator[Answer]:
    heard = line.hear()
    if heard is None:
        return
    request, data = heard
    bind(parent, data.nbytes)
    allow_a_page()
    try:
        file = File(data, request["passwords"])
    except WenyunError as error:
        yield failure(error), []
        return
    yield {"pages": file.count}, []
    while heard := line.hear():
        allow_a_page()
        try:
            yield file.page(heard[0])
        except WenyunError as error:
            yield failure(error), []
        except Exception as error:  # noqa: BLE001 - a strange page must not cost the others theirs
            sys.stderr.write(f"PDF: {type(error).__name__}: {error}\n")
            yield failure(_strange()), []


def _strange() -> WenyunError:
    return WenyunError(
        "corrupt_pdf",
        "A page of the PDF takes more memory than a page may, or is damaged.",
        "PDF 的某一页所需内存超出限制，或已损坏。",
    )


def failure(error: WenyunError) -> Message:
    """An error as a message."""
    return {"error": error.code, "message": error.message, "message_zh": error.message_zh}


if __name__ == "__main__":
    main(int(sys.argv[1]))
