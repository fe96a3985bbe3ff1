"""What the OpenAPI document says beyond the signatures: bodies, problems, and examples that are real analyses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from scribe.render.as_json import to_contract
from scribe_api.bodies import AnalyzeRequest
from scribe_api.errors import MEDIA_TYPE, ProblemDocument
from scribe_api.job import EXAMPLE

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis

_EXAMPLE: Final = {"id": EXAMPLE.note_id, "text": EXAMPLE.source}
_SCHEMA: Final = AnalyzeRequest.model_json_schema()

ANALYZE_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/json": {"schema": _SCHEMA, "example": _EXAMPLE},
        "text/plain": {"schema": {"type": "string"}, "example": EXAMPLE.source},
    },
}
FILE_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "id": {"type": "string", "minLength": 1, "maxLength": 200},
                    "date_of_service": {"type": "string", "format": "date"},
                },
            }
        }
    },
}
NDJSON: Final[dict[str, Any]] = {
    "application/x-ndjson": {
        "schema": {"type": "string", "description": "JSON objects, one a line."}
    }
}
BATCH_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/x-ndjson": {
            "schema": {"type": "string", "description": "One object a line, as for /v1/analyze."},
            "example": json.dumps(_EXAMPLE) + "\n",
        }
    },
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the part of a route's documentation that lists its failures."""
    return {
        status: {
            "model": ProblemDocument,
            "content": {MEDIA_TYPE: {}},
            "description": "A problem document",
        }
        for status in statuses
    }


def finish(document: dict[str, Any], analysis: Analysis) -> dict[str, Any]:
    """Put the analysis of the example into the document, and problem documents under their own media type."""
    example = to_contract(analysis)
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if int(status) >= 400 and MEDIA_TYPE in content and "application/json" in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
            shown = (
                operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
            )
            if shown.get("schema", {}).get("$ref", "").endswith("/AnalysisDocument"):
                shown["example"] = example
    return document
