"""A multipart/form-data body as it streams in: the file in `image`, every other field an option."""

from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from wenyun.api.limits import too_large
from wenyun.errors import WenyunError
from wenyun.options import SPECS
from wenyun.values import MAX_VALUE_CHARS

MAX_PARTS = 256
"""Every option once and 100 ignored areas, with room; a body of thousands of tiny parts ends."""


class Form:
    """Takes the body in pieces; refuses what is wrong in it as soon as it is seen."""

    def __init__(self, content_type: str, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._texts: dict[str, list[bytearray]] = {}
        self._file: bytearray | None = None
        self._chosen = False
        self._parts = 0
        self._ended = False
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._data = bytearray()
        self._room = 0
        self._parser = self._make_parser(content_type)

    def write(self, chunk: bytes) -> None:
        """Take the next piece of the body.

        Raises:
            WenyunError: `missing_image` for a body that is no form, `unknown_option`,
                `invalid_option`, `file_too_large`.

        """
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _malformed(str(error)) from None

    def file(self) -> bytes:
        """The picture's bytes, once the body has ended; raises `missing_image`."""
        if not self._ended:
            raise _malformed("it ends too early")
        if self._file is None or not (self._chosen or self._file):
            raise WenyunError(
                "missing_image",
                "The form has no file in the field 'image'.",
                "表单的 image 字段中没有文件。",
                field="image",
            )
        return bytes(self._file)

    def options(self) -> dict[str, Any]:
        """Field name to text, or to a list of texts where it came more than once."""
        texts = {
            name: [data.decode("utf-8", "replace") for data in found]
            for name, found in self._texts.items()
        }
        return {name: found if len(found) > 1 else found[0] for name, found in texts.items()}

    def _make_parser(self, content_type: str) -> MultipartParser:
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise _malformed("its Content-Type names no boundary (let the client set that header)")
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begins,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_ends,
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._part_data,
                    "on_end": self._ends,
                },
            )
        except FormParserError as error:
            raise _malformed(str(error)) from None

    def _part_begins(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise _malformed(f"it has more than {MAX_PARTS} parts")
        self._disposition = b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def _header_ends(self) -> None:
        name, value = (bytes(half) for half in self._header)
        if name.lower() == b"content-disposition":
            self._disposition = value
        self._header = (bytearray(), bytearray())

    def _headers_finished(self) -> None:
        given = parse_options_header(self._disposition)[1]
        name = given.get(b"name", b"").decode("utf-8", "replace")
        self._data = bytearray()
        if name == "image":
            self._begin_file(given)
        elif name in SPECS:
            self._room = MAX_VALUE_CHARS
            self._texts.setdefault(name, []).append(self._data)
        else:
            raise _unknown(name, is_file=b"filename" in given)

    def _begin_file(self, given: dict[bytes, bytes]) -> None:
        if self._file is not None:
            raise WenyunError(
                "invalid_option",
                "Send one picture a request: the field 'image' came twice.",
                "每次请求只能发送一张图片：image 字段出现了两次。",
                field="image",
            )
        # A browser sends an empty file with an empty name when nobody chose one.
        self._chosen = bool(given.get(b"filename"))
        self._room = self._max_bytes
        self._file = self._data

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        self._room -= end - start
        if self._room < 0:
            raise self._overflow()
        self._data.extend(data[start:end])

    def _overflow(self) -> WenyunError:
        if self._data is self._file:
            return too_large(self._max_bytes)
        name = next(name for name, found in self._texts.items() if found[-1] is self._data)
        return WenyunError("invalid_option", f"Option '{name}': too long.", field=name)

    def _ends(self) -> None:
        self._ended = True


def _unknown(name: str, *, is_file: bool) -> WenyunError:
    shown = name[:64]
    hint = " The picture goes into the field 'image'." if is_file else ""
    hint_zh = "图片请放在 image 字段。" if is_file else ""
    return WenyunError(
        "unknown_option",
        f"There is no form field '{shown}'. Known: image, {', '.join(SPECS)}.{hint}",
        f"没有表单字段“{shown}”。可用字段：image、{'、'.join(SPECS)}。{hint_zh}",
        field=shown,
    )


def _malformed(why: str) -> WenyunError:
    return WenyunError(
        "missing_image",
        f"The body is not a readable multipart/form-data form: {why[:160].rstrip('.')}.",
        "请求体不是有效的 multipart/form-data 表单。",
    )
