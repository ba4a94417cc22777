"""One chat service and one scripted Rasa for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from chat_harness import ChatService, Customer, FakeRasa, chatting


@pytest_asyncio.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    async with FakeRasa().serving() as rasa:
        yield rasa


@pytest_asyncio.fixture
async def chat(tmp_path: Path, rasa: FakeRasa) -> AsyncIterator[ChatService]:
    async with chatting(tmp_path / "chat.db", rasa.port) as service:
        yield service


@pytest_asyncio.fixture
async def customer(chat: ChatService) -> AsyncIterator[Customer]:
    async with chat.customer() as customer:
        yield customer
