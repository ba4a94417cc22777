"""Everything can be done without a mouse."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stub_service import StubService

VisitPage = Callable[..., Visit]

FOCUSED = "document.querySelector('kk-chat').shadowRoot.activeElement?.className ?? ''"


def _tab_to(customer: Visit, name: str, key: str = "Tab") -> None:
    for _ in range(40):
        if name in customer.page.evaluate(FOCUSED).split():
            return
        customer.page.keyboard.press(key)
    raise AssertionError(f"{key} never reached {name}")


def test_a_whole_conversation_by_keyboard(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    keyboard = customer.page.keyboard
    _tab_to(customer, "launcher")
    keyboard.press("Enter")
    expect(customer.input).to_be_focused()
    keyboard.type("Ensimmäinen rivi")
    keyboard.press("Shift+Enter")
    keyboard.type("toinen rivi")
    keyboard.press("Enter")
    expect(customer.messages).to_have_count(3)
    assert service.posted()[0]["text"] == "Ensimmäinen rivi\ntoinen rivi"
    expect(customer.input).to_have_value("")
    expect(customer.input).to_be_focused()

    service.say("Mitä tarkoitatte?", titles=["Laskutusta", "Muuttoa"])
    expect(customer.page.get_by_role("button", name="Muuttoa")).to_be_visible()
    _tab_to(customer, "choice", "Shift+Tab")
    expect(customer.page.get_by_role("button", name="Muuttoa")).to_be_focused()
    keyboard.press("Enter")
    expect(customer.page.locator("kk-chat .record")).to_be_focused()
    expect(customer.bubble("Vastaus: Muuttoa")).to_be_visible()
    _tab_to(customer, "input")

    keyboard.press("Escape")
    expect(customer.panel).to_be_hidden()
    expect(customer.launcher).to_be_focused()
    expect(customer.launcher).to_have_attribute("aria-expanded", "false")


def test_the_messages_can_be_scrolled_by_keyboard(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    for number in range(12):
        service.say(f"Pitkä vastaus {number}.\n\nJatkuu.")
    expect(customer.messages).to_have_count(13)
    _tab_to(customer, "log", "Shift+Tab")
    before = customer.page.locator("kk-chat .log").evaluate("(log) => log.scrollTop")
    customer.page.keyboard.press("Home")
    customer.page.wait_for_function(
        "(before) => document.querySelector('kk-chat').shadowRoot.querySelector('.log').scrollTop < before", arg=before
    )


def test_full_screen_keeps_the_focus_inside(visit: VisitPage) -> None:
    customer = visit(viewport={"width": 375, "height": 667})
    customer.open()
    expect(customer.panel).to_have_attribute("aria-modal", "true")
    for key in ["Tab"] * 8 + ["Shift+Tab"] * 8:
        customer.page.keyboard.press(key)
        assert customer.page.evaluate(FOCUSED) not in ("", "launcher")
