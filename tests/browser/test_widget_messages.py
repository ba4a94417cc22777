"""How a message is shown: as text, in its language, with safe links and buttons that become a record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stub_service import Failure, StubService

VisitPage = Callable[..., Visit]

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)"> <b>lihava</b> javascript:alert(1)'

LINKS = [
    ("Lue https://www.sectoralarm.fi/asiakaspalvelu.", ["https://www.sectoralarm.fi/asiakaspalvelu"]),
    ("Chatti (www.sectoralarm.fi/asiakaspalvelu)", ["https://www.sectoralarm.fi/asiakaspalvelu"]),
    ("https://example.fi/a_(b)?c=1&d=2!", ["https://example.fi/a_(b)?c=1&d=2"]),
    ("Kirjoittakaa asiakaspalvelu@sectoralarm.fi.", ["mailto:asiakaspalvelu@sectoralarm.fi"]),
    ("Soittakaa 0207 345 000 (0,088 €/min).", ["tel:0207345000"]),
    ("p. 010 76 5858 tai +358 207 345 000", ["tel:010765858", "tel:+358207345000"]),
    ("Soittakaa hätänumeroon 112.", ["tel:112"]),
    ("Ring nödnumret 112 genast.", ["tel:112"]),
    ("Laskussa 112 € ja 112 kohtaa", []),
    ("Irtisanomisaika 17.12.2026–16.3.2027, 01.02.2027, 0,088 €/min, klo 8–18", []),
    ("http://example.fi javascript:alert(1) data:text/html,x ftp://example.fi", []),
    ("https://sectoralarm.fi@example.com https:// https://user:pass@example.com", []),
]


@pytest.mark.parametrize(("text", "targets"), LINKS)
def test_only_safe_addresses_and_numbers_become_links(
    visit: VisitPage, service: StubService, text: str, targets: list[str]
) -> None:
    customer = visit()
    customer.open()
    service.say(text)
    expect(customer.messages).to_have_count(2)
    links = customer.messages.last.locator("a")
    assert links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))") == targets
    for link in links.all():
        if (link.get_attribute("href") or "").startswith("https:"):
            expect(link).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("sender", ["user", "bot", "agent", "system"])
def test_markup_is_shown_as_text(visit: VisitPage, service: StubService, sender: str) -> None:
    customer = visit()
    customer.open()
    service.say(HOSTILE, sender=sender, titles=[] if sender == "user" else ["<i>nappi</i>"])
    expect(customer.messages.last.locator(".bubble")).to_have_text(HOSTILE)
    expect(customer.messages.last.locator("script, img, b, i")).to_have_count(0)


def test_what_the_customer_types_is_shown_as_text(visit: VisitPage) -> None:
    customer = visit()
    customer.open()
    customer.say(HOSTILE)
    expect(customer.bubble(HOSTILE)).to_be_visible()
    expect(customer.bubble(f"Vastaus: {HOSTILE}")).to_be_visible()


def test_blank_lines_part_paragraphs_and_a_message_has_its_own_language(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    service.say("Första stycket.\n\nAndra stycket,\nsamma stycke.", language="sv")
    expect(customer.messages.last.locator("p")).to_have_text(["Första stycket.", "Andra stycket,\nsamma stycke."])
    expect(customer.messages.last).to_have_attribute("lang", "sv")
    expect(customer.messages.last.locator(".speaker")).to_have_attribute("lang", "fi")


def test_the_log_reads_whole_new_messages_and_not_the_history(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    log = customer.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    customer.page.evaluate(
        """() => {
            const log = document.querySelector("kk-chat").shadowRoot.querySelector("[role=log]");
            window.added = [];
            new MutationObserver((changes) => {
                for (const { target, addedNodes } of changes) {
                    const spoken = [...addedNodes].filter((node) => node.ariaLive !== "off");
                    if (target.closest("[aria-live=off]")) continue;
                    window.added.push(...spoken.map((node) => node.textContent));
                }
            }).observe(log, { childList: true, subtree: true });
        }"""
    )
    customer.say("Hei")
    expect(customer.messages).to_have_count(3)
    expect(customer.bubble("Hei")).to_have_attribute("data-status", "stored")
    assert customer.page.evaluate("window.added") == ["Te:HeiLähetetään…", "Chatbot:Vastaus: Hei"]
    customer.page.reload()
    expect(customer.messages).to_have_count(3)
    expect(log).to_have_attribute("aria-live", "off")
    expect(log).to_have_attribute("aria-live", "polite")


def test_buttons_become_a_record_of_what_was_chosen(visit: VisitPage, service: StubService) -> None:
    service.delay_s = 0.5
    customer = visit()
    customer.open()
    service.say("Mitä asia koskee?", titles=["Laskua", "Muuttoa", "Jotain muuta"])
    customer.page.get_by_role("button", name="Muuttoa").click()
    record = customer.page.locator("kk-chat .record")
    expect(record.get_by_role("listitem")).to_have_text(["Laskua", "Valitsitte: Muuttoa", "Jotain muuta"])
    expect(customer.page.locator("kk-chat button.choice")).to_have_count(0)
    expect(customer.bubble("Muuttoa").last).to_have_attribute("data-status", "stored")
    (body,) = service.posted()
    assert body["choice"] == service.conversation.messages[1]["buttons"][1]["id"]
    assert "text" not in body
    expect(customer.messages).to_have_count(4)
    customer.page.reload()
    expect(record.get_by_role("listitem")).to_have_text(["Laskua", "Valitsitte: Muuttoa", "Jotain muuta"])


def test_a_refused_choice_gives_the_buttons_back(visit: VisitPage, service: StubService) -> None:
    service.failures.append(Failure(409, "unknown_choice", fi="Valinta ei ole enää voimassa."))
    customer = visit()
    customer.expects_failed_requests = True
    customer.open()
    service.say("Mitä asia koskee?", titles=["Laskua", "Muuttoa"])
    customer.page.get_by_role("button", name="Laskua").click()
    expect(customer.messages.last).to_contain_text("Valinta ei ole enää voimassa.")
    expect(customer.page.locator("kk-chat button.choice")).to_have_count(2)


def test_the_typing_sign_comes_and_goes(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    typing = customer.page.locator("kk-chat .typing")
    service.conversation.typing = True
    expect(typing).to_have_text("Chatbot kirjoittaa")
    expect(typing.locator(".dots")).to_be_visible()
    service.conversation.typing = False
    expect(typing).to_be_empty()
