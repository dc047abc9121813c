"""Multipart bodies of the page, taken apart as a strict server would."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP


@dataclass(frozen=True, slots=True)
class Post:
    """A file that came in: its form's fields, its name and bytes, the request's headers.

    `order` are the names of all fields as they came, the file's among them.
    """

    fields: dict[str, str]
    name: str
    data: bytes
    headers: dict[str, str]
    order: tuple[str, ...] = ()


def read_form(headers: dict[str, str], body: bytes, file_field: str) -> Post:
    """The fields of a form and its file."""
    lower = {name.lower(): value for name, value in headers.items()}
    whole = message_from_bytes(
        f"content-type: {lower['content-type']}\r\n\r\n".encode() + body, policy=HTTP
    )
    fields: dict[str, str] = {}
    order: list[str] = []
    name, data = "", b""
    for part in whole.iter_parts():
        field = str(part.get_param("name", header="content-disposition"))
        order.append(field)
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if field == file_field:
            name, data = part.get_filename() or "", content
        else:
            fields[field] = content.decode()
    return Post(fields, name, data, lower, tuple(order))
