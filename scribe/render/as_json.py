"""The JSON of the contract. This is the one place that knows it: command line, Python and API all come here."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis, Engine
    from scribe.types.checklist import ChecklistItem, CodeAssessment
    from scribe.types.fact import Evidence, Fact, Value
    from scribe.types.finding import Finding
    from scribe.types.note import Note, Section
    from scribe.types.suggestion import Opinion, Suggestion

SCHEMA = "scribe.analysis/1"


def _encoder(indent: int | None) -> json.JSONEncoder:
    """Return an encoder; what it writes is a tree made here, so that it need not look for circles."""
    return json.JSONEncoder(
        ensure_ascii=False, allow_nan=False, check_circular=False, indent=indent
    )


_ONE_LINE = _encoder(None)


def as_json(analysis: Analysis, *, indent: int | None = 2) -> str:
    """Return the analysis as one JSON object, with a line end; ``indent=None`` puts it on one line."""
    encoder = _ONE_LINE if indent is None else _encoder(indent)
    return encoder.encode(to_contract(analysis)) + "\n"


def to_contract(analysis: Analysis) -> dict[str, Any]:
    """Return the analysis as plain data: the object of ``docs/contract.md``, keys always in the same order."""
    return {
        "schema": SCHEMA,
        "note": _note(analysis.note),
        "engine": _engine(analysis.engine),
        "facts": [_fact(each) for each in analysis.facts],
        "codes": [_code(each) for each in analysis.codes],
        "suggestion": _suggestion(analysis.suggestion),
        "findings": [_finding(each) for each in analysis.findings],
        "report": {
            "score": analysis.report.score,
            "checklist": [_item(each) for each in analysis.report.checklist],
        },
        "addendum": analysis.addendum,
        "sections": [_section(each) for each in analysis.sections],
        "signals": [_fact(each) for each in analysis.signals],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "sha256": note.sha256,
        "chars": len(note.text),
        "format": note.format,
        "source_format": note.source_format or note.format,
    }


def _engine(engine: Engine) -> dict[str, Any]:
    return {
        "version": engine.version,
        "rules": dataclasses.asdict(engine.rules),
        "model": dataclasses.asdict(engine.model) if engine.model else None,
        "fact_confidence": dataclasses.asdict(engine.fact_confidence)
        if engine.fact_confidence
        else None,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "phase": section.phase,
        "start": section.start,
        "end": section.end,
        "heading_start": section.heading_start,
        "inferred": section.inferred,
    }


def _evidence(places: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [
        {"start": each.start, "end": each.end, "text": each.text, "section": each.section}
        for each in places
    ]


def _value(value: Value) -> Any:
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": _value(fact.value),
        "status": fact.status.value,
        "confidence": fact.confidence,
        "evidence": _evidence(fact.evidence),
        "rule": fact.rule,
        "qualifiers": list(fact.qualifiers),
    }


def _item(item: ChecklistItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "label": item.label,
        "required": item.required,
        "status": item.status.value,
        "why": item.why,
        "source": item.source,
        "evidence": _evidence(item.evidence),
        "rule": item.rule,
    }


def _code(assessment: CodeAssessment) -> dict[str, Any]:
    return {
        "code": assessment.code,
        "title": assessment.title,
        "score": assessment.score,
        "support": assessment.support.value,
        "probability": assessment.probability,
        "checklist": [_item(each) for each in assessment.checklist],
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "code": suggestion.code,
        "decision": suggestion.decision.value,
        "confidence": suggestion.confidence,
        "alternatives": [
            {"code": each.code, "confidence": each.confidence} for each in suggestion.alternatives
        ],
        "rationale": [
            {"text": each.text, "evidence": _evidence(each.evidence)}
            for each in suggestion.rationale
        ],
        "rule": suggestion.rule,
        "counterfactual": suggestion.counterfactual,
        "neighbours": list(suggestion.neighbours),
        "abstention": suggestion.abstention,
        "table": _opinion(suggestion.table),
        "model": _opinion(suggestion.model),
        "disagreement": dataclasses.asdict(suggestion.disagreement)
        if suggestion.disagreement
        else None,
    }


def _opinion(opinion: Opinion | None) -> dict[str, Any] | None:
    if opinion is None:
        return None
    return {
        "code": opinion.code,
        "decision": opinion.decision.value,
        "confidence": opinion.confidence,
        "open": list(opinion.open),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "message": finding.message,
        "query": finding.query,
        "codes": list(finding.codes),
        "evidence": _evidence(finding.evidence),
        "rule": finding.rule,
    }
