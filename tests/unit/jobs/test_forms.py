"""What a job makes of a file."""

import pytest

from wenyun.jobs.forms import formats_of


@pytest.mark.parametrize(
    ("raw", "kind", "forms"),
    [
        ({}, "png", ("json", "text")),
        ({}, "pdf", ("json", "text", "pdf")),
        ({"format": ""}, "pdf", ("json", "text", "pdf")),
        ({"format": "json"}, "pdf", ("json",)),
        ({"format": "csv, markdown"}, "png", ("csv", "markdown")),
        ({"format": ["hocr", "pdf"]}, "png", ("hocr", "pdf")),
    ],
)
def test_forms(raw: dict[str, object], kind: str, forms: tuple[str, ...]) -> None:
    assert formats_of(raw, kind) == forms
