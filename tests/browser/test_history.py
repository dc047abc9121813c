"""History in this browser: only on request, bounded, cleared at once."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.invoice import Sheet
from tests.browser.service import Service
from tests.browser.visitor import Visitor

COUNT = """() => new Promise((resolve) => {
  const request = indexedDB.open("wenyun-history", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("entries",
    { keyPath: "id", autoIncrement: true });
  request.onsuccess = () => {
    const counting = request.result.transaction("entries").objectStore("entries").count();
    counting.onsuccess = () => { request.result.close(); resolve(counting.result); };
  };
})"""


def _entries(visitor: Visitor) -> Locator:
    return visitor.tab.locator(".history-list li")


def _keep(visitor: Visitor) -> None:
    visitor.tab.get_by_label("Keep a history in this browser").check()


def _read(visitor: Visitor, sheet: Sheet, name: str = "invoice.png") -> None:
    visitor.choose(sheet.png(), name)
    row = visitor.tab.locator("#queue .job").filter(has_text=name)
    expect(row).to_have_attribute("data-status", "done")


@pytest.fixture
def kept(visitor: Visitor, invoice: Sheet) -> Visitor:
    """A visitor who keeps a history, with one file in it."""
    _keep(visitor)
    _read(visitor, invoice)
    expect(_entries(visitor)).to_have_count(1)
    return visitor


def test_nothing_is_kept_unless_asked_for(visitor: Visitor, invoice: Sheet) -> None:
    _read(visitor, invoice)
    visitor.tab.wait_for_timeout(600)
    assert visitor.tab.evaluate(COUNT) == 0
    expect(_entries(visitor)).to_have_count(0)
    expect(visitor.tab.get_by_role("button", name="Clear history")).to_be_hidden()


def test_what_is_read_is_kept_and_outlives_the_page(kept: Visitor) -> None:
    kept.open()
    expect(kept.tab.get_by_label("Keep a history in this browser")).to_be_checked()
    expect(_entries(kept)).to_have_count(1)
    expect(_entries(kept).first).to_contain_text("invoice.png")
    expect(_entries(kept).first).to_contain_text("48 lines")
    expect(_entries(kept).first).to_contain_text("电子发票")


def test_an_entry_is_shown_again_without_asking_the_service(
    kept: Visitor, service: Service, invoice: Sheet
) -> None:
    kept.open()
    _entries(kept).first.locator(".history-open").click()
    kept.wait_for_lines(len(invoice.text))
    expect(kept.tab.locator("#viewer img").first).to_be_visible()
    assert len(service.posts) == 1
    expect(_entries(kept)).to_have_count(1)


def test_an_entry_can_be_read_again(kept: Visitor, service: Service, invoice: Sheet) -> None:
    kept.open()
    _entries(kept).first.locator(".history-open").click()
    kept.wait_for_lines(len(invoice.text))
    kept.tab.locator("#again").click()
    kept.wait_for_lines(len(invoice.text))
    assert [post.data for post in service.posts] == [invoice.png()] * 2


def test_turning_it_on_keeps_what_is_there_already(visitor: Visitor, invoice: Sheet) -> None:
    _read(visitor, invoice, "a.png")
    _read(visitor, invoice, "b.png")
    _keep(visitor)
    expect(_entries(visitor)).to_have_count(2)


def test_turning_it_off_keeps_no_more(kept: Visitor, invoice: Sheet) -> None:
    kept.tab.get_by_label("Keep a history in this browser").uncheck()
    _read(kept, invoice, "other.png")
    kept.tab.wait_for_timeout(600)
    assert kept.tab.evaluate(COUNT) == 1
    kept.open()
    expect(kept.tab.get_by_label("Keep a history in this browser")).not_to_be_checked()


def test_one_entry_is_removed(kept: Visitor, invoice: Sheet) -> None:
    _read(kept, invoice, "other.png")
    expect(_entries(kept)).to_have_count(2)
    kept.tab.get_by_role("button", name="Remove other.png from the history").click()
    expect(_entries(kept)).to_have_count(1)
    expect(_entries(kept).first).to_contain_text("invoice.png")


def test_clearing_asks_once_and_leaves_nothing(kept: Visitor) -> None:
    clear = kept.tab.locator("#history-clear")
    clear.click()
    expect(clear).to_have_text("Really clear all?")
    assert kept.tab.evaluate(COUNT) == 1
    kept.tab.locator("#choose").focus()
    expect(clear).to_have_text("Clear history")
    clear.click()
    clear.click()
    expect(_entries(kept)).to_have_count(0)
    assert kept.tab.evaluate(COUNT) == 0


def test_what_was_cleared_does_not_come_back(kept: Visitor, invoice: Sheet) -> None:
    for _ in range(2):
        kept.tab.locator("#history-clear").click()
    expect(_entries(kept)).to_have_count(0)
    _read(kept, invoice, "other.png")
    expect(_entries(kept)).to_have_count(1)
    expect(_entries(kept).first).to_contain_text("other.png")


def test_the_oldest_go_beyond_a_hundred(kept: Visitor) -> None:
    kept.tab.evaluate(
        """async () => {
          const { keepEntry } = await import("./js/history/shelf.js");
          const answer = { success: true, text: [], total_time: 0, pages: [] };
          for (let n = 0; n < 102; n += 1) {
            await keepEntry({ at: n, name: `${n}.png`, type: "", file: null, scale: 1,
              options: {}, answer, edits: [] });
          }
        }"""
    )
    assert kept.tab.evaluate(COUNT) == 100
    kept.open()
    expect(_entries(kept)).to_have_count(100)
    expect(_entries(kept).first).to_contain_text("101.png")
    expect(_entries(kept).filter(has_text="invoice.png")).to_have_count(0)


def test_large_files_are_kept_without_the_file(kept: Visitor) -> None:
    kept.tab.evaluate(
        """async () => {
          const { keepEntry } = await import("./js/history/shelf.js");
          const answer = { success: true, text: [], total_time: 0, pages: [] };
          const file = new Blob([new Uint8Array(11_000_000)]);
          await keepEntry({ at: 1, name: "large.pdf", type: "application/pdf", file, scale: 1,
            options: {}, answer, edits: [] });
        }"""
    )
    held = kept.tab.evaluate(
        """async () => {
          const { allEntries } = await import("./js/history/shelf.js");
          return (await allEntries()).map(({ name, file }) => [name, file?.size ?? null]);
        }"""
    )
    assert held[0] == ["large.pdf", None]
    assert held[1][1] is not None


def test_a_browser_that_keeps_nothing_says_so(visitor: Visitor, invoice: Sheet) -> None:
    visitor.tab.evaluate("() => { IDBFactory.prototype.open = () => { throw new Error('no'); } }")
    _keep(visitor)
    _read(visitor, invoice)
    expect(visitor.tab.get_by_text("no room for a history")).to_be_visible()
    assert visitor.complaints == []
