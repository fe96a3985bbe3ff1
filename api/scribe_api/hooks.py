"""CDS Hooks: findings about a note that is about to be signed, as cards."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from scribe.render.summary import summarize
from scribe.types.finding import Severity

if TYPE_CHECKING:
    from scribe.pipeline import AnalyzedNote

SERVICE: Final = "operative-note"
_MOST_CARDS: Final = 5
_MOST_SUMMARY: Final = 139
_INDICATORS: Final = {Severity.HIGH: "warning", Severity.MEDIUM: "info"}
_REASONS: Final = (
    ("documented-elsewhere", "Documented elsewhere in the record"),
    ("not-done", "Not done in this operation"),
    ("not-clinically-relevant", "Not clinically relevant here"),
    ("will-addend", "Will be added in an addendum"),
)
DISCOVERY: Final[dict[str, Any]] = {
    "services": [
        {
            "hook": "note-sign",
            "id": SERVICE,
            "title": "Documentation of an operative note",
            "description": "Names what an operative note of a free bone flap leaves open, before it is signed. "
            "The context holds the note as a FHIR resource (note) or as text.",
        }
    ]
}


def cards(analysis: AnalyzedNote) -> list[dict[str, Any]]:
    """Return a card for each finding that is worth a surgeon's look, most severe first; none where the note is in order."""
    findings = [each for each in summarize(analysis).findings if each.severity in _INDICATORS]
    source = {"label": f"scribe, rules {analysis.engine.rules.version}"}
    shown = []
    for number, finding in enumerate(findings[:_MOST_CARDS]):
        name = f"{analysis.note.sha256}/{finding.rule}/{number}"
        shown.append(
            {
                "uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
                "summary": _short(finding.message),
                "detail": "\n\n".join(each for each in (finding.message, finding.query) if each),
                "indicator": _INDICATORS[finding.severity],
                "source": source,
                "overrideReasons": [
                    {"code": code, "system": "urn:opnote-scribe:override", "display": words}
                    for code, words in _REASONS
                ],
            }
        )
    return shown


def _short(message: str) -> str:
    if len(message) <= _MOST_SUMMARY:
        return message
    return message[: _MOST_SUMMARY - 3].rsplit(" ", 1)[0] + "..."
