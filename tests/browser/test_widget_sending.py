"""What the customer writes is shown at once, stored once, and never silently lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stub_service import Failure, StubService

VisitPage = Callable[..., Visit]


def test_a_message_is_shown_before_the_service_has_it(visit: VisitPage, service: StubService) -> None:
    service.delay_s = 1
    customer = visit()
    customer.open()
    customer.say("Hei vaan")
    sent = customer.bubble("Hei vaan")
    expect(sent).to_have_attribute("data-status", "sending")
    expect(sent).to_contain_text("Lähetetään…")
    expect(sent).to_have_attribute("data-status", "stored")
    expect(sent).to_contain_text("Lähetetty")
    expect(customer.messages).to_have_count(3)


def test_a_message_written_while_the_conversation_opens_opens_no_second_one(
    visit: VisitPage, service: StubService
) -> None:
    service.open_delay_s = 1
    customer = visit()
    customer.launcher.click()
    customer.say("Nopea asia")
    expect(customer.bubble("Nopea asia")).to_have_attribute("data-status", "sending")
    expect(customer.messages.locator(".bubble")).to_have_text(
        ["Hei! Olen Sector Alarmin chatbot.", "Nopea asia", "Vastaus: Nopea asia"]
    )
    assert len(service.conversations) == 1


def test_a_failed_message_is_sent_again_under_the_same_id(visit: VisitPage, service: StubService) -> None:
    service.failures.append(Failure(503, fi="Viestiä ei voitu tallentaa juuri nyt."))
    customer = visit()
    customer.expects_failed_requests = True
    customer.open()
    customer.say("Tärkeä asia")
    sent = customer.bubble("Tärkeä asia")
    expect(sent).to_have_attribute("data-status", "failed")
    expect(sent).to_contain_text("Viestin lähettäminen ei onnistunut. Viestiä ei voitu tallentaa juuri nyt.")
    sent.get_by_role("button", name="Yrittäkää uudelleen").click()
    expect(sent).to_have_attribute("data-status", "stored")
    first, second = service.posted()
    assert first == second
    expect(customer.messages).to_have_count(3)


def test_a_message_whose_acknowledgement_was_lost_is_shown_and_answered_once(
    visit: VisitPage, service: StubService
) -> None:
    service.failures.append(Failure(503, stores_first=True))
    customer = visit()
    customer.expects_failed_requests = True
    customer.open()
    customer.say("Kuuluuko?")
    expect(customer.bubble("Vastaus: Kuuluuko?")).to_have_count(1)
    expect(customer.bubble("Kuuluuko?")).to_have_attribute("data-status", "stored")
    expect(customer.messages).to_have_count(3)


def test_too_fast_is_waited_out_without_a_word(visit: VisitPage, service: StubService) -> None:
    service.failures.append(Failure(429, "too_fast", headers={"Retry-After": "1"}))
    customer = visit()
    customer.expects_failed_requests = True
    customer.open()
    customer.say("Yksi")
    customer.say("Kaksi")
    expect(customer.bubble("Vastaus: Kaksi")).to_be_visible()
    assert [body["text"] for body in service.posted()] == ["Yksi", "Yksi", "Kaksi"]
    assert len({body["client_id"] for body in service.posted()}) == 2


def test_a_refusal_is_told_in_the_language_of_the_page_without_a_retry(visit: VisitPage, service: StubService) -> None:
    service.failures.append(Failure(422, "empty", fi="Viesti on tyhjä.", sv="Meddelandet är tomt."))
    customer = visit("/sv")
    customer.expects_failed_requests = True
    customer.open()
    customer.say("…")
    sent = customer.bubble("…")
    expect(sent).to_contain_text("Meddelandet kunde inte skickas. Meddelandet är tomt.")
    expect(sent.get_by_role("button")).to_have_count(0)


def test_what_was_written_offline_is_sent_when_the_network_is_back(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.expects_failed_requests = True
    customer.open()
    customer.context.set_offline(True)
    expect(customer.line).to_contain_text("Teillä ei ole verkkoyhteyttä.")
    customer.say("Junassa")
    expect(customer.bubble("Junassa")).to_have_attribute("data-status", "failed")
    customer.context.set_offline(False)
    expect(customer.bubble("Vastaus: Junassa")).to_be_visible()
    expect(customer.line).to_be_empty()
    expect(customer.messages).to_have_count(3)


def test_the_limit_is_told_before_it_and_kept_at_it(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    counter = customer.page.locator("kk-chat .counter")
    customer.input.fill("a" * 899)
    expect(counter).to_be_empty()
    customer.input.fill("a" * 999)
    expect(counter).to_have_text("1 merkki jäljellä")
    customer.input.fill("a" * 1003)
    expect(counter).to_have_text("Viesti on liian pitkä. Poistakaa 3 merkkiä.")
    customer.input.press("Enter")
    expect(customer.input).to_have_value("a" * 1003)
    customer.say("😀" * 1000)
    expect(customer.messages).to_have_count(3)
    assert [len(body["text"]) for body in service.posted()] == [1000]


def test_spaces_alone_are_not_sent(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    customer.say("  \n ")
    customer.page.locator("kk-chat .send").click(force=True)  # it says that it is disabled
    assert service.posted() == []
