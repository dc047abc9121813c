"""How much work a file may be, told by its head."""

import numpy as np
import pytest

from tests.pictures.make import colours, save
from wenyun.api.kinds import SMALL_PIXELS, kind_of
from wenyun.documents.reader import Limits

LIMITS = Limits(20_000_000, 50_000_000)

LARGE = np.zeros((2001, 2000), np.uint8)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "GIF", "WEBP"])
def test_a_picture_is_small_or_large(form: str) -> None:
    assert LARGE.size > SMALL_PIXELS
    assert kind_of(save(colours(), form), LIMITS) == "small"
    assert kind_of(save(LARGE, form), LIMITS) == "large"


def test_nothing_is_decoded() -> None:
    """The pixels of this one are missing, and its size is known all the same."""
    assert kind_of(save(LARGE, "PNG")[:60], LIMITS) == "large"


def test_what_may_have_pages_is_a_document() -> None:
    assert kind_of(save(colours(), "TIFF"), LIMITS) == "document"
    assert kind_of(b"%PDF-1.7 and nothing else", LIMITS) == "document"


@pytest.mark.parametrize("data", [b"x", b"\x89PNG\r\n\x1a\n", b"PK\3\4", b"\xff\xd8\xff\xe0"])
def test_what_will_be_refused_needs_no_time(data: bytes) -> None:
    assert kind_of(data, LIMITS) == "small"


def test_more_pixels_than_are_taken_are_refused_soon() -> None:
    assert kind_of(save(LARGE, "PNG"), Limits(20_000_000, 1000)) == "large"
