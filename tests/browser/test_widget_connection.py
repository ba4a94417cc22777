"""The conversation stays whole and in order, whatever happens to the connection."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stub_service import StubService

VisitPage = Callable[..., Visit]


def test_an_ended_stream_is_opened_again_without_gaps_or_duplicates(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    service.say("Ennen katkosta")
    expect(customer.bubble("Ennen katkosta")).to_be_visible()
    service.replayed = 2
    service.end_streams()
    service.say("Katkoksen aikana")
    expect(customer.bubble("Katkoksen aikana")).to_be_visible()
    service.say("Katkoksen jälkeen")
    expect(customer.bubble("Katkoksen jälkeen")).to_be_visible()
    expect(customer.messages.locator(".bubble")).to_have_text(
        ["Hei! Olen Sector Alarmin chatbot.", "Ennen katkosta", "Katkoksen aikana", "Katkoksen jälkeen"]
    )
    assert service.count("GET", "/chat/v1/events") == 2


def test_messages_are_asked_for_where_streams_are_refused(visit: VisitPage, service: StubService) -> None:
    service.events_refused = True
    customer = visit()
    customer.expects_failed_requests = True
    customer.open()
    customer.say("Kuuluuko?")
    expect(customer.bubble("Vastaus: Kuuluuko?")).to_be_visible(timeout=10_000)
    service.conversation.typing = True
    expect(customer.page.locator("kk-chat .typing")).to_contain_text("Chatbot kirjoittaa")
    assert service.count("GET", "/chat/v1/messages") >= 1
    expect(customer.line).to_be_empty()


def test_messages_are_asked_for_where_a_proxy_holds_the_stream_back(visit: VisitPage, service: StubService) -> None:
    service.events_silent = True
    customer = visit()
    customer.open()
    customer.say("Kuuluuko?")
    expect(customer.bubble("Kuuluuko?")).to_have_attribute("data-status", "sent")
    expect(customer.bubble("Vastaus: Kuuluuko?")).to_be_visible(timeout=10_000)
    expect(customer.messages).to_have_count(3)


def test_a_conversation_that_the_service_no_longer_has_begins_anew(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.expects_failed_requests = True
    customer.open()
    customer.say("Vanha asia")
    expect(customer.messages).to_have_count(3)
    service.conversations.clear()
    service.end_streams()
    expect(customer.messages).to_have_count(1, timeout=10_000)
    customer.say("Uusi asia")
    expect(customer.messages.locator(".bubble")).to_have_text(
        ["Hei! Olen Sector Alarmin chatbot.", "Uusi asia", "Vastaus: Uusi asia"]
    )


def test_a_closed_panel_holds_no_stream_and_catches_up_when_opened(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    customer.page.keyboard.press("Escape")
    service.say("Sillä välin")
    customer.page.wait_for_timeout(300)
    expect(customer.messages).to_have_count(1)
    customer.launcher.click()
    expect(customer.bubble("Sillä välin")).to_be_visible()


def test_another_tab_sees_the_same_conversation(visit: VisitPage, service: StubService) -> None:
    customer = visit()
    customer.open()
    other = customer.context.new_page()
    other.goto(service.url + "/sv")
    other.locator("kk-chat .launcher").click()
    customer.say("Terve")
    expect(other.locator("kk-chat .message")).to_have_count(3)
    expect(customer.messages).to_have_count(3)
