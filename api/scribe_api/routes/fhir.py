"""``/v1/fhir`` and ``/cds-services``: what electronic records send and expect."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response

from scribe.pipeline import NoteResource
from scribe_api.access import MAY_ANALYZE, MAY_READ
from scribe_api.bodies import check_depth, media_type
from scribe_api.errors import FHIR_MEDIA_TYPE, Problem, problem_of_schema
from scribe_api.fhir import as_bundle
from scribe_api.hooks import DISCOVERY, SERVICE, cards
from scribe_api.job import EXAMPLE
from scribe_api.openapi import problems

router = APIRouter(tags=["hospital formats"])
_REFUSALS: Final = problems(401, 403, 413, 421, 429, 500)
_TYPES: Final = ("application/fhir+json", "application/json")
_Asked = TypeVar("_Asked", bound=BaseModel)
_JSON: Final = {"schema": {"type": "object"}}
_RESOURCE: Final = {
    "schema": {
        "type": "object",
        "required": ["resourceType"],
        "properties": {"resourceType": {"enum": [each.value for each in NoteResource]}},
    }
}
_EXAMPLE: Final = {
    "resourceType": "DocumentReference",
    "id": "op-17",
    "status": "current",
    "type": {"coding": [{"system": "http://loinc.org", "code": "11504-8"}]},
    "content": [
        {
            "attachment": {
                "contentType": "text/plain",
                "data": base64.b64encode(str(EXAMPLE.source).encode()).decode(),
            }
        }
    ],
}
_HOOK_EXAMPLE: Final = {
    "hook": "note-sign",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {"text": EXAMPLE.source},
}
_FEEDBACK_EXAMPLE: Final = {
    "feedback": [{"card": "0e1f4b1c-2f0a-5d7e-9b57-6a0c5d3c2f11", "outcome": "overridden"}]
}
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {each: {**_RESOURCE, "example": _EXAMPLE} for each in _TYPES},
}
_FHIR: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A Bundle of Observations, DetectedIssues and a Provenance.",
        "content": {FHIR_MEDIA_TYPE: _JSON},
    },
    **{
        status: {"description": "An OperationOutcome.", "content": {FHIR_MEDIA_TYPE: _JSON}}
        for status in (400, 401, 403, 413, 415, 421, 422, 429, 500, 503)
    },
}


class NoteContext(BaseModel):
    """What is about to be signed: a FHIR resource that carries it, or its text."""

    model_config = ConfigDict(extra="ignore")

    note: dict[str, Any] | None = None
    text: str | None = None


class HookRequest(BaseModel):
    """A CDS Hooks request, as far as it is read."""

    model_config = ConfigDict(extra="ignore")

    hook: Literal["note-sign"]
    hookInstance: str = Field(max_length=100)  # noqa: N815 - the name is the specification's
    context: NoteContext


class Feedback(BaseModel):
    """What became of a card."""

    model_config = ConfigDict(extra="ignore")

    card: str = Field(max_length=100)
    outcome: Literal["accepted", "overridden"]


class FeedbackRequest(BaseModel):
    """Feedback on cards."""

    model_config = ConfigDict(extra="ignore")

    feedback: Annotated[list[Feedback], Field(min_length=1, max_length=100)]


@router.post(
    "/v1/fhir/{kind}",
    responses=_FHIR,
    openapi_extra={"requestBody": _BODY},
    response_model=None,
    dependencies=MAY_ANALYZE,
)
async def fhir(
    request: Request,
    kind: NoteResource,
) -> Response:
    """Analyse the note that a FHIR R4 resource carries; nothing is fetched, attachments have to hold their data."""
    if media_type(request) not in _TYPES:
        raise Problem(415, f"Send {' or '.join(_TYPES)}.")
    body = await request.body()
    resource = _resource(body, request.app.state.settings.max_json_depth)
    if resource.get("resourceType") != kind:
        raise Problem(422, f"The resource is not the {kind} that the address names.")
    analysis = await request.app.state.desk.analyze_bytes(
        _plain(resource), note_id=_id(resource), is_final=True
    )
    bundle = as_bundle(analysis, resource, datetime.now(UTC))
    return Response(json.dumps(bundle, ensure_ascii=False).encode(), media_type=FHIR_MEDIA_TYPE)


@router.get(
    "/cds-services",
    responses={200: {"content": {"application/json": _JSON}}, **_REFUSALS},
    dependencies=MAY_READ,
)
async def discover() -> dict[str, Any]:
    """List the CDS services."""
    return DISCOVERY


@router.post(
    f"/cds-services/{SERVICE}",
    responses={
        200: {"content": {"application/json": _JSON}},
        **problems(400, 415, 422, 503),
        **_REFUSALS,
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": HookRequest.model_json_schema(),
                    "example": _HOOK_EXAMPLE,
                }
            },
        }
    },
    response_model=None,
    dependencies=MAY_ANALYZE,
)
async def call(request: Request) -> Response:
    """Return cards for a note that is about to be signed; none where it is in order."""
    asked = await _asked(request, HookRequest)
    desk = request.app.state.desk
    note = asked.context.note
    if note is not None:
        if note.get("resourceType") not in tuple(NoteResource):
            raise Problem(422, f"The note is none of {', '.join(NoteResource)}.")
        analysis = await desk.analyze_bytes(_plain(note))
    elif asked.context.text is not None:
        analysis = await desk.analyze_text(asked.context.text)
    else:
        raise Problem(422, "The context holds neither note nor text.")
    return JSONResponse({"cards": cards(analysis)})


@router.post(
    f"/cds-services/{SERVICE}/feedback",
    responses={
        200: {"content": {"application/json": _JSON}},
        **problems(400, 415, 422),
        **_REFUSALS,
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": FeedbackRequest.model_json_schema(),
                    "example": _FEEDBACK_EXAMPLE,
                }
            },
        }
    },
    response_model=None,
    dependencies=MAY_ANALYZE,
)
async def feedback(request: Request) -> Response:
    """Count what became of cards; nothing else of it is kept."""
    asked = await _asked(request, FeedbackRequest)
    for each in asked.feedback:
        request.app.state.metrics.cards.labels(each.outcome).inc()
    return JSONResponse({})


async def _asked(request: Request, model: type[_Asked]) -> _Asked:
    if media_type(request) != "application/json":
        raise Problem(415, "Send application/json.")
    body = await request.body()
    check_depth(body, request.app.state.settings.max_json_depth)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise problem_of_schema(
            error, frozenset({*model.model_fields, *NoteContext.model_fields})
        ) from None


def _resource(body: bytes, depth: int) -> dict[str, Any]:
    check_depth(body, depth)
    try:
        resource = json.loads(body.decode("utf-8-sig"))
    except ValueError:
        raise Problem(400, "The body is no JSON in UTF-8.") from None
    if not isinstance(resource, dict):
        raise Problem(422, "The body is not one FHIR resource.")
    return resource


def _plain(resource: dict[str, Any]) -> bytes:
    """Return a resource as its reader knows it: JSON may escape any letter of a key, and begin with any number of blanks."""
    return json.dumps(resource).encode()


def _id(resource: dict[str, Any]) -> str | None:
    own = resource.get("id")
    return own[:64] if isinstance(own, str) and own.isprintable() and own else None
