"""The JSON of the contract. This is the one place that knows it: command line, Python and API all come here."""

from __future__ import annotations

import dataclasses
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scribe.types.checklist import ChecklistItem, ItemStatus

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis, Engine, Stamp
    from scribe.types.checklist import CodeAssessment
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
    if indent is not None:
        return _encoder(indent).encode(to_contract(analysis)) + "\n"
    before, after = _ONE_LINE.encode(_before_codes(analysis)), _ONE_LINE.encode(_behind(analysis))
    return f'{before[:-1]}, "codes": [{_codes_on_one_line(analysis)}], {after[1:]}\n'


def to_contract(analysis: Analysis) -> dict[str, Any]:
    """Return the analysis as plain data: the object of ``docs/contract.md``, keys always in the same order."""
    return {
        **_before_codes(analysis),
        "codes": [_code(each, [*map(_item, each.checklist)]) for each in analysis.codes],
        **_behind(analysis),
    }


def _before_codes(analysis: Analysis) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "note": _note(analysis.note),
        "engine": _engine(analysis.engine),
        "facts": [_fact(each) for each in analysis.facts],
    }


def _behind(analysis: Analysis) -> dict[str, Any]:
    return {
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


def _codes_on_one_line(analysis: Analysis) -> str:
    """Return the members of ``codes`` as text: most of an analysis, and mostly the same from note to note."""
    if analysis.facts or analysis.signals:
        return _codes_text(analysis.codes)
    return _silent_codes_text(_Same(analysis.codes))


class _Same:
    """Codes that are equal only to themselves: notes without a fact share them, and comparing them would cost more than writing them."""

    __slots__ = ("codes",)

    def __init__(self, codes: tuple[CodeAssessment, ...]) -> None:
        self.codes = codes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.codes is self.codes

    def __hash__(self) -> int:
        return id(self.codes)


@lru_cache(maxsize=2)
def _silent_codes_text(same: _Same) -> str:
    return _codes_text(same.codes)


def _codes_text(codes: tuple[CodeAssessment, ...]) -> str:
    """Write codes; the evidence that several codes share is written once."""
    evidence: dict[int, str] = {}
    return ", ".join(_code_text(each, evidence) for each in codes)


def _code_text(assessment: CodeAssessment, evidence: dict[int, str]) -> str:
    items: list[str] = []
    for item in assessment.checklist:
        before, behind = _around_evidence(
            item.id, item.label, item.required, item.status, item.why, item.source, item.rule
        )
        if not item.evidence:
            items.append(f"{before}[]{behind}")
            continue
        places = evidence.get(id(item.evidence))
        if places is None:
            places = evidence[id(item.evidence)] = _ONE_LINE.encode(_evidence(item.evidence))
        items.append(f"{before}{places}{behind}")
    return f"{_ONE_LINE.encode(_code(assessment, []))[:-2]}{', '.join(items)}]}}"


@lru_cache(maxsize=4096)
def _around_evidence(
    item: str, label: str, required: bool, status: ItemStatus, why: str, source: str, rule: str
) -> tuple[str, str]:
    """Return what stands before and behind the evidence of an item: words of the rules, the same for many notes."""
    bare = ChecklistItem(
        id=item,
        label=label,
        required=required,
        status=status,
        why=why,
        source=source,
        evidence=(),
        rule=rule,
    )
    before, key, behind = _ONE_LINE.encode(_item(bare)).rpartition('"evidence": ')
    return before + key, behind.removeprefix("[]")


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
        "rules": _stamp(engine.rules),
        "model": _stamp(engine.model),
        "fact_confidence": _stamp(engine.fact_confidence),
        "second_reader": _stamp(engine.second_reader),
        "skin_judge": _stamp(engine.skin_judge),
        "site_judge": _stamp(engine.site_judge),
        "gap_judge": _stamp(engine.gap_judge),
        "arbiter": _stamp(engine.arbiter),
    }


def _stamp(stamp: Stamp | None) -> dict[str, str] | None:
    return None if stamp is None else {"version": stamp.version, "hash": stamp.hash}


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


def _code(assessment: CodeAssessment, checklist: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "code": assessment.code,
        "title": assessment.title,
        "score": assessment.score,
        "support": assessment.support.value,
        "probability": assessment.probability,
        "checklist": checklist,
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
