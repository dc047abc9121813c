"""The request that gave an answer, taken away as code that really runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Start, Visit
from tests.browser.invoice import Sheet, pdf_answer
from tests.browser.service import Service
from tests.browser.visitor import Visitor


def _code(visitor: Visitor, way: str) -> str:
    visitor.tab.locator("#take-request").click()
    dialog = visitor.tab.get_by_role("dialog", name="Code of this request")
    dialog.locator(f"label:has([value={way}])").click()
    dialog.get_by_role("button", name="Copy").click()
    expect(visitor.tab.get_by_role("status")).to_have_text("Copied")
    code = visitor.clipboard()
    assert dialog.locator("code").text_content() == code
    visitor.tab.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    return code


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        check=True,
        timeout=60,
        env=os.environ | {"NO_PROXY": "*", "no_proxy": "*", "PYTHONIOENCODING": "utf-8"},
    )
    return done.stdout.decode()


AWKWARD = """it's a; "scan", of 50%&$HOME.png"""


def test_the_command_sends_what_the_page_sent(
    visitor: Visitor, service: Service, invoice: Sheet, tmp_path: Path
) -> None:
    visitor.pick("lang", "mix")
    visitor.tab.get_by_text("More options").click()
    visitor.tab.locator("[name=ignore]").fill("1,2,30,40;5,6,70,80")
    visitor.choose(invoice.png(), AWKWARD)
    visitor.wait_for_lines(len(invoice.text))
    (tmp_path / AWKWARD).write_bytes(invoice.png())
    code = _code(visitor, "curl")
    assert "x-api-key" not in code
    out = json.loads(_run(["sh", "-c", code], tmp_path))
    assert out["text"] == service.answer["text"]
    page, command = service.posts
    assert command.fields == page.fields == {"lang": "mix", "ignore": "1,2,30,40;5,6,70,80"}
    assert command.name.replace("%22", '"') == AWKWARD
    assert command.data == page.data


def test_secrets_are_for_the_reader_to_fill_in(visit: Visit, start: Start) -> None:
    service = start(Service(answer=pdf_answer(1), key="s3cret"))
    visitor = visit(service).open()
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("API key").fill("s3cret")
    visitor.tab.locator("[name=password]").fill("open sesame")
    visitor.choose(b"%PDF-1.7", "locked.pdf", "application/pdf")
    visitor.wait_for_lines(2)
    for way in ("curl", "python"):
        code = _code(visitor, way)
        assert "s3cret" not in code
        assert "sesame" not in code
        assert "YOUR_API_KEY" in code
        assert "YOUR_PDF_PASSWORD" in code


def test_the_program_of_a_job_reads_it(job: Visitor, tmp_path: Path) -> None:
    code = _code(job, "python")
    (tmp_path / "long.pdf").write_bytes(b"%PDF-1.7 " + bytes(2000))
    (tmp_path / "read.py").write_text(code, encoding="utf-8")
    out = _run([sys.executable, "read.py"], tmp_path)
    assert out.splitlines() == [line["text"] for line in job.service.answer["text"]]
    assert "/api/jobs/JOB_ID" in _code(job, "curl")
