"""Someone who uses the page: a browser tab that notes everything suspicious."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, FilePayload, Locator, Page, Request, expect

from tests.browser.service import Service

PASTE = """async ([bytes, type]) => {
  const blob = new Blob([new Uint8Array(bytes)], { type });
  await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
}"""
HOLD = """([bytes, name, type]) => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(bytes)], name, { type }));
  return held;
}"""


@dataclass  # without slots: the browser's driver sets an attribute on it
class Visitor:
    """A tab at a service's page.

    `complaints` are console errors and uncaught exceptions; failed requests, which the browser
    also reports there, go to `refusals`. `hosts` are all the hosts that the tab asked, `asked`
    all the addresses.
    """

    tab: Page
    service: Service
    complaints: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", self._see)

    def open(self) -> "Visitor":
        """Load the page and wait until its options stand."""
        self.tab.goto(self.service.url)
        expect(self.tab.locator("#options-main fieldset")).not_to_have_count(0, timeout=20_000)
        return self

    def choose(self, data: bytes, name: str = "invoice.png", kind: str = "image/png") -> None:
        """Choose a file through the file dialog's input."""
        self.tab.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})

    def choose_all(self, files: Sequence[tuple[bytes, str, str]]) -> None:
        """Choose several files at once, each (bytes, name, media type)."""
        held: list[FilePayload] = [
            {"name": name, "mimeType": kind, "buffer": data} for data, name, kind in files
        ]
        self.tab.set_input_files("#file", held)

    def pick(self, option: str, value: str) -> None:
        """Click one of an option's choices."""
        self.tab.locator(f"label:has([name={option}][value={value}])").click()

    def drop(self, data: bytes, name: str = "dropped.png", kind: str = "image/png") -> None:
        """Drag a file over the page and let go."""
        held = self.tab.evaluate_handle(HOLD, [list(data), name, kind])
        for event in ("dragover", "drop"):
            self.tab.dispatch_event("body", event, {"dataTransfer": held})

    def paste(self, data: bytes) -> None:
        """Put a PNG on the real clipboard and press the keys."""
        self.tab.evaluate(PASTE, [list(data), "image/png"])
        self.tab.keyboard.press("Control+v")

    def clipboard(self) -> str:
        """The text on the clipboard."""
        return str(self.tab.evaluate("navigator.clipboard.readText()"))

    @property
    def rows(self) -> Locator:
        """The lines of the list."""
        return self.tab.locator("#lines .line")

    @property
    def boxes(self) -> Locator:
        """The boxes over the picture."""
        return self.tab.locator("#frame polygon")

    def correct(self, row: int, text: str) -> None:
        """Put a line's text right in its place."""
        self.rows.nth(row).locator(".line-text").dblclick()
        field = self.tab.locator(".line-field")
        field.fill(text)
        field.press("Enter")

    def wait_for_lines(self, count: int) -> None:
        """Wait until the answer is shown with so many lines."""
        expect(self.tab.locator("body")).to_have_attribute("data-state", "done")
        expect(self.rows).to_have_count(count)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        refused = message.text.startswith("Failed to load resource")
        (self.refusals if refused else self.complaints).append(message.text)

    def _see(self, request: Request) -> None:
        if not request.url.startswith(("blob:", "data:")):
            self.hosts.add(urlsplit(request.url).netloc)
            self.asked.append(request.url)
