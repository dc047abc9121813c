"""Files sent whole or in part: a Range that is not to be had is passed over, as HTTP allows."""

import re

from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
"""One part of the file; several at once serve nobody but those who want to keep us busy."""


class FileAnswer(FileResponse):
    """A file; of parts that cannot be had, or make no sense, the whole is sent instead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        size = self.stat_result.st_size if self.stat_result else 0
        asked = Headers(scope=scope).get("range")
        if asked is not None and not _is_to_be_had(asked, size):
            headers = [header for header in scope["headers"] if header[0] != b"range"]
            scope = {**scope, "headers": headers}
        await super().__call__(scope, receive, send)


def _is_to_be_had(asked: str, size: int) -> bool:
    found = _RANGE.fullmatch(asked)
    if not found:
        return False
    first, last = found.groups()
    if not first:
        return bool(last) and int(last) > 0 and size > 0
    return int(first) < size and (not last or int(first) <= int(last))
