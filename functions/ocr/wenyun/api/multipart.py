"""A multipart/form-data body as it streams in: the file in `image`, every other field an option."""

from collections.abc import Callable, Collection
from typing import Any, Protocol

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from wenyun.api.limits import too_large
from wenyun.errors import WenyunError
from wenyun.options import SPECS
from wenyun.values import MAX_VALUE_CHARS
from wenyun.values_words import MAX_LEXICON_BYTES

MAX_PARTS = 256
"""Every option once and 100 ignored areas, with room; a body of thousands of tiny parts ends."""

LONG_VALUES = {"lexicon": MAX_LEXICON_BYTES}
"""Bytes of the options that may be longer than others."""


class Sink(Protocol):
    """Where bytes go."""

    def extend(self, data: bytes, /) -> object:
        """Take the next bytes."""


class Form:
    """Takes the body in pieces; refuses what is wrong in it as soon as it is seen.

    Args:
        content_type: The body's Content-Type with its boundary.
        max_bytes: Bytes that the file may have.
        file_field: The name of the field that the file is in.
        known: The names of the other fields.
        sink: Takes the file; memory where none is given.
        opened: Called where the file begins, with the fields that came before it.

    """

    def __init__(
        self,
        content_type: str,
        max_bytes: int,
        *,
        file_field: str = "image",
        known: Collection[str] = SPECS,
        sink: Sink | None = None,
        opened: Callable[[dict[str, Any]], None] = lambda _: None,
    ) -> None:
        self._max_bytes = max_bytes
        self._file_field = file_field
        self._known = known
        self._opened = opened
        self._texts: dict[str, list[bytearray]] = {}
        self._file: Sink = bytearray() if sink is None else sink
        self.size: int | None = None
        self.file_name = ""
        self._chosen = False
        self._parts = 0
        self._ended = False
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._data: Sink = bytearray()
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
        """The file's bytes, once the body has ended; raises `missing_image`."""
        self.end()
        assert isinstance(self._file, bytearray)
        return bytes(self._file)

    def end(self) -> None:
        """See that the body has ended and had a file in it; raises `missing_image`."""
        if not self._ended:
            raise _malformed("it ends too early")
        if not (self._chosen or self.size):
            raise WenyunError(
                "missing_image",
                f"The form has no file in the field '{self._file_field}'.",
                f"表单的 {self._file_field} 字段中没有文件。",
                field=self._file_field,
            )

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
        if name == self._file_field:
            self._begin_file(given)
        elif name in self._known:
            self._room = LONG_VALUES.get(name, MAX_VALUE_CHARS)
            self._data = text = bytearray()
            self._texts.setdefault(name, []).append(text)
        else:
            raise self._unknown(name, is_file=b"filename" in given)

    def _begin_file(self, given: dict[bytes, bytes]) -> None:
        if self.size is not None:
            raise WenyunError(
                "invalid_option",
                f"Send one file a request: the field '{self._file_field}' came twice.",
                f"每次请求只能发送一个文件：{self._file_field} 字段出现了两次。",
                field=self._file_field,
            )
        self._opened(self.options())
        # A browser sends an empty file with an empty name when nobody chose one.
        self.file_name = given.get(b"filename", b"").decode("utf-8", "replace")
        self._chosen = bool(self.file_name)
        self._room = self._max_bytes
        self.size = 0
        self._data = self._file

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        self._room -= end - start
        if self._room < 0:
            raise self._overflow()
        if self._data is self._file:
            self.size = (self.size or 0) + end - start
        self._data.extend(data[start:end])

    def _overflow(self) -> WenyunError:
        if self._data is self._file:
            return too_large(self._max_bytes)
        name = next(name for name, found in self._texts.items() if found[-1] is self._data)
        return WenyunError("invalid_option", f"Option '{name}': too long.", field=name)

    def _unknown(self, name: str, *, is_file: bool) -> WenyunError:
        shown, file, known = name[:64], self._file_field, (self._file_field, *self._known)
        hint = f" The file goes into the field '{file}'." if is_file else ""
        hint_zh = f"文件请放在 {file} 字段。" if is_file else ""
        return WenyunError(
            "unknown_option",
            f"There is no form field '{shown}'. Known: {', '.join(known)}.{hint}",
            f"没有表单字段“{shown}”。可用字段：{'、'.join(known)}。{hint_zh}",
            field=shown,
        )

    def _ends(self) -> None:
        self._ended = True


def _malformed(why: str) -> WenyunError:
    return WenyunError(
        "missing_image",
        f"The body is not a readable multipart/form-data form: {why[:160].rstrip('.')}.",
        "请求体不是有效的 multipart/form-data 表单。",
    )
