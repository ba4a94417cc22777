"""Requests are read as docs/protocol.md writes them, and everything else is refused with its own code."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.chat.conversation import Button, Message
from bot.chat.errors import Refusal
from bot.chat.schema import message_as_json, read_json, read_number, read_page_language, read_post

ID = "0F5D5A5E-3c1c-4e0b-9b1e-1d2c3b4a5f60"
GOOD: dict[str, Any] = {"client_id": ID, "text": "Hei!", "page_language": "fi"}


def refusal_of(value: dict[str, Any]) -> tuple[int, str]:
    with pytest.raises(Refusal) as caught:
        read_post(value)
    return caught.value.status, caught.value.code


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"1", b'"text"', b"[]", b"{", b"\xff\xfe", b"[" * 16_000, b'{"a":' * 3_000, b"9" * 10_000],
    ids=lambda body: repr(body[:8]),
)
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal, match="400 bad_request"):
        read_json(body)


def test_a_message_is_read_with_its_text_cleaned_and_unknown_keys_dropped() -> None:
    post = read_post(GOOD | {"text": " Hei\u202e\x00 vaan\u200b ", "metadata": {"slots": {"x": 1}}, "answer": "greet"})
    assert (post.client_id, post.text, post.choice, post.page_language) == (ID.lower(), "Hei vaan", None, "fi")


@pytest.mark.parametrize("key", ["client_id", "text", "page_language"])
@pytest.mark.parametrize("value", [None, 1, True, [], {}, ["fi"]], ids=repr)
def test_a_key_of_another_type_is_refused(key: str, value: object) -> None:
    assert refusal_of(GOOD | {key: value}) == (400, "bad_request")


@pytest.mark.parametrize("key", ["client_id", "text", "page_language"])
def test_a_missing_key_is_refused(key: str) -> None:
    assert refusal_of({k: v for k, v in GOOD.items() if k != key}) == (400, "bad_request")


@pytest.mark.parametrize("client_id", ["", "1", ID + "0", ID.replace("-", ""), "x" * 36, ID + "\n"])
def test_a_client_id_that_is_no_uuid_is_refused(client_id: str) -> None:
    assert refusal_of(GOOD | {"client_id": client_id}) == (400, "bad_request")


def test_text_and_choice_together_are_refused() -> None:
    assert refusal_of(GOOD | {"choice": "b1"}) == (400, "bad_request")


@pytest.mark.parametrize("choice", ["", "bonus/how_to_get", "a" * 65, "ä", "' OR 1=1"])
def test_a_choice_of_another_shape_than_ours_is_unknown(choice: str) -> None:
    assert refusal_of({"client_id": ID, "choice": choice, "page_language": "sv"}) == (409, "unknown_choice")


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n", "\u200b\u200d\ufeff", "\x00", "\ud800", "👍", "😀 🎉", "?!", "…"], ids=ascii
)
def test_a_text_without_a_word_is_refused(text: str) -> None:
    assert refusal_of(GOOD | {"text": text}) == (422, "empty")


def test_a_thousand_characters_pass_and_one_more_does_not() -> None:
    assert read_post(GOOD | {"text": "å" * 1_000}).text == "å" * 1_000
    assert refusal_of(GOOD | {"text": "å" * 1_001}) == (413, "too_long")


def test_a_lone_surrogate_leaves_the_text() -> None:
    assert read_post(json.loads(json.dumps(GOOD | {"text": "hei \ud83d vaan"}))).text == "hei vaan"


@pytest.mark.parametrize("language", ["en", "FI", "", "fi-FI"])
def test_a_page_is_finnish_or_swedish(language: str) -> None:
    with pytest.raises(Refusal, match="400"):
        read_page_language({"page_language": language})


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("17", 17), ("-1", None), ("1e3", None), ("٣", None), (None, None)]
)
def test_a_number_is_ascii_digits(text: str | None, number: int | None) -> None:
    assert read_number(text) == number


def test_a_message_is_written_as_the_protocol_says() -> None:
    helsinki = timezone(timedelta(hours=2))
    time = datetime(2026, 11, 20, 13, 15, 0, 999_999, tzinfo=helsinki)
    message = Message(5, "bot", "Hei", "fi", "greet", (Button("b1", "Laskut", True),), None, time, None)
    assert message_as_json(message) == {
        "seq": 5,
        "from": "bot",
        "text": "Hei",
        "language": "fi",
        "answer": "greet",
        "buttons": [{"id": "b1", "title": "Laskut", "chosen": True}],
        "card": None,
        "time": "2026-11-20T11:15:00Z",
        "client_id": None,
    }
