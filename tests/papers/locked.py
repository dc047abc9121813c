"""Encrypted PDFs, by pypdf."""

from io import BytesIO
from typing import Literal

from pypdf import PdfReader, PdfWriter

CIPHERS: tuple[Literal["RC4-40", "RC4-128", "AES-128", "AES-256"], ...] = (
    "RC4-40",
    "RC4-128",
    "AES-128",
    "AES-256",
)


def locked(
    data: bytes,
    password: str,
    cipher: Literal["RC4-40", "RC4-128", "AES-128", "AES-256"] = "AES-256",
    owner: str | None = None,
) -> bytes:
    """The file, encrypted."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(password, owner, algorithm=cipher)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
