"""What Rasa sends is believed only where it is a turn."""

from typing import Any

import pytest

from bot.chat.conversation import Offer, Turn, Utterance
from bot.chat.rasa_client import read_turn

MESSAGE: dict[str, Any] = {"text": "Hei", "language": "fi", "buttons": [], "card": None}
TURN: dict[str, Any] = {"language": "fi", "answer": "greet", "messages": [MESSAGE]}


def test_a_turn_is_read_with_its_buttons_and_card() -> None:
    buttons = [{"title": "Laskut", "answer": "billing/where_and_how"}]
    card = {"type": "contact"}
    turn = read_turn(TURN | {"messages": [MESSAGE | {"buttons": buttons, "card": card, "text": "a\x00b"}, MESSAGE]})
    first = Utterance("ab", "fi", "greet", (Offer("Laskut", "billing/where_and_how"),), card)
    assert turn == Turn("fi", "greet", (first, Utterance("Hei", "fi", "greet")))


def test_a_turn_may_have_no_answer_id_and_messages_no_buttons() -> None:
    turn = read_turn({"language": "other", "answer": None, "messages": [{"text": "Sorry", "language": "en"}]})
    assert turn == Turn("other", None, (Utterance("Sorry", "en"),))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "turn",
        {},
        TURN | {"messages": None},
        TURN | {"messages": []},
        TURN | {"messages": [MESSAGE] * 21},
        TURN | {"messages": ["Hei"]},
        TURN | {"language": None},
        TURN | {"answer": 1},
        TURN | {"answer": "x" * 101},
        TURN | {"messages": [MESSAGE | {"text": ""}]},
        TURN | {"messages": [MESSAGE | {"text": None}]},
        TURN | {"messages": [MESSAGE | {"language": "other"}]},
        TURN | {"messages": [MESSAGE | {"language": ["fi"]}]},
        TURN | {"messages": [MESSAGE | {"buttons": {"title": "x"}}]},
        TURN | {"messages": [MESSAGE | {"buttons": [{"title": "Laskut"}]}]},
        TURN | {"messages": [MESSAGE | {"card": "card"}]},
        TURN | {"messages": [MESSAGE | {"card": {"a": "\ud800"}}]},
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_anything_else_is_no_turn(value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_turn(value)
