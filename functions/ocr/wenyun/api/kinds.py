"""How much work a file may be, seen before it is in line."""

from wenyun.api.pace import Kind
from wenyun.documents.decode import pixels_of
from wenyun.documents.reader import Limits
from wenyun.documents.sniff import sniff
from wenyun.errors import WenyunError

SMALL_PIXELS = 4_000_000
"""A screenshot or a card; a photo of today's phones has three times as many."""


def kind_of(data: bytes, limits: Limits) -> Kind:
    """What the pool has to know of a file, from its first bytes; nothing is decoded."""
    if sniff(data) in ("pdf", "tiff"):
        return "document"
    try:
        return "small" if pixels_of(data, limits) <= SMALL_PIXELS else "large"
    except WenyunError:
        # It is refused as soon as it has its turn, which takes no time.
        return "small"
