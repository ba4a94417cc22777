"""The widget's files, and the demonstration pages that carry it."""

import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.chat.errors import Refusal
from bot.core.language import LANGUAGES, Language

_PART: Final = re.compile(r"\s*([a-zA-Z]{1,8})(?:-[\w-]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", re.ASCII)
_MAX_PARTS: Final = 20


def preferred_language(accept_language: str) -> Language:
    """The language that a browser's Accept-Language puts first among ours; Finnish where it names none.

    >>> preferred_language("en-GB, sv-FI;q=0.8, fi;q=0.5")
    'sv'
    """
    weights: dict[str, float] = {}
    for part in accept_language.split(",")[:_MAX_PARTS]:
        found = _PART.fullmatch(part)
        if found:
            weights.setdefault(found[1].lower(), float(found[2] or 1))
    return max(LANGUAGES, key=lambda language: weights.get(language, 0.0))


def page_routes(widget: Path, demo: Path) -> list[BaseRoute]:
    """The routes for what lies in the two folders; what is missing there is not found."""

    def page(language: Language) -> Route:
        async def show(_request: Request) -> Response:
            file = demo / f"{language}.html"
            if not file.is_file():
                raise Refusal(404, "not_found")
            return FileResponse(file, media_type="text/html")

        return Route(f"/{language}", show)

    async def home(request: Request) -> Response:
        language = preferred_language(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{language}", 302, {"Vary": "Accept-Language"})

    return [
        Route("/", home),
        *(page(language) for language in LANGUAGES),
        Mount("/widget", StaticFiles(directory=widget, check_dir=False)),
        Mount("/demo", StaticFiles(directory=demo, check_dir=False)),
    ]
