"""A browser, a stub chat service, and a page that notices everything a careful site must not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.browser.stub_service import StubService

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
_left_out: list[str] = []


def leave_out(reason: str) -> None:
    """Skips the test and says so again at the end of the run; where CI is set, what is missing is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    _left_out.append(reason)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for reason in sorted(set(_left_out)):
        terminalreporter.write_line(f"WARNING: browser tests were left out: {reason}", red=True, bold=True)


@pytest.fixture(scope="module")  # its event loop would be in the way of asynchronous tests elsewhere
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        leave_out("no chromium on the path; install it to test the widget")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def service() -> Iterator[StubService]:
    stub = StubService()
    stub.start()
    yield stub
    stub.stop()


@dataclass
class Visit:
    """One customer on the demonstration page."""

    page: Page
    context: BrowserContext
    origin: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    expects_failed_requests: bool = False
    """Set where the test itself makes requests fail: the browser reports each on the console."""

    @property
    def launcher(self) -> Locator:
        return self.page.locator("kk-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("kk-chat .panel")

    @property
    def input(self) -> Locator:
        return self.page.locator("kk-chat textarea")

    @property
    def messages(self) -> Locator:
        return self.page.locator("kk-chat .message")

    @property
    def line(self) -> Locator:
        """The line about the connection."""
        return self.page.locator("kk-chat .line")

    def bubble(self, text: str) -> Locator:
        return self.messages.filter(has=self.page.get_by_text(text, exact=True))

    def open(self) -> None:
        self.launcher.click()
        self.messages.first.wait_for()

    def say(self, text: str) -> None:
        self.input.fill(text)
        self.input.press("Enter")

    def problems(self) -> list[str]:
        """What must be empty after every test."""
        failed_request = "Failed to load resource"
        errors = [one for one in self.errors if not (self.expects_failed_requests and failed_request in one)]
        return errors + [f"request to a third party: {url}" for url in self.foreign]


@pytest.fixture
def visit(browser: Browser, service: StubService) -> Iterator[Callable[..., Visit]]:
    """`visit("/fi", **context options)` opens a page; no visit may leave an error or ask a third party."""
    visits: list[Visit] = []

    def begin(path: str = "/fi", **options: Any) -> Visit:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(15_000)
        context.add_init_script(_REPORT_VIOLATIONS)
        page = context.new_page()
        one = Visit(page, context, service.url)
        page.on("console", lambda message: one.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: one.errors.append(str(error)))
        page.on("request", lambda request: _note_foreign(one, request.url))
        page.goto(service.url + path)
        visits.append(one)
        return one

    yield begin
    for one in visits:
        one.context.close()
    assert [problem for one in visits for problem in one.problems()] == []


def _note_foreign(visit: Visit, url: str) -> None:
    if not url.startswith((visit.origin, "data:")):
        visit.foreign.append(url)
