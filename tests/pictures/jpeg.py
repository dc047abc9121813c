"""JPEG files with segments put in or changed."""


def segment(marker: int, body: bytes) -> bytes:
    """A segment with its length."""
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """The file with segments put in behind its first marker."""
    return data[:2] + b"".join(segments) + data[2:]


def with_exif(data: bytes, exif: bytes) -> bytes:
    """The file with an EXIF block."""
    return with_segments(data, segment(0xE1, b"Exif\0\0" + exif))


def without_adobe(data: bytes) -> bytes:
    """The file with its Adobe marker taken out."""
    at = data.index(b"\xff\xee")
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]
