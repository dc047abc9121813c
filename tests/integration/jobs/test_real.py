"""The whole chain with the real models: a picture sent as a job, read by a worker process."""

import io
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.jobkit.service import free_port, patiently
from tests.papers.locked import locked
from tests.papers.raw import HELVETICA, Raw, helvetica
from tests.real_server import real_server
from wenyun.settings import Settings

if not (Settings.from_env().model_dir / "manifest.json").is_file():
    pytest.skip("no model layer: run `make layer`", allow_module_level=True)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `python -m wenyun.server` answers."""
    data = str(tmp_path_factory.mktemp("served") / "data")
    settings = {"OCR_DATA_DIR": data, "OCR_WORKERS": "1"}
    with real_server(free_port(), "/api/health", patiently, 60, settings) as address:
        yield address


def picture() -> bytes:
    page = Image.new("RGB", (640, 160), "white")
    font = ImageFont.load_default(size=56)
    ImageDraw.Draw(page).text((40, 45), "INVOICE 2024", fill="black", font=font)
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()


def job_of(url: str, job_id: str) -> dict[str, object]:
    found: dict[str, object] = httpx.get(f"{url}/api/jobs/{job_id}", timeout=30).json()
    return found


def ended(url: str, job_id: str) -> dict[str, object]:
    patiently(lambda: job_of(url, job_id)["state"] in ("succeeded", "failed"))
    return job_of(url, job_id)


def test_a_job_reads_what_a_request_reads(url: str) -> None:
    files = {"image": ("invoice.png", picture())}
    at_once = httpx.post(f"{url}/api/ocr", files=files, data={"lang": "en"}, timeout=60).json()
    accepted = httpx.post(f"{url}/api/jobs", files=files, data={"lang": "en"}, timeout=60)
    done = ended(url, accepted.json()["job_id"])
    assert done["state"] == "succeeded", done
    results = done["results"]
    assert isinstance(results, dict)
    answer = httpx.get(results["json"]).json()
    assert set(answer) == set(at_once)
    for key in ("text", "pages", "profile", "lang", "warnings"):
        assert answer[key] == at_once[key]
    lines = [line["text"] for line in at_once["text"]]
    assert httpx.get(results["text"]).text == "\n".join(lines) + "\n"
    assert "".join(lines).replace(" ", "") == "INVOICE2024"


def paper(pages: int) -> bytes:
    pdf = Raw()
    for number in range(1, pages + 1):
        pdf.page(helvetica([(60, 700, f"Page number {number}")]), resources=HELVETICA)
    return pdf.build()


def test_a_pdf_longer_than_a_request_takes(url: str) -> None:
    files = {"image": ("报告.pdf", paper(8))}
    refused = httpx.post(f"{url}/api/ocr", files=files, timeout=60)
    assert refused.json()["error"]["code"] == "too_many_pages"
    done = ended(url, httpx.post(f"{url}/api/jobs", files=files, timeout=60).json()["job_id"])
    assert (done["state"], done["pages_total"]) == ("succeeded", 8), done
    results = done["results"]
    assert isinstance(results, dict)
    assert set(results) == {"json", "text", "pdf"}
    text = httpx.get(results["text"]).text
    assert [line for line in text.splitlines() if line] == [f"Page number {n}" for n in range(1, 9)]
    searchable = httpx.get(results["pdf"])
    assert searchable.headers["content-type"] == "application/pdf"
    assert searchable.content.startswith(b"%PDF-")


def test_a_locked_pdf(url: str) -> None:
    files = {"image": ("a.pdf", locked(paper(2), "open sesame"))}
    closed = httpx.post(f"{url}/api/jobs", files=files, timeout=60).json()["job_id"]
    given = {"password": "open sesame", "pages": "2", "format": "text"}
    opened = httpx.post(f"{url}/api/jobs", files=files, data=given, timeout=60).json()["job_id"]
    error = ended(url, closed)["error"]
    assert isinstance(error, dict)
    assert error["code"] == "pdf_password_required"
    results = ended(url, opened)["results"]
    assert isinstance(results, dict)
    assert httpx.get(results["text"]).text.strip() == "Page number 2"


def test_a_damaged_picture_fails_with_its_reason(url: str) -> None:
    files = {"image": ("half.png", picture()[:500])}
    job_id = httpx.post(f"{url}/api/jobs", files=files, timeout=60).json()["job_id"]
    failed = ended(url, job_id)
    assert failed["state"] == "failed"
    error = failed["error"]
    assert isinstance(error, dict)
    assert error["code"] == "corrupt_image"
