"""One door to every format."""

import json
import subprocess
import sys

import pytest

from tests.exportkit.trees import block, document, line
from wenyun.exports.render import FORMS, render
from wenyun.options import Options
from wenyun.options_table import FORMATS
from wenyun.result import Document

MADE = document(block("text", line("发票")))


def test_every_format_of_the_option_has_its_writer() -> None:
    assert tuple(FORMS) == FORMATS
    endings = [form.extension for form in FORMS.values()]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])
def test_text_formats_are_utf8(name: str) -> None:
    result = render(MADE, Options(), b"", name)
    assert "发票" in result.data.decode("utf-8-sig")
    assert (result.media_type, result.extension) == (FORMS[name].media_type, FORMS[name].extension)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])
def test_half_characters_break_no_format(name: str) -> None:
    assert render(document(block("text", line("a\ud800b"))), Options(), b"", name).data


def test_json_carries_what_the_request_knows() -> None:
    result = render(MADE, Options(), b"", "json", total_time=1.5, request_id="r-1")
    answer = json.loads(result.data)
    assert (answer["total_time"], answer["request_id"]) == (1.5, "r-1")


def test_warnings_of_the_document_come_along_once() -> None:
    made = Document(MADE.pages, ("a", "b", "a"))
    assert render(made, Options(), b"", "text").warnings == ("a", "b")


def test_writers_are_imported_when_they_are_needed() -> None:
    """A start that only ever answers JSON pays for nothing else."""
    code = (
        "import sys; import wenyun.exports.render; "
        "print([n for n in ('csv', 'pypdf', 'PIL', 'xml', 'numpy', 'wenyun.exports.markdown') "
        "if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
