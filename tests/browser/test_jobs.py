"""Long documents and large files as jobs: announced, uploaded, watched, fetched, withdrawn."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.desk import Desk
from tests.browser.invoice import Sheet, pdf_answer
from tests.browser.service import Service
from tests.browser.visitor import Visitor
from tests.papers.raw import HELVETICA, Raw, helvetica
from wenyun.errors import KINDS

Start = Callable[[Service], Service]


def _pdf(pages: int) -> bytes:
    pdf = Raw()
    for page in range(pages):
        pdf.page(helvetica([(60, 760, f"Page {page + 1}")]), resources=HELVETICA)
    return pdf.build()


def _tiff(pages: int) -> bytes:
    out = io.BytesIO()
    first, *rest = (Image.new("L", (60, 40), 255) for _ in range(pages))
    first.save(out, "TIFF", save_all=True, append_images=rest)
    return out.getvalue()


@pytest.fixture
def desk() -> Desk:
    return Desk(pages=7)


@pytest.fixture
def service(start: Start, desk: Desk) -> Service:
    return start(Service(answer=pdf_answer(7), desk=desk))


def _choose(visitor: Visitor, data: bytes, name: str = "report.pdf") -> None:
    visitor.choose(data, name, "application/pdf" if name.endswith("pdf") else "image/tiff")


def _expect_state(visitor: Visitor, words: str) -> None:
    expect(visitor.tab.locator(".job .job-state").first).to_contain_text(words)


def test_a_long_pdf_goes_as_a_job_and_its_lines_come_back(
    visitor: Visitor, service: Service, desk: Desk
) -> None:
    data = _pdf(7)
    visitor.pick("lang", "en")
    _choose(visitor, data)
    visitor.wait_for_lines(14)
    [job] = desk.jobs.values()
    assert job.told == {
        "name": "report.pdf",
        "type": "application/pdf",
        "size": len(data),
        "options": {"lang": "en"},
    }
    assert job.post is not None
    assert job.post.data == data
    assert job.post.order[-1] == "file"
    assert service.posts == []
    assert desk.withdrawn == []
    assert visitor.complaints == []


def test_its_progress_is_shown_page_by_page(visitor: Visitor, desk: Desk) -> None:
    desk.stop_at = 3
    _choose(visitor, _pdf(7))
    _expect_state(visitor, "3 of 7 pages")
    files = visitor.tab.get_by_role("region", name="Files", exact=True)
    bar = files.get_by_role("progressbar", name="Progress of report.pdf")
    assert bar.evaluate("one => one.value") == pytest.approx(3 / 7)
    expect(visitor.tab.locator("body")).to_have_attribute("data-state", "busy")
    desk.let_run(5)
    _expect_state(visitor, "5 of 7 pages")
    desk.let_run()
    visitor.wait_for_lines(14)
    expect(visitor.tab.get_by_role("progressbar")).to_have_count(0)


def test_a_short_pdf_needs_no_job(visitor: Visitor, service: Service, desk: Desk) -> None:
    service.answer = pdf_answer(2)
    _choose(visitor, _pdf(2))
    visitor.wait_for_lines(4)
    assert [post.name for post in service.posts] == ["report.pdf"]
    assert desk.jobs == {}


def test_a_pdf_whose_pages_cannot_be_counted_is_a_job(
    visitor: Visitor, service: Service, desk: Desk
) -> None:
    _choose(visitor, b"%PDF-1.7 with object streams")
    visitor.wait_for_lines(14)
    assert len(desk.jobs) == 1
    assert service.posts == []


@pytest.mark.parametrize(("pages", "jobs"), [(2, 0), (6, 1)])
def test_the_pages_of_a_tiff_are_counted(
    visitor: Visitor, desk: Desk, pages: int, jobs: int
) -> None:
    _choose(visitor, _tiff(pages), "fax.tiff")
    visitor.wait_for_lines(14)
    assert len(desk.jobs) == jobs
    for job in desk.jobs.values():
        assert job.told["options"] == {"format": "json,text,pdf"}


def test_a_document_with_more_pages_than_it_showed_becomes_a_job(
    visitor: Visitor, service: Service, desk: Desk
) -> None:
    kind = KINDS["too_many_pages"]
    answer = service.answer
    service.fail(kind.status, "too_many_pages", kind.message, kind.message_zh)
    service.by_name["report.pdf"] = (413, service.answer)
    _choose(visitor, _pdf(2))
    expect(visitor.tab.locator(".job")).to_have_attribute("data-status", "reading")
    service.by_name["report.pdf"] = (200, answer)
    visitor.wait_for_lines(14)
    assert len(service.posts) == 1
    assert len(desk.jobs) == 1


def test_where_there_are_no_jobs_a_long_document_is_refused_in_words(
    start: Start, visit: Visit
) -> None:
    kind = KINDS["too_many_pages"]
    service = start(Service())
    service.fail(kind.status, "too_many_pages", kind.message, kind.message_zh)
    visitor = visit(service).open()
    _choose(visitor, _pdf(7))
    alert = visitor.tab.get_by_role("alert")
    expect(alert).to_contain_text(kind.message)
    expect(alert).to_contain_text("fewer pages")
    assert len(service.posts) == 1


def test_stopping_a_job_withdraws_it(visitor: Visitor, desk: Desk) -> None:
    desk.stop_at = 3
    _choose(visitor, _pdf(7))
    _expect_state(visitor, "3 of 7 pages")
    [job_id] = desk.jobs
    visitor.tab.get_by_role("button", name="Stop report.pdf").click()
    _expect_state(visitor, "Stopped")
    _wait_for(visitor, lambda: job_id in desk.withdrawn)
    desk.let_run()
    visitor.tab.get_by_role("button", name="Read report.pdf again").click()
    visitor.wait_for_lines(14)


def test_removing_a_read_document_lets_the_service_forget_it(visitor: Visitor, desk: Desk) -> None:
    _choose(visitor, _pdf(7))
    visitor.wait_for_lines(14)
    [job_id] = desk.jobs
    visitor.tab.get_by_role("button", name="Remove report.pdf").click()
    _wait_for(visitor, lambda: job_id in desk.withdrawn)


def test_a_job_that_fails_says_why(visitor: Visitor, desk: Desk) -> None:
    desk.error = {
        "code": "pdf_password_required",
        "message": "The PDF needs a password.",
        "message_zh": "PDF 需要密码。",
    }
    _choose(visitor, _pdf(7))
    alert = visitor.tab.get_by_role("alert")
    expect(alert).to_contain_text("The PDF needs a password.")
    expect(alert).to_contain_text("Write the password")
    visitor.tab.locator("[data-lang=zh]").click()
    expect(alert).to_contain_text("PDF 需要密码。")
    _expect_state(visitor, "PDF 需要密码。")


def test_an_upload_that_the_bucket_refuses(visitor: Visitor, desk: Desk) -> None:
    visitor.tab.route("**/bucket/*", lambda route: route.fulfill(status=403, body="<Error/>"))
    _choose(visitor, _pdf(7))
    expect(visitor.tab.get_by_role("alert")).to_contain_text("could not be uploaded (HTTP 403)")
    _wait_for(visitor, lambda: len(desk.withdrawn) == 1)


def test_a_bucket_of_another_host(start: Start, visit: Visit, desk: Desk) -> None:
    bucket = start(Service(answer=pdf_answer(7), desk=desk))
    desk.bucket = bucket.origin
    service = start(Service(answer=pdf_answer(7), desk=desk, key="sesame"))
    visitor = visit(service).open()
    visitor.tab.locator("#more summary").click()
    visitor.tab.get_by_label("API key").fill("sesame")
    _choose(visitor, _pdf(7))
    visitor.wait_for_lines(14)
    [job] = desk.jobs.values()
    assert job.post is not None
    assert "x-api-key" not in job.post.headers, "the key goes to the service alone"


def test_a_network_that_is_gone_for_a_moment_ends_no_job(visitor: Visitor, desk: Desk) -> None:
    desk.streams = False
    desk.stop_at = 1
    _choose(visitor, _pdf(7))
    _expect_state(visitor, "1 of 7 pages")
    vain: list[str] = []

    def fail(route: Route) -> None:
        vain.append(route.request.url)
        route.abort() if len(vain) < 3 else route.continue_()

    visitor.tab.route("**/api/jobs/*", fail)
    _wait_for(visitor, lambda: len(vain) >= 3)
    desk.pages = 1
    desk.let_run()
    visitor.wait_for_lines(14)
    assert desk.withdrawn == []


def test_a_stream_that_breaks_off_is_taken_up_again(visitor: Visitor, desk: Desk) -> None:
    told = b'event: progress\ndata: {"state": "running", "pages_done": 2, "pages_total": 7}\n\nda'
    broken: list[str] = []

    def fail(route: Route) -> None:
        broken.append(route.request.headers["accept"])
        if len(broken) > 1:
            return route.continue_()
        return route.fulfill(status=200, content_type="text/event-stream", body=told)

    visitor.tab.route("**/api/jobs/*", fail)
    _choose(visitor, _pdf(7))
    visitor.wait_for_lines(14)
    assert broken == ["text/event-stream"] * 2
    assert desk.withdrawn == []


def test_a_job_that_somebody_else_withdrew(visitor: Visitor, desk: Desk) -> None:
    desk.stop_at = 2
    _choose(visitor, _pdf(7))
    _expect_state(visitor, "2 of 7 pages")
    desk.withdraw(next(iter(desk.jobs)))
    alert = visitor.tab.get_by_role("alert")
    expect(alert).to_contain_text("removed or has expired")


def test_a_fourth_document_waits_and_can_be_stopped(visitor: Visitor, desk: Desk) -> None:
    desk.stop_at = 2
    visitor.choose_all([(_pdf(7), f"{n}.pdf", "application/pdf") for n in range(4)])
    expect(visitor.tab.locator(".job").filter(has_text="2 of 7")).to_have_count(3)
    expect(visitor.tab.locator(".job").filter(has_text="Waiting for its turn")).to_have_count(1)
    assert len(desk.jobs) == 3
    visitor.tab.locator(".job").filter(has_text="Waiting").locator(".job-act").click()
    expect(visitor.tab.locator(".job").filter(has_text="Stopped")).to_have_count(1)
    desk.let_run()
    expect(visitor.tab.locator(".job[data-status=done]")).to_have_count(3)
    assert len(desk.jobs) == 3


def test_pictures_are_read_while_a_document_is(
    visitor: Visitor, service: Service, desk: Desk, invoice: Sheet
) -> None:
    desk.stop_at = 3
    for number in range(3):
        _choose(visitor, _pdf(7), f"{number}.pdf")
    expect(visitor.tab.locator(".job").filter(has_text="3 of 7")).to_have_count(3)
    visitor.choose(invoice.png(), "photo.png")
    expect(visitor.tab.locator(".job").filter(has_text="photo.png")).to_have_attribute(
        "data-status", "done"
    )
    desk.let_run()
    expect(visitor.tab.locator(".job[data-status=done]")).to_have_count(4)


def test_a_photo_that_would_lose_too_much_goes_whole(
    visitor: Visitor, service: Service, desk: Desk, invoice: Sheet
) -> None:
    service.limits = {"bytes": 9_000, "pixels": 50_000_000}
    visitor.open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(14)
    [job] = desk.jobs.values()
    assert job.post is not None
    assert job.post.data == invoice.png()


def test_a_file_that_not_even_a_job_takes_is_not_sent(
    start: Start, visit: Visit, desk: Desk
) -> None:
    service = start(Service(desk=desk))
    offer = service.options()
    offer["limits"] |= {"bytes": 1000, "job_bytes": 2_000_000}
    service.offer = offer
    visitor = visit(service).open()
    _choose(visitor, b"%PDF-1.7" + bytes(2_100_000))
    alert = visitor.tab.get_by_role("alert")
    expect(alert).to_contain_text("The file has 2.2 MB; this service takes 2 MB.")
    expect(alert).to_contain_text("Split the document")
    assert (desk.jobs, service.posts) == ({}, [])


def _wait_for(visitor: Visitor, met: Callable[[], bool]) -> None:
    for _ in range(200):
        if met():
            return
        visitor.tab.wait_for_timeout(25)
    pytest.fail("it never came about")
