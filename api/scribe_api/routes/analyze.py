"""``/v1/analyze``: one note, one file, or a stream of notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from scribe.render.as_json import as_json
from scribe_api.access import MAY_ANALYZE
from scribe_api.answers import MEDIA_TYPES, Layout, answer, check_codes, only_codes, written
from scribe_api.bodies import (
    AnalyzeRequest,
    date_field,
    decode_text,
    id_field,
    media_type,
    parse_request,
    read_form,
    read_upload,
)
from scribe_api.contract import AnalysisDocument
from scribe_api.errors import Problem
from scribe_api.openapi import ANALYZE_BODY, BATCH_BODY, FILE_BODY, NDJSON, problems

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from scribe_api.desk import Desk
    from scribe_api.settings import Settings


class _Duplex(StreamingResponse):
    """An answer that is sent while its request still comes in: nobody else may take the messages of the request."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the answer."""
        await self.stream_response(send)


router = APIRouter(prefix="/v1", tags=["analyze"], dependencies=MAY_ANALYZE)
_REFUSALS: Final = problems(400, 401, 403, 413, 415, 421, 422, 429, 500, 503)
_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "model": AnalysisDocument,
        "description": "The analysis: the bytes that the command line writes for the same note and id.",
        "content": {
            "text/html": {"schema": {"type": "string"}},
            "text/markdown": {"schema": {"type": "string"}},
        },
        "headers": {
            "ETag": {"schema": {"type": "string"}, "description": "Strong tag of the bytes."}
        },
    },
    **_REFUSALS,
}
Written = Annotated[Layout, Query(alias="format", description="How to write the analysis.")]


@router.post(
    "/analyze", responses=_ANSWER, openapi_extra={"requestBody": ANALYZE_BODY}, response_model=None
)
async def analyze(request: Request, layout: Written = Layout.JSON) -> Response:
    """Analyse one note, given as JSON or as plain text in UTF-8."""
    desk, settings = _office(request)
    kind = media_type(request)
    body = await request.body()
    if kind == "text/plain":
        asked = AnalyzeRequest(text=decode_text(body))
    elif kind == "application/json":
        asked = parse_request(body, settings.max_json_depth)
    else:
        raise Problem(
            415,
            "Send application/json or text/plain; files of other formats go to /v1/analyze/file.",
        )
    check_codes(asked.codes, desk.codes)
    analysis = await desk.analyze_text(
        asked.text, note_id=asked.id, as_of=asked.date_of_service, is_final=True
    )
    return answer(written(only_codes(analysis, asked.codes), layout), MEDIA_TYPES[layout])


@router.post(
    "/analyze/file",
    responses=_ANSWER,
    openapi_extra={"requestBody": FILE_BODY},
    response_model=None,
)
async def analyze_file(request: Request, layout: Written = Layout.JSON) -> Response:
    """Analyse one file of any format that scribe reads; its id is the stem of its name unless one is given."""
    desk, settings = _office(request)
    async with read_form(request, settings.max_body_bytes) as form:
        data, stem = await read_upload(form)
        note_id, day = id_field(form) or stem, date_field(form)
    analysis = await desk.analyze_bytes(data, note_id=note_id, as_of=day, is_final=True)
    return answer(written(analysis, layout), MEDIA_TYPES[layout])


@router.post(
    "/analyze/batch",
    responses={
        200: {"description": "One line a note, in the order of the notes.", "content": NDJSON},
        **_REFUSALS,
    },
    openapi_extra={"requestBody": BATCH_BODY},
    response_model=None,
)
async def analyze_batch(request: Request) -> Response:
    """Analyse a stream of notes, one JSON object a line; a note that cannot be used is one line that says why."""
    if media_type(request) not in {
        "application/x-ndjson",
        "application/jsonl",
        "application/ndjson",
    }:
        raise Problem(415, "Send application/x-ndjson: one JSON object a line.")
    desk, settings = _office(request)
    return _Duplex(_batch(request, desk, settings), media_type="application/x-ndjson")


def _office(request: Request) -> tuple[Desk, Settings]:
    return request.app.state.desk, request.app.state.settings


async def _batch(request: Request, desk: Desk, settings: Settings) -> AsyncIterator[bytes]:
    number = 0
    async for line in _lines(request, settings.max_body_bytes):
        number += 1
        if line is not None and not line.strip():
            continue
        yield await _one(line, number, desk, settings)


async def _one(line: bytes | None, number: int, desk: Desk, settings: Settings) -> bytes:
    note_id = None
    try:
        if line is None:
            raise Problem(413, f"A line may hold {settings.max_body_bytes} bytes.")
        asked = parse_request(line, settings.max_json_depth)
        note_id = asked.id
        check_codes(asked.codes, desk.codes)
        analysis = await desk.analyze_text(
            asked.text, note_id=asked.id, as_of=asked.date_of_service, is_final=True
        )
    except Problem as problem:
        return _error_line(problem, number, note_id)
    except Exception:  # noqa: BLE001 - one bad note is one bad line; its message may hold words of the note
        return _error_line(Problem(500, "This note cannot be analysed."), number, note_id)
    return as_json(only_codes(analysis, asked.codes), indent=None).encode()


def _error_line(problem: Problem, number: int, note_id: str | None) -> bytes:
    line = {"schema": "scribe.error/1", "line": number, "id": note_id, "error": problem.document()}
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


async def _lines(request: Request, limit: int) -> AsyncIterator[bytes | None]:
    """Yield the lines of a body as they come; None for one that is over the limit."""
    kept, is_over = bytearray(), False
    async for chunk in request.stream():
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            kept += part
            yield None if is_over or len(kept) > limit else bytes(kept)
            kept, is_over = bytearray(), False
        is_over = is_over or len(kept) + len(rest) > limit
        kept = bytearray() if is_over else kept + rest
    if is_over or kept:
        yield None if is_over else bytes(kept)
