"""``/healthz``, ``/readyz`` and ``/metrics``: for whoever runs the server."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import PlainTextResponse, Response

from scribe_api.access import MAY_MEASURE
from scribe_api.errors import Problem
from scribe_api.openapi import problems

router = APIRouter(tags=["operation"])
_TEXT: Final = {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "ok"}


@router.get("/healthz", responses={200: _TEXT, **problems(421)}, response_class=PlainTextResponse)
async def healthz() -> Response:
    """Tell that the process answers."""
    return PlainTextResponse("ok\n")


@router.get(
    "/readyz", responses={200: _TEXT, **problems(421, 503)}, response_class=PlainTextResponse
)
async def readyz(request: Request) -> Response:
    """Tell whether one more note would be taken."""
    if not request.app.state.desk.is_ready:
        raise Problem(503, "No more notes are taken at the moment.", headers={"Retry-After": "2"})
    return PlainTextResponse("ready\n")


@router.get(
    "/metrics",
    responses={200: _TEXT, **problems(401, 403, 421, 429)},
    response_class=PlainTextResponse,
    dependencies=MAY_MEASURE,
)
async def metrics(request: Request) -> Response:
    """Show counts and latencies in the text format of Prometheus; never text or ids of notes."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)
