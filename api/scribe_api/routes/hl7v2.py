"""``/v1/hl7v2``: one HL7 v2 message, answered by an acknowledgement or by its analysis."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from scribe_api.access import MAY_ANALYZE
from scribe_api.answers import answer
from scribe_api.bodies import media_type
from scribe_api.errors import Problem
from scribe_api.hl7 import answer_message
from scribe_api.openapi import problems

router = APIRouter(prefix="/v1", tags=["hospital formats"], dependencies=MAY_ANALYZE)
ER7: Final = "x-application/hl7-v2+er7"
_TYPES: Final = (ER7, "application/hl7-v2")
_EXAMPLE: Final = (
    "MSH|^~\\&|DICTATION|WEST|SCRIBE|WEST|20260102030405||MDM^T02^MDM_T02|M-1|P|2.5.1||||||UNICODE UTF-8\r"
    "TXA|1|OP|TX|||||||||DOC-1\r"
    "OBX|1|TX|11504-8^Surgical operation note^LN||PROCEDURE: Free fibula flap.||||||F\r"
)
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {each: {"schema": {"type": "string"}, "example": _EXAMPLE} for each in _TYPES},
}
_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "An acknowledgement (AA, AE or AR); with Accept: application/json, its content with the analysis.",
        "content": {
            ER7: {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        },
    },
    **problems(400, 401, 403, 413, 415, 421, 422, 429, 500, 503),
}


@router.post("/hl7v2", responses=_ANSWER, openapi_extra={"requestBody": _BODY}, response_model=None)
async def hl7v2(
    request: Request,
    text: Annotated[bool, Query(description="Put the decoded text into the JSON answer.")] = False,
) -> Response:
    """Analyse the document of an MDM (T02, T04, T06, T08, T10; T11 withdraws) or ORU^R01 message."""
    if media_type(request) not in _TYPES:
        raise Problem(415, f"Send {' or '.join(_TYPES)}.")
    exchange = await answer_message(await request.body(), request.app.state.desk, with_text=text)
    if "application/json" in request.headers.get("accept", ""):
        return answer(
            json.dumps(exchange.document, ensure_ascii=False).encode() + b"\n", "application/json"
        )
    return Response(exchange.acknowledgement, media_type=ER7)
