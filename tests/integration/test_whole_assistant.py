"""The running assistant: what is reachable from outside, and what happens when Rasa dies."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil

from bot.chat import ChatClient

if TYPE_CHECKING:
    from tests.conftest import RunningAssistant


def test_with_a_trained_model_customers_can_write_within_twenty_seconds(assistant: RunningAssistant) -> None:
    assert assistant.seconds_to_ready <= 20


def test_the_environment_takes_at_most_1_3_gigabytes() -> None:
    # what stands on disk; the development tools and Playwright's own browser driver are counted in
    size = sum(file.lstat().st_blocks * 512 for file in Path(sys.prefix).rglob("*") if file.is_file())

    assert size <= 1.3e9, f"{size / 1e9:.2f} GB"


def test_rasa_answers_nobody_without_the_secret_and_echoes_nothing(assistant: RunningAssistant) -> None:
    for headers in ({}, {"Authorization": "Bearer guessed-secret"}, {"Authorization": "guessed-secret"}):
        for request in (
            httpx.Request("POST", f"{assistant.rasa_url}/webhooks/turn/", headers=headers, json={"text": "hei"}),
            httpx.Request("GET", f"{assistant.rasa_url}/webhooks/turn/ready", headers=headers),
        ):
            with httpx.Client() as client:
                refused = client.send(request)
            assert refused.status_code == 401
            assert "guessed-secret" not in refused.text


def test_rasa_listens_on_the_loopback_interface_alone(assistant: RunningAssistant) -> None:
    port = int(assistant.environment["RASA_PORT"])
    listening = [
        connection.laddr.ip
        for connection in _rasa(assistant).connections()
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
    ]

    assert listening == ["127.0.0.1"]


def test_the_service_says_that_it_is_ready(assistant: RunningAssistant) -> None:
    assert httpx.get(f"{assistant.url}/healthz").status_code == 200
    assert httpx.get(f"{assistant.url}/readyz").status_code == 200


async def test_a_message_is_apologised_for_while_rasa_is_dead_and_the_next_is_answered_after_its_restart(
    assistant: RunningAssistant,
) -> None:
    async with ChatClient(assistant.url, "sv") as client:
        await client.open()
        _rasa(assistant).kill()
        started = time.monotonic()
        apology = [said async for said in client.say("vad händer med mina nycklar?")][-1]

        assert time.monotonic() - started < 6
        assert apology["answer"] is None
        assert "Tyvärr kan jag inte svara just nu" in apology["text"]

        deadline = time.monotonic() + 60
        async with httpx.AsyncClient() as browser:
            while (await browser.get(f"{assistant.url}/readyz")).status_code != 200:
                assert time.monotonic() < deadline, "Rasa did not come back"
                await asyncio.sleep(0.5)
        answer = [said async for said in client.say("vad händer med mina nycklar?")][-1]

    assert answer["answer"] == "keys/after_contract"
    assert answer["language"] == "sv"


def _rasa(assistant: RunningAssistant) -> psutil.Process:
    """The Rasa server below the assistant."""
    children = psutil.Process(assistant.process_id).children(recursive=True)
    return next(child for child in children if "rasa" in child.cmdline() and "run" in child.cmdline())


async def test_an_answer_of_several_paragraphs_is_one_message(assistant: RunningAssistant) -> None:
    async with ChatClient(assistant.url, "fi") as client:
        await client.open()
        said = [message async for message in client.say("apua, keittiö on liekeissä!")]

    assert [message["from"] for message in said] == ["user", "bot"]
    assert said[-1]["answer"] == "emergency"
    assert "112" in said[-1]["text"]
    assert "\n\n" in said[-1]["text"]
