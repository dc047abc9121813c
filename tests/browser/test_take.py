"""What can be taken away: copies, files made here, files of the service, the request as code."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet, pdf_answer
from tests.browser.service import Service, known_failure
from tests.browser.visitor import Visitor


@pytest.fixture
def read(visitor: Visitor, invoice: Sheet) -> Visitor:
    """A visitor whose invoice has been read."""
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    return visitor


def _choice(visitor: Visitor, name: str) -> Locator:
    return visitor.tab.locator("#downloads").get_by_role("button", name=name)


def _save(visitor: Visitor, name: str) -> Download:
    visitor.tab.locator("#downloads summary").click()
    with visitor.tab.expect_download() as waiting:
        _choice(visitor, name).click()
    return waiting.value


def _saved(visitor: Visitor, name: str) -> tuple[str, str]:
    download = _save(visitor, name)
    return download.suggested_filename, Path(download.path()).read_bytes().decode()


def test_text_line_by_line_with_corrections(read: Visitor, invoice: Sheet) -> None:
    read.correct(0, "改正的标题")
    name, text = _saved(read, "Text, line by line")
    assert name == "invoice.txt"
    lines = [str(line["text"]) for line in invoice.text]
    assert text == "\n".join(["改正的标题", *lines[1:]]) + "\n"
    expect(read.tab.get_by_role("status")).to_have_text("Saved")
    expect(read.tab.locator("#downloads summary")).to_be_focused()


def test_text_in_paragraphs_and_markdown(visitor: Visitor, service: Service) -> None:
    service.answer = pdf_answer(1)
    visitor.choose(b"%PDF-1.7", "letter.pdf", "application/pdf")
    visitor.wait_for_lines(2)
    visitor.correct(0, "# One")
    assert _saved(visitor, "Text, in paragraphs") == ("letter.txt", "# One Line 2 of 1\n")
    assert _saved(visitor, "Markdown") == ("letter.md", "\\# One Line 2 of 1\n")


def test_a_table_for_spreadsheets(read: Visitor, invoice: Sheet) -> None:
    read.correct(1, "=HYPERLINK(0)")
    name, text = _saved(read, "Table for spreadsheets")
    assert name == "invoice.csv"
    assert text.startswith("\ufeffpage,block,type,line,")
    records = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(records) == len(invoice.text)
    assert records[1]["text"] == "'=HYPERLINK(0)"
    assert records[0]["model"] == "crnn"


def test_everything_for_programs(read: Visitor, service: Service, invoice: Sheet) -> None:
    read.correct(2, "changed")
    name, text = _saved(read, "Everything, for programs")
    assert name == "invoice.json"
    answer = json.loads(text)
    assert answer["text"][2] == {**invoice.text[2], "text": "changed", "edited": True}
    assert answer["pages"][0]["blocks"][0]["lines"][2]["text"] == "changed"
    assert answer["text"][3] == invoice.text[3]
    assert answer.keys() == service.answer.keys()


def test_unsure_lines_that_are_left_out_are_in_no_file(read: Visitor) -> None:
    read.tab.get_by_label("Unsure lines").fill("85")
    read.tab.get_by_label("Leave out", exact=True).check()
    assert "M330" not in _saved(read, "Text, line by line")[1]
    answer = json.loads(_saved(read, "Everything, for programs")[1])
    assert len(answer["text"]) == len(answer["pages"][0]["blocks"][0]["lines"]) == 46


@pytest.mark.parametrize(
    ("form", "copied"),
    [
        ("Copy line by line", "Line 1 of 1\nLine 2 of 1"),
        ("Copy as paragraphs", "Line 1 of 1 Line 2 of 1"),
        ("Copy as Markdown", "Line 1 of 1 Line 2 of 1"),
    ],
)
def test_all_is_copied_in_another_form(
    visitor: Visitor, service: Service, form: str, copied: str
) -> None:
    service.answer = pdf_answer(1)
    visitor.choose(b"%PDF-1.7", "letter.pdf", "application/pdf")
    visitor.wait_for_lines(2)
    visitor.tab.locator("#copy-as summary").click()
    visitor.tab.get_by_role("button", name=form).click()
    expect(visitor.tab.get_by_role("status")).to_have_text("Copied")
    assert visitor.clipboard() == copied
    expect(visitor.tab.locator("#copy-as")).not_to_have_attribute("open", "")


@pytest.mark.parametrize(
    ("choice", "form", "name", "begins"),
    [
        ("Searchable PDF", "pdf", "invoice.searchable.pdf", "%PDF-"),
        ("hOCR", "hocr", "invoice.hocr.html", "<!doctype html>"),
        ("ALTO", "alto", "invoice.alto.xml", "<?xml"),
    ],
)
def test_a_file_of_the_service_is_asked_for_as_the_answer_was(
    visitor: Visitor,
    service: Service,
    invoice: Sheet,
    choice: str,
    form: str,
    name: str,
    begins: str,
) -> None:
    visitor.pick("profile", "fast")
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    visitor.pick("profile", "accurate")
    saved, text = _saved(visitor, choice)
    assert saved == name
    assert text.startswith(begins)
    assert service.posts[-1].fields == {"profile": "fast", "format": form}
    assert service.posts[-1].data == invoice.png()


def test_the_menu_says_what_the_files_of_the_service_lack(read: Visitor) -> None:
    note = read.tab.locator("#downloads .menu-note")
    read.tab.locator("#downloads summary").click()
    expect(note).to_have_text("The service reads the file once more for these.")
    read.tab.keyboard.press("Escape")
    expect(read.tab.locator("#downloads summary")).to_be_focused()
    read.correct(0, "mine")
    read.tab.keyboard.press("d")
    expect(note).to_contain_text("without your corrections")


def test_a_failure_is_said_in_the_menu(read: Visitor, service: Service) -> None:
    service.by_name["invoice.png"] = known_failure("busy")
    read.tab.locator("#downloads summary").click()
    _choice(read, "Searchable PDF").click()
    fault = read.tab.locator("#downloads .menu-fault")
    expect(fault).to_contain_text("Wait a little")
    expect(_choice(read, "Searchable PDF")).to_be_enabled()
    del service.by_name["invoice.png"]
    with read.tab.expect_download():
        _choice(read, "Searchable PDF").click()
    expect(fault).to_be_hidden()


def test_a_service_that_makes_no_files_offers_none(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    service.offer = service.options() | {"formats": ["json"]}
    visitor = visit(service).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    visitor.tab.locator("#downloads summary").click()
    expect(_choice(visitor, "Markdown")).to_be_visible()
    expect(_choice(visitor, "Searchable PDF")).to_have_count(0)
    expect(visitor.tab.get_by_text("Made by the service")).to_have_count(0)


def test_the_searchable_pdf_of_a_job_is_the_one_that_it_made(job: Visitor) -> None:
    desk = job.service.desk
    assert desk is not None
    name, text = _saved(job, "Searchable PDF")
    assert name == "long.searchable.pdf"
    assert text.startswith("%PDF-")
    assert len(desk.jobs) == 1


def test_a_form_that_a_job_was_not_asked_for_is_made_by_another(job: Visitor) -> None:
    desk = job.service.desk
    assert desk is not None
    name, text = _saved(job, "ALTO")
    assert name == "long.alto.xml"
    assert text.startswith("<?xml")
    assert len(desk.jobs) == 2
    assert list(desk.jobs.values())[1].told["options"]["format"] == "json,alto"
