"""The process that reads a PDF of strangers to add text to it.

Run as `python -m wenyun.exports.pdf.child PARENT`: a JSON object and the file come in over standard
input, what is to be added goes out. Neither the engine nor numpy is imported here.
"""

import json
import os
import sys
from typing import Any

from wenyun.documents.pdf.guard import allow_a_page, bind
from wenyun.errors import WenyunError
from wenyun.exports.pdf.wire import HEAD, packed


def main(parent: int) -> None:
    """Answer one request."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    length = HEAD.unpack(sys.stdin.buffer.read(HEAD.size))[0]
    request = json.loads(sys.stdin.buffer.read(length))
    bind(parent, request["bytes"])
    # What reading a page may take is plenty for the structure of a thousand.
    allow_a_page()
    source = sys.stdin.buffer.read()
    try:
        added, answer = _update(source, request), {}
    except WenyunError as error:
        said = {"message": error.message, "message_zh": error.message_zh}
        added, answer = b"", {"error": error.code, "field": error.field or "", **said}
    out.write(packed(answer) + added)
    out.flush()


def _update(source: bytes, request: dict[str, Any]) -> bytes:
    from wenyun.exports.pdf.update import Update, unfit

    try:
        update = Update(source, request["to_unicode"].encode("ascii"))
        return update.write(request["pages"])
    except WenyunError:
        raise
    except Exception as error:
        # pypdf raises whatever a damaged file leads it to.
        raise unfit() from error


if __name__ == "__main__":
    main(int(sys.argv[1]))
