"""What the OpenAPI document says beyond the signatures: bodies, problems, and examples that are real analyses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from scribe.render.as_json import to_contract
from scribe_api.bodies import AnalyzeRequest
from scribe_api.errors import MEDIA_TYPE, ProblemDocument

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

_TEXT: Final = (
    "PROCEDURE: Free osteocutaneous transfer of the left second metatarsal to the right calcaneus.\n"
    "DESCRIPTION: A 6 x 4 cm skin paddle and a 4 cm segment of the left second metatarsal were raised on the dorsalis pedis "
    "artery. Under the microscope the artery was anastomosed end-to-side to the posterior tibial artery with 9-0 nylon."
)
_EXAMPLE: Final = {"id": "case-17", "text": _TEXT}
_SCHEMA: Final = AnalyzeRequest.model_json_schema()

ANALYZE_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/json": {"schema": _SCHEMA, "example": _EXAMPLE},
        "text/plain": {"schema": {"type": "string"}, "example": _TEXT},
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


def finish(document: dict[str, Any], analyzer: Analyzer) -> dict[str, Any]:
    """Put a real analysis into the document, and problem documents under their own media type."""
    example = to_contract(analyzer.analyze(_TEXT, note_id=str(_EXAMPLE["id"])))
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
