"""The demonstration pages and the widget are served to whoever asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.chat import create_app
from tests.integration.chat.chat_harness import content, settings

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    for name, text in {"fi.html": "<html lang=fi>", "sv.html": "<html lang=sv>", "demo.css": "p {}"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "widget.js").write_text("let x = 1;")
    app: Starlette = create_app(
        settings(8000, 5005, tmp_path / "var" / "chat.db"), content(), widget=tmp_path, demo=tmp_path
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/fi", "text/html"),
        ("/sv", "text/html"),
        ("/widget/widget.js", "text/javascript"),
        ("/demo/demo.css", "text/css"),
    ],
)
async def test_a_file_is_served_with_its_type_and_asked_for_again_only_when_it_changed(
    client: httpx.AsyncClient, path: str, kind: str
) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)
    assert response.headers["cache-control"] == "no-cache"


async def test_the_first_page_leads_to_the_browsers_language(client: httpx.AsyncClient) -> None:
    for header, page in {"sv-FI,sv;q=0.9": "/sv", "fi": "/fi", "de": "/fi"}.items():
        response = await client.get("/", headers={"Accept-Language": header})
        assert (response.status_code, response.headers["location"]) == (302, page)


async def test_a_file_that_is_not_there_is_not_found(client: httpx.AsyncClient) -> None:
    for path in ("/widget/other.js", "/widget/", "/demo/%2e%2e/settings.py", "/en"):
        response = await client.get(path)
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


async def test_being_alive_needs_neither_database_nor_rasa(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"alive": True}
