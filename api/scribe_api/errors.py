"""Every failure as one kind of answer: an RFC 9457 problem document that never holds a word of a note."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from fastapi import HTTPException
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from scribe.errors import EmptyNote, MissingDependency, NoteError, NoteTooLarge, UnsupportedFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request

MEDIA_TYPE: Final = "application/problem+json"
FHIR_MEDIA_TYPE: Final = "application/fhir+json"
FHIR_PATH: Final = "/v1/fhir/"
_TYPE: Final = "urn:opnote-scribe:problem:"
_UNKNOWN_FIELD: Final = "(unknown field)"

_TITLES: Final = {
    400: ("bad-request", "The request cannot be read"),
    401: ("key-needed", "A key is needed"),
    403: ("not-allowed", "This key does not allow that"),
    404: ("not-found", "There is nothing here"),
    405: ("method", "This method is not served here"),
    413: ("too-large", "The body is too large"),
    415: ("media-type", "This format is not read"),
    421: ("host", "This host name is not served"),
    422: ("invalid", "The request does not fit its schema"),
    429: ("too-many", "Too many requests for this key"),
    500: ("internal", "Internal error"),
    503: ("busy", "The server is busy"),
}


_ISSUES: Final = {
    400: "structure",
    401: "login",
    403: "forbidden",
    413: "too-long",
    415: "not-supported",
    422: "invalid",
    429: "throttled",
    503: "transient",
}


class Place(BaseModel):
    """One thing that does not fit the schema."""

    where: str = Field(
        description="Path of the field; names that the schema does not know are not repeated."
    )
    what: str


class ProblemDocument(BaseModel):
    """An RFC 9457 problem document."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(examples=["urn:opnote-scribe:problem:invalid"])
    title: str
    status: int
    detail: str
    request_id: str | None = None
    errors: list[Place] | None = None


class Problem(HTTPException):
    """A failure with a message of ours; ``detail`` must hold nothing that came with the request."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: list[Place] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.places = errors

    def document(self, request_id: str | None = None) -> dict[str, Any]:
        """Return the problem document as plain data."""
        name, title = _TITLES[self.status_code]
        document = ProblemDocument(
            type=_TYPE + name,
            title=title,
            status=self.status_code,
            detail=str(self.detail),
            request_id=request_id,
            errors=self.places,
        )
        return document.model_dump(exclude_none=True)

    def outcome(self, request_id: str | None = None) -> dict[str, Any]:
        """Return the same as an OperationOutcome of FHIR, as plain data."""
        issue = {
            "severity": "error",
            "code": _ISSUES.get(self.status_code, "exception"),
            "diagnostics": str(self.detail),
        }
        known = {"id": request_id} if request_id else {}
        return {"resourceType": "OperationOutcome", **known, "issue": [issue]}

    def response(self, request_id: str | None = None, path: str = "") -> Response:
        """Return an answer: the problem document, or an OperationOutcome where FHIR was spoken.

        Args:
            request_id: Id of the request.
            path: Path that was called.
        """
        if path.startswith(FHIR_PATH):
            content, kind = json.dumps(self.outcome(request_id)), FHIR_MEDIA_TYPE
        else:
            content, kind = json.dumps(self.document(request_id)), MEDIA_TYPE
        return Response(content, self.status_code, self.headers, kind)


def problem_of_note(error: NoteError) -> Problem:
    """Return the problem for a note that cannot be used; the message of the error names no words of it."""
    status = 400
    if isinstance(error, NoteTooLarge):
        status = 413
    elif isinstance(error, UnsupportedFormat | MissingDependency):
        status = 415
    elif isinstance(error, EmptyNote):
        status = 422
    return Problem(status, str(error))


def problem_of_schema(error: ValidationError, known: frozenset[str]) -> Problem:
    """Return the problem for a body that does not fit its schema.

    Args:
        error: What pydantic says; its inputs are left out.
        known: Field names that may be repeated.
    """
    places = [
        Place(where=_where(each["loc"], known), what=_what(each["type"], each["msg"]))
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return Problem(422, "Mend the fields that are named in errors.", errors=places)


def _where(path: tuple[int | str, ...], known: frozenset[str]) -> str:
    parts = [
        str(each) if isinstance(each, int) or each in known else _UNKNOWN_FIELD for each in path
    ]
    return ".".join(parts) or "(body)"


def _what(kind: str, message: str) -> str:
    return "not valid JSON" if kind == "json_invalid" else message


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer an HTTP error of ours, or of the framework, with a problem document."""
    request_id = getattr(request.state, "request_id", None)
    if isinstance(error, Problem):
        return error.response(request_id, request.url.path)
    status = (
        error.status_code
        if isinstance(error, HTTPException)
        else getattr(error, "status_code", 500)
    )
    headers = getattr(error, "headers", None)
    _, title = _TITLES.get(status, _TITLES[400])
    problem = Problem(status if status in _TITLES else 400, f"{title}.", headers=headers)
    return problem.response(request_id, request.url.path)


async def answer_invalid(request: Request, error: Exception) -> Response:
    """Answer a query or path that does not fit the schema; what was sent is not repeated."""
    raw = error.errors() if isinstance(error, RequestValidationError) else []
    places = [
        Place(
            where=".".join(str(part) for part in each["loc"][:2]),
            what=_what(each["type"], each["msg"]),
        )
        for each in raw
    ]
    problem = Problem(422, "Mend the fields that are named in errors.", errors=places)
    return problem.response(getattr(request.state, "request_id", None), request.url.path)
