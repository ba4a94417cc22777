"""One chat service and one scripted Rasa for each file, as new for each test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.chat.chat_harness import ChatService, Customer, FakeRasa, chatting


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chat(tmp_path_factory: pytest.TempPathFactory, one_rasa: FakeRasa) -> AsyncIterator[ChatService]:
    async with chatting(tmp_path_factory.mktemp("chat") / "chat.db", one_rasa.port) as service:
        yield service


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one_rasa() -> AsyncIterator[FakeRasa]:
    async with FakeRasa().serving() as rasa:
        yield rasa


@pytest.fixture
def rasa(one_rasa: FakeRasa) -> FakeRasa:
    one_rasa.forget()
    return one_rasa


@pytest_asyncio.fixture(loop_scope="module")
async def customer(chat: ChatService, rasa: FakeRasa) -> AsyncIterator[Customer]:
    async with chat.customer() as customer:
        yield customer
