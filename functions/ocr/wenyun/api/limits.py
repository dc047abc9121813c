"""How much a request may send, how long that may take, and how much all of them may hold."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager

from starlette.requests import Request

from wenyun.errors import WenyunError

FORM_OVERHEAD = 256 * 1024
"""Bytes that a body may have around the file: part headers, options, JSON syntax."""

BASE64_GROWTH = 1.4
"""Base64 turns 3 bytes into 4; a line break after each 76 characters adds 3%, padding a little."""

UPLOAD_SECONDS = 300.0
"""20 MB over a slow mobile link (0.6 Mbit/s) takes this long."""

IDLE_SECONDS = 30.0
"""A client that sends nothing for so long in the middle of its body is gone."""


STALL_SECONDS = 5.0
"""An upload that takes longer for `STALL_BYTES` goes when another finds no room."""

STALL_BYTES = 16 * 1024
"""At 3 KB a second the slowest mobile links are faster, and no file would be through in time."""


class Budget:
    """Bytes that all uploads together may hold in memory.

    Who announces much, sends nearly all of it and then stalls would keep everybody out: when there
    is no room, such uploads are ended, and who found none has it at the next try.
    """

    def __init__(self, total: int) -> None:
        self._total = self._left = total
        self._shares: set[Share] = set()

    @property
    def held(self) -> int:
        """Bytes that are held now."""
        return self._total - self._left

    def share(self) -> "Share":
        """A request's part, to be used in a `with`."""
        return Share(self)

    def take(self, size: int) -> None:
        """Reserve bytes, or refuse with `busy` when the other requests hold too many."""
        if size > self._left:
            for share in self._shares:
                share.end_if_stalled()
            raise WenyunError("busy", retry_after=2)
        self._left -= size

    def give(self, size: int) -> None:
        """Hand bytes back."""
        self._left += size

    def watch(self, share: "Share", *, uploads: bool) -> None:
        """Tell whether a request is still sending, and so may stall."""
        (self._shares.add if uploads else self._shares.discard)(share)


class Share:
    """What one request holds of the budget, given back when its `with` ends."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._held = self._seen = 0
        self._since = 0.0
        self._end: Callable[[], object] = lambda: None

    def __enter__(self) -> "Share":
        return self

    def __exit__(self, *_: object) -> None:
        self._budget.give(self._held)

    @contextmanager
    def uploading(self, end: Callable[[], object]) -> Iterator[None]:
        """While the body comes in: `end` is called should it stall and stand in others' way."""
        self._since, self._end = time.monotonic(), end
        self._budget.watch(self, uploads=True)
        try:
            yield
        finally:
            self._budget.watch(self, uploads=False)

    def take(self, size: int) -> None:
        """Reserve bytes for this request; raises `busy`."""
        self._budget.take(size)
        self._held += size
        if self._held >= self._seen + STALL_BYTES:
            self._seen, self._since = self._held, time.monotonic()

    def end_if_stalled(self) -> None:
        """End the upload if it has sent next to nothing of late."""
        if time.monotonic() > self._since + STALL_SECONDS:
            self._end()


async def pump(
    request: Request,
    limit: int,
    max_bytes: int,
    share: Share,
    sink: Callable[[bytes], object],
    seconds: float | None = None,
) -> None:
    """Send the body, piece by piece, into `sink`.

    Args:
        request: Whose body is read.
        limit: Bytes that the body may have; more is refused before, or as soon as, it arrives.
        max_bytes: Bytes that a file may have, for the message.
        share: The request's part of the memory for uploads.
        sink: Takes each piece; what it raises ends the reading.
        seconds: What the whole body may take; `UPLOAD_SECONDS` where not given.

    Raises:
        WenyunError: `file_too_large`, `busy`, `time_limit`, or what `sink` raises.

    """
    if declared_length(request) > limit:
        raise too_large(max_bytes)
    loop = asyncio.get_running_loop()
    end, total = loop.time() + (seconds or UPLOAD_SECONDS), 0
    try:
        async with asyncio.timeout(IDLE_SECONDS) as patience, aclosing(request.stream()) as stream:
            with share.uploading(lambda: _end(patience)):
                async for chunk in stream:
                    patience.reschedule(min(end, loop.time() + IDLE_SECONDS))
                    total += len(chunk)
                    if total > limit:
                        raise too_large(max_bytes)
                    share.take(len(chunk))
                    sink(chunk)
    except TimeoutError:
        raise WenyunError("time_limit", "The upload took too long.", "上传时间过长。") from None


def _end(patience: asyncio.Timeout) -> None:
    if not patience.expired():
        patience.reschedule(asyncio.get_running_loop().time())


def declared_length(request: Request) -> int:
    """The body's size as the client announced it; 0 where it did not."""
    text = request.headers.get("content-length", "")
    if not (text.isascii() and text.isdecimal()):
        return 0
    # More digits than any real size are not worth turning into a number.
    return int(text[:19])


def too_large(max_bytes: int) -> WenyunError:
    """`file_too_large`, saying the limit and what to do."""
    megabytes = f"{max_bytes / 1_000_000:g} MB"
    return WenyunError(
        "file_too_large",
        f"The file is larger than {megabytes} ({max_bytes:,} bytes), the limit here. Send a "
        "smaller or more strongly compressed picture (JPG rather than BMP or TIFF), or raise "
        "OCR_MAX_BYTES on a server of your own.",
        f"文件超过了上限 {megabytes}（{max_bytes:,} 字节）。请缩小或压缩图片（例如用 JPG 代替 BMP、"
        "TIFF）；自建服务器可调大 OCR_MAX_BYTES。",
    )
