"""The child that adds text to a PDF, as this process sees it: asked once, and ended."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import wenyun
from wenyun.errors import WenyunError
from wenyun.exports.pdf.wire import packed, unpacked

MODULE = "wenyun.exports.pdf.child"
FLAGS = ("-s", "-S", "-P", "-m", MODULE)

PATIENCE = 90.0
"""Seconds of the clock, where the caller has no deadline."""


def added_by_child(source: bytes, request: dict[str, Any], patience: float = PATIENCE) -> bytes:
    """What is to be appended to a PDF.

    Args:
        source: The file.
        request: `to_unicode`, and `pages` with each `number`, `width`, `height` and `text`.
        patience: Seconds after which the child is ended.

    Raises:
        WenyunError: `invalid_option` where the file cannot be added to, `time_limit`.

    """
    message = packed({**request, "bytes": len(source)})
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, *FLAGS, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd="/",
    )
    with child:
        try:
            said, _ = child.communicate(message + source, timeout=max(0.0, patience))
        except subprocess.TimeoutExpired:
            raise WenyunError("time_limit") from None
        finally:
            child.kill()
    return _answer(said)


def _answer(said: bytes) -> bytes:
    try:
        answer, added = unpacked(said)
    except ValueError as error:
        raise WenyunError(
            "invalid_option",
            "No text could be added to this PDF within the memory and time that a file may take.",
            "在允许的内存和时间内无法为此 PDF 添加文字层。",
            field="format",
        ) from error
    if "error" in answer:
        message, message_zh = answer["message"], answer["message_zh"]
        raise WenyunError(answer["error"], message, message_zh, field=answer["field"] or None)
    return added


def _environment() -> dict[str, str]:
    """Where the child finds its modules, and nothing of this process's secrets."""
    found = importlib.util.find_spec("pypdf")
    places = [Path(wenyun.__file__).parents[1]]
    if found and found.origin:
        places.append(Path(found.origin).parents[1])
    return {"PYTHONPATH": os.pathsep.join(dict.fromkeys(map(str, places))), "LC_ALL": "C.UTF-8"}
