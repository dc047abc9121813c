"""The page where it may live: under a stage's prefix, or apart from its API."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.desk import Desk
from tests.browser.invoice import Sheet
from tests.browser.service import Service
from tests.browser.visitor import Visitor
from wenyun.api.headers import PAGE_CSP, page_csp
from wenyun.settings import Settings

Start = Callable[[Service], Service]


def test_under_a_prefix(start: Start, visit: Visit, invoice: Sheet) -> None:
    service = start(Service(prefix="/Prod/", answer=invoice.answer()))
    visitor = visit(service).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    docs = visitor.tab.get_by_role("link", name="API")
    expect(docs).to_have_attribute("href", f"{service.url}api/docs")
    assert visitor.refusals == []


def _apart(start: Start, invoice: Sheet, slash: str) -> tuple[Service, Service]:
    api = start(Service(prefix="/stage/", answer=invoice.answer()))
    config = f'export const api = "{api.origin}/stage{slash}";'.encode()
    files = start(Service(prefix="/bucket/", files={"config.js": config}))
    return api, files


def test_apart_from_its_api(start: Start, visit: Visit, invoice: Sheet) -> None:
    api, files = _apart(start, invoice, "/")
    visitor = visit(files).open()
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("API key").fill("a key needs a preflight")
    visitor.pick("profile", "fast")
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert files.posts == []
    assert [post.fields for post in api.posts] == [{"profile": "fast"}]
    assert api.posts[0].headers["x-api-key"] == "a key needs a preflight"
    assert visitor.hosts == {
        api.origin.removeprefix("http://"),
        files.origin.removeprefix("http://"),
    }


def test_an_api_address_without_its_last_slash(start: Start, visit: Visit, invoice: Sheet) -> None:
    api, files = _apart(start, invoice, "")
    visitor = visit(files).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert len(api.posts) == 1


def _long_pdf(visitor: Visitor) -> None:
    visitor.choose(b"%PDF-1.7 " + bytes(2000), "long.pdf", "application/pdf")


def test_files_and_results_of_jobs_go_past_the_service(
    start: Start, visit: Visit, invoice: Sheet
) -> None:
    """As on AWS: a bucket of another host takes the file and gives the results."""
    desk = Desk(pages=1)
    bucket = start(Service(answer=invoice.answer(), desk=desk))
    desk.bucket = bucket.origin
    config = b'export const api = "%s";'
    limits = {"bytes": 1000, "pixels": 50_000_000}
    api = start(Service(answer=invoice.answer(), desk=desk, limits=limits, key="sesame"))
    files = start(Service(files={"config.js": config % api.origin.encode()}))
    visitor = visit(files).open()
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("API key").fill("sesame")
    _long_pdf(visitor)
    visitor.wait_for_lines(len(invoice.text))
    (job,) = desk.jobs.values()
    assert job.post is not None
    assert job.post.name == "long.pdf"
    assert "x-api-key" not in job.post.headers, "the key is none of the bucket's business"
    assert visitor.hosts == {one.origin.removeprefix("http://") for one in (api, files, bucket)}


def test_under_the_policy_that_the_service_sends(
    start: Start, visit: Visit, invoice: Sheet
) -> None:
    service = start(Service(answer=invoice.answer(), headers={"content-security-policy": PAGE_CSP}))
    visitor = visit(service).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    expect(visitor.tab.locator("#viewer img")).to_be_visible()
    assert visitor.refusals == []


def test_the_policy_of_a_deployment_lets_files_reach_its_bucket_alone(
    start: Start, visit: Visit, invoice: Sheet
) -> None:
    """The bucket's address is what `page_csp` makes of the settings; here it stands in for it."""
    deployed = page_csp(Settings(region="eu-west-1", upload_bucket="up", result_bucket="out"))
    desk = Desk(pages=1)
    bucket = start(Service(answer=invoice.answer(), desk=desk))
    desk.bucket = bucket.origin
    policy = deployed.replace("https://up.s3.eu-west-1.amazonaws.com", bucket.origin)
    limits = {"bytes": 1000, "pixels": 50_000_000}
    for header, state in ((policy, "done"), (deployed, "failed")):
        service = start(
            Service(
                answer=invoice.answer(),
                desk=desk,
                limits=limits,
                headers={"content-security-policy": header},
            )
        )
        visitor = visit(service).open()
        _long_pdf(visitor)
        expect(visitor.tab.locator("body")).to_have_attribute("data-state", state)
        assert any("connect-src" in said for said in visitor.complaints) == (state == "failed")
        visitor.complaints.clear()
