"""A result in the form that was asked for, as an answer."""

import json
import re
from typing import Any

from starlette.responses import Response
from starlette.types import Scope

from wenyun.errors import WenyunError
from wenyun.exports.render import Rendered
from wenyun.options import Options

LAMBDA_BYTES = 6_000_000
"""What an invocation may answer, headers and base64 included: 6 MB (Lambda quotas)."""

BALANCER_BYTES = 1_000_000
"""What a load balancer takes from a function: 1 MB (ALB, Lambda functions as targets)."""

SURE = 4
"""A result so many times smaller than the limit is within it, however it is written."""

CODE = re.compile(r"[a-z0-9_:]+")


def one_form(options: Options) -> str:
    """The one form of an answer.

    Raises:
        WenyunError: `invalid_option` where several were asked for.

    """
    if len(options.format) == 1:
        return options.format[0]
    raise WenyunError(
        "invalid_option",
        "Option 'format': one request has one answer; send the document as a job "
        "(POST /api/jobs) to have several formats.",
        "选项“format”：一次请求只能返回一种格式；需要多种格式请提交任务（POST /api/jobs）。",
        field="format",
    )


def answer_of(result: Rendered) -> Response:
    """The result as an answer; all but JSON is a file with a name of ours."""
    headers = {}
    if result.extension != ".json":
        headers["content-disposition"] = f'attachment; filename="result{result.extension}"'
        warnings = [code for code in result.warnings if CODE.fullmatch(code)]
        if warnings:
            headers["x-ocr-warnings"] = ", ".join(warnings)
    # The type goes in by hand, for the framework would add a charset of its own to some.
    headers["content-type"] = result.media_type
    return Response(result.data, headers=headers)


def check_size(result: Rendered, scope: Scope) -> None:
    """Refuse a result that whatever carries the answer would not let through.

    Raises:
        WenyunError: `file_too_large`.

    """
    if scope.get("aws.context") is None:
        return
    limit = BALANCER_BYTES if _behind_balancer(scope.get("aws.event")) else LAMBDA_BYTES
    size = _size(result, limit)
    if size > limit:
        raise WenyunError(
            "file_too_large",
            f"The result takes {size:,} bytes on its way, and an answer may have {limit:,}: send "
            "the document as a job (POST /api/jobs), whose results are fetched by their URLs.",
            f"结果传输需要 {size:,} 字节，超过单次响应的 {limit:,} 字节：请作为任务提交"
            "（POST /api/jobs），并通过链接下载结果。",
            field="format",
        )


def _size(result: Rendered, limit: int) -> int:
    """Bytes on the way: base64 for a PDF, and text as a string within JSON."""
    if result.extension == ".pdf":
        return -(-len(result.data) // 3) * 4
    if len(result.data) * SURE < limit:
        return len(result.data)
    return len(json.dumps(result.data.decode("utf-8", "replace")))


def _behind_balancer(event: Any) -> bool:
    context = event.get("requestContext") if isinstance(event, dict) else None
    return isinstance(context, dict) and "elb" in context
