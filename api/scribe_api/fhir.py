"""FHIR R4: an analysis as resources, and failures as an OperationOutcome."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Final

from scribe.render.summary import summarize, value_words
from scribe.types.checklist import ItemStatus
from scribe.types.finding import Severity
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from datetime import datetime

    from scribe.pipeline import AnalyzedNote

MEDIA_TYPE: Final = "application/fhir+json"
_NAMES: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:opnote-scribe")
_REFERENCE: Final = re.compile(r"[A-Z][A-Za-z]{2,40}/[A-Za-z0-9.-]{1,64}")
_ID: Final = re.compile(r"[A-Za-z0-9.-]{1,64}")
_CPT: Final = "http://www.ama-assn.org/go/cpt"
_OWN: Final = "urn:opnote-scribe:"
_SEVERITIES: Final = {
    Severity.HIGH: "high",
    Severity.MEDIUM: "moderate",
    Severity.LOW: "low",
    Severity.INFO: "low",
}


def as_bundle(analysis: AnalyzedNote, asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the analysis as a Bundle: the decision, the checklist and the facts as Observations, findings as DetectedIssues.

    Args:
        analysis: What was found.
        asked: The resource that carried the note, for its references.
        now: When, for the Provenance.
    """
    links = _links(asked)
    resources = [
        _decision(analysis, links),
        *_checklist(analysis, links),
        *_facts(analysis, links),
        *_issues(analysis, links),
    ]
    entries = [
        {"fullUrl": f"urn:uuid:{_uuid(analysis, str(number))}", "resource": each}
        for number, each in enumerate(resources)
    ]
    entries.append(
        {
            "fullUrl": f"urn:uuid:{_uuid(analysis, 'provenance')}",
            "resource": _provenance(analysis, entries, links, now),
        }
    )
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _links(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the references that may be repeated: plain ones to the patient and to the document."""
    links: dict[str, Any] = {}
    subject = asked.get("subject")
    reference = subject.get("reference") if isinstance(subject, dict) else None
    if isinstance(reference, str) and _REFERENCE.fullmatch(reference):
        links["subject"] = {"reference": reference}
    kind, own = asked.get("resourceType"), asked.get("id")
    if kind in {"DocumentReference", "Composition"} and isinstance(own, str) and _ID.fullmatch(own):
        links["document"] = {"reference": f"{kind}/{own}"}
    return links


def _observation(name: str, words: str, links: dict[str, Any], **more: Any) -> dict[str, Any]:
    observation = {
        "resourceType": "Observation",
        "status": "preliminary",
        "code": {"coding": [{"system": _OWN + "observation", "code": name}], "text": words},
        **more,
    }
    if "subject" in links:
        observation["subject"] = links["subject"]
    if "document" in links:
        observation["focus"] = [links["document"]]
    return observation


def _decision(analysis: AnalyzedNote, links: dict[str, Any]) -> dict[str, Any]:
    suggestion = analysis.suggestion
    value: dict[str, Any] = {"text": summarize(analysis).headline}
    if suggestion.decision is Decision.SUGGEST:
        value["coding"] = [{"system": _CPT, "code": suggestion.code}]
    note = [{"text": each.text} for each in suggestion.rationale]
    more = {"note": note} if note else {}
    return _observation(
        "decision",
        "Code that the documentation supports",
        links,
        valueCodeableConcept=value,
        **more,
    )


def _checklist(analysis: AnalyzedNote, links: dict[str, Any]) -> list[dict[str, Any]]:
    assessment = summarize(analysis).assessment
    items = assessment.checklist if assessment else ()
    return [
        _observation(
            f"item.{item.id}",
            item.label,
            links,
            valueCodeableConcept={
                "coding": [{"system": _OWN + "item-status", "code": item.status.value}]
            },
            note=[{"text": item.why}],
        )
        for item in items
        if item.status is not ItemStatus.NOT_APPLICABLE
    ]


def _facts(analysis: AnalyzedNote, links: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _observation(
            f"fact.{fact.name}",
            fact.name,
            links,
            valueString=value_words(fact.value),
            interpretation=[
                {"coding": [{"system": _OWN + "fact-status", "code": fact.status.value}]}
            ],
            component=[
                {
                    "code": {"coding": [{"system": _OWN + "observation", "code": "evidence"}]},
                    "valueRange": {"low": {"value": each.start}, "high": {"value": each.end}},
                }
                for each in fact.evidence
            ],
        )
        for fact in analysis.facts
    ]


def _issues(analysis: AnalyzedNote, links: dict[str, Any]) -> list[dict[str, Any]]:
    issues = []
    for finding in analysis.findings:
        issue: dict[str, Any] = {
            "resourceType": "DetectedIssue",
            "status": "preliminary",
            "code": {"coding": [{"system": _OWN + "finding", "code": finding.kind}]},
            "severity": _SEVERITIES[finding.severity],
            "detail": finding.message,
        }
        if finding.query:
            issue["mitigation"] = [{"action": {"text": finding.query}}]
        if "subject" in links:
            issue["patient"] = links["subject"]
        if "document" in links:
            issue["implicated"] = [links["document"]]
        issues.append(issue)
    return issues


def _provenance(
    analysis: AnalyzedNote, entries: list[dict[str, Any]], links: dict[str, Any], now: datetime
) -> dict[str, Any]:
    engine = analysis.engine
    source = links.get("document") or {"display": f"text sha256 {analysis.note.sha256}"}
    return {
        "resourceType": "Provenance",
        "target": [{"reference": each["fullUrl"]} for each in entries],
        "recorded": now.isoformat(timespec="seconds"),
        "agent": [
            {
                "who": {
                    "display": f"scribe {engine.version}, rules {engine.rules.version} ({engine.rules.hash})"
                }
            }
        ],
        "entity": [{"role": "source", "what": source}],
    }


def _uuid(analysis: AnalyzedNote, name: str) -> uuid.UUID:
    return uuid.uuid5(_NAMES, f"{analysis.note.sha256}/{analysis.engine.rules.hash}/{name}")
