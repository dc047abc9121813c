"""Metadata of an object as text: headers carry ASCII, and what is more comes disguised."""

import re

ENCODED = re.compile(r"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=")


def plain(value: str) -> str:
    """The text that was meant.

    S3 gives metadata that is not ASCII back as encoded words (RFC 2047), and who writes it may do
    the same; UTF-8 that went straight into a header arrives as Latin-1. What is neither stays.
    """
    if ENCODED.search(value):
        return _decoded(value)
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _decoded(value: str) -> str:
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (LookupError, UnicodeError, ValueError):
        # An unknown charset, or bytes that are none of it: the option's own check tells.
        return value
