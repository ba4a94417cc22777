"""Whether the service lives, and whether it can serve."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.chat.rasa_client import Rasa
from bot.chat.store import Store


def health_routes(store: Store, rasa: Rasa) -> list[Route]:
    """`/healthz`: the process answers. `/readyz`: the database and Rasa answer too, or which of them doesn't."""

    async def alive(_request: Request) -> Response:
        return JSONResponse({"alive": True})

    async def ready(_request: Request) -> Response:
        reasons = []
        if not await store.is_reachable():
            reasons.append("database")
        if not await rasa.is_ready():
            reasons.append("rasa")
        return JSONResponse({"ready": not reasons, "reasons": reasons}, 503 if reasons else 200)

    return [Route("/healthz", alive), Route("/readyz", ready)]
