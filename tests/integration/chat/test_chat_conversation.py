"""What a customer writes is stored once, answered once, in order."""

import asyncio
import uuid

import pytest

from bot.core.opening_hours import describe
from tests.integration.chat.chat_harness import WEEK, ChatService, Customer, FakeRasa, turn

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("language", "text", "titles"),
    [
        ("fi", f"Hei! {describe(WEEK, 'fi')}. Soittakaa 0207 345 000.", ["Laskut", "Bonus fi"]),
        ("sv", f"Hej! {describe(WEEK, 'sv')}. Ring 0207 345 000.", ["Fakturor", "Bonus sv"]),
    ],
    ids=["fi", "sv"],
)
async def test_a_conversation_begins_with_the_greeting_in_the_pages_language(
    customer: Customer, language: str, text: str, titles: list[str]
) -> None:
    customer.language = language
    (greeting,) = await customer.open()
    assert (greeting["seq"], greeting["from"], greeting["answer"]) == (1, "bot", "greet")
    assert (greeting["text"], greeting["language"]) == (text, language)
    assert [(button["title"], button["chosen"]) for button in greeting["buttons"]] == [(t, False) for t in titles]


async def test_opening_again_goes_on_with_the_same_conversation(customer: Customer) -> None:
    await customer.open()
    await customer.say("Hei")
    await customer.settled()
    assert [message["seq"] for message in await customer.open()] == [1, 2, 3]


async def test_a_message_is_answered_with_the_answer_id_language_and_card_of_the_turn(
    customer: Customer, rasa: FakeRasa
) -> None:
    rasa.script["Hur får jag Bonus?"] = turn("Så här.", language="sv", card={"type": "contact"}) | {"language": "sv"}
    await customer.open()
    assert await customer.say("Hur får jag Bonus?") == 2
    _, question, answer = await customer.settled()
    assert (question["from"], question["text"], question["answer"]) == ("user", "Hur får jag Bonus?", None)
    assert question["language"] == "sv"
    assert (answer["from"], answer["text"], answer["language"]) == ("bot", "Så här.", "sv")
    assert (answer["answer"], answer["card"]) == ("bonus/how_to_get", {"type": "contact"})


async def test_a_message_without_a_conversation_opens_one(customer: Customer) -> None:
    assert await customer.say("Hei") == 2
    assert await customer.texts() == ["Hei", "Vastaus: Hei"]


async def test_the_private_turn_carries_the_ids_and_the_language_of_the_page(
    customer: Customer, rasa: FakeRasa
) -> None:
    customer.language = "sv"
    await customer.say("Hej")
    await customer.say("Hej igen")
    await customer.settled()
    first, second = rasa.turns
    assert set(first) == {"conversation", "message_id", "text", "answer", "page_language"}
    assert (first["text"], first["answer"], first["page_language"]) == ("Hej", None, "sv")
    assert first["conversation"] == second["conversation"]
    assert first["message_id"] != second["message_id"]


async def test_the_same_message_sent_five_times_at_once_is_one_message_and_one_turn(
    customer: Customer, rasa: FakeRasa
) -> None:
    await customer.open()
    client_id = str(uuid.uuid4())
    responses = await asyncio.gather(*(customer.send("Hei", client_id=client_id) for _ in range(5)))
    assert {(response.status_code, response.json()["seq"]) for response in responses} == {(202, 2)}
    assert await customer.texts() == ["Hei", "Vastaus: Hei"]
    assert (await customer.send("Hei taas", client_id=client_id.upper())).json() == {"seq": 2}
    assert rasa.texts == ["Hei"]


async def test_two_customers_may_use_the_same_client_id(chat: ChatService) -> None:
    client_id = str(uuid.uuid4())
    async with chat.customer() as first, chat.customer() as second:
        await first.send("yksi", client_id=client_id)
        await second.send("kaksi", client_id=client_id)
        assert await first.texts() == ["yksi", "Vastaus: yksi"]
        assert await second.texts() == ["kaksi", "Vastaus: kaksi"]


async def test_one_conversation_is_answered_in_order_one_turn_at_a_time(customer: Customer, rasa: FakeRasa) -> None:
    rasa.delay = 0.01
    await customer.open()
    said = [f"viesti {number}" for number in range(20)]
    for text in said:
        await customer.say(text)
    assert [text for text in await customer.texts() if text.startswith("Vastaus")] == [f"Vastaus: {t}" for t in said]
    assert rasa.texts == said
    assert rasa.most_at_once == 1
    assert [message["seq"] for message in await customer.messages()] == list(range(1, 42))


async def test_different_conversations_are_answered_side_by_side(chat: ChatService, rasa: FakeRasa) -> None:
    rasa.delay = 0.2
    async with chat.customer() as a, chat.customer() as b, chat.customer() as c:
        for customer in (a, b, c):
            await customer.open()
        await asyncio.gather(*(customer.say("Hei") for customer in (a, b, c)))
        await asyncio.gather(*(customer.settled() for customer in (a, b, c)))
    assert rasa.most_at_once == 3


async def test_a_typed_command_reaches_rasa_as_text(customer: Customer, rasa: FakeRasa) -> None:
    typed = ["/restart", '/greet{"slot": "x"}', "\uff0fsession_start", "\u00a0\u200b/back"]
    for text in typed:
        await customer.say(text)
    await customer.settled()
    assert rasa.texts == ["/restart", '/greet{"slot": "x"}', "\uff0fsession_start", "/back"]


async def test_a_pressed_button_becomes_a_message_and_passes_its_answer_id(customer: Customer, rasa: FakeRasa) -> None:
    (greeting,) = await customer.open()
    button = greeting["buttons"][1]
    assert (await customer.send(choice=button["id"])).status_code == 202
    greeting, pressed, _ = await customer.settled()
    assert (pressed["from"], pressed["text"]) == ("user", "Bonus fi")
    assert [(turn["text"], turn["answer"]) for turn in rasa.turns] == [("Bonus fi", "bonus/how_to_get")]
    assert [offered["chosen"] for offered in greeting["buttons"]] == [False, True]


async def test_buttons_of_an_answer_show_only_an_opaque_id(customer: Customer, rasa: FakeRasa) -> None:
    rasa.script["Hei"] = turn("Mitä?", buttons=[{"title": "Laskut", "answer": "billing/where_and_how"}])
    await customer.say("Hei")
    (button,) = (await customer.settled())[-1]["buttons"]
    assert (button["title"], button["chosen"]) == ("Laskut", False)
    assert "billing" not in button["id"]
    assert len(button["id"]) == 32
    await customer.send(choice=button["id"])
    await customer.settled()
    assert rasa.turns[-1]["answer"] == "billing/where_and_how"


async def test_metadata_and_other_keys_are_dropped(customer: Customer, rasa: FakeRasa) -> None:
    await customer.send("Hei", metadata={"customer": 1}, answer="emergency", conversation="x", sender="y", seq=99)
    await customer.settled()
    assert rasa.turns[0]["answer"] is None
    assert "customer" not in str(rasa.turns[0])


async def test_typing_is_told_while_an_answer_is_to_come(customer: Customer, rasa: FakeRasa) -> None:
    rasa.delay = 0.3
    await customer.say("Hei")
    assert (await customer.page())["typing"] is True
    await customer.settled()
    assert (await customer.page(after=3)) == {"messages": [], "last": 3, "typing": False}
