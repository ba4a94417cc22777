"""The button, the panel, and what is asked of the service when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stub_service import GREETING, StubService

VisitPage = Callable[..., Visit]

WORDS = {
    "fi": ("Keskustele kanssamme", "Teille vastaa chatbot", "Älkää kirjoittako henkilötunnusta", "Sulje keskustelu"),
    "sv": ("Chatta med oss", "En chattbot svarar er", "Skriv inte personbeteckning", "Stäng chatten"),
}


def test_nothing_is_asked_and_no_cookie_is_set_before_the_button_is_pressed(
    visit: VisitPage, service: StubService
) -> None:
    customer = visit()
    expect(customer.launcher).to_be_visible()
    customer.page.wait_for_timeout(300)
    assert service.requests == []
    assert customer.context.cookies() == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_it_opens_in_the_language_of_the_page(visit: VisitPage, service: StubService, language: str) -> None:
    label, hint, privacy, close = WORDS[language]
    customer = visit(f"/{language}")
    expect(customer.launcher).to_have_text(label)
    customer.open()
    expect(customer.page.get_by_role("dialog", name=label)).to_be_visible()
    for words in (hint, privacy, GREETING[language]):
        expect(customer.panel).to_contain_text(words)
    expect(customer.page.get_by_role("button", name=close)).to_be_visible()
    expect(customer.messages.first).to_have_attribute("lang", language)
    customer.say("Hei")
    expect(customer.messages).to_have_count(3)
    assert {body["page_language"] for _, _, body in service.requests if body} == {language}


@pytest.mark.parametrize(
    ("lang", "label"), [("sv-FI", "Chatta med oss"), ("en", "Keskustele kanssamme"), ("", "Keskustele kanssamme")]
)
def test_a_page_in_neither_language_gets_finnish(visit: VisitPage, lang: str, label: str) -> None:
    customer = visit()
    customer.page.evaluate(
        """(lang) => {
            document.documentElement.lang = lang;
            document.querySelector("kk-chat").replaceWith(document.createElement("kk-chat"));
        }""",
        lang,
    )
    expect(customer.launcher).to_have_text(label)


def test_the_conversation_and_the_open_panel_come_back_after_a_reload(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    customer.say("Miten saan Bonusta?")
    expect(customer.messages).to_have_count(3)
    customer.page.reload()
    expect(customer.panel).to_be_visible()
    expect(customer.messages).to_have_count(3)
    expect(customer.bubble("Miten saan Bonusta?")).to_have_count(1)
    assert customer.page.evaluate("document.activeElement.localName") == "body", "a reload must not take the focus"
    assert len(service.conversations) == 1


def test_a_closed_panel_stays_closed_after_a_reload(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    customer.launcher.click()
    expect(customer.panel).to_be_hidden()
    asked = len(service.requests)
    customer.page.reload()
    expect(customer.launcher).to_be_visible()
    expect(customer.panel).to_be_hidden()
    assert len(service.requests) == asked


def test_the_page_may_carry_the_element_itself(visit: VisitPage) -> None:
    customer = visit()
    customer.page.evaluate(
        """() => {
            const script = document.createElement("script");
            // A second load, as from a page that includes the script twice.
            const policy = trustedTypes.createPolicy("test", { createScriptURL: (url) => url });
            script.src = policy.createScriptURL("/widget/widget.js?again");
            return new Promise((loaded) => { script.onload = loaded; document.body.append(script); });
        }"""
    )
    expect(customer.page.locator("kk-chat")).to_have_count(1)


def test_a_service_that_cannot_be_reached_is_told_and_found_again(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.expects_failed_requests = True
    customer.page.route("**/chat/v1/conversation", lambda route: route.abort())
    customer.launcher.click()
    expect(customer.line).to_have_text("Yhteys katkesi. Yhdistämme uudelleen…")
    customer.page.unroute("**/chat/v1/conversation")
    expect(customer.messages).to_have_count(1)
    expect(customer.line).to_be_empty()
