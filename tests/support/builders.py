"""Small notes, facts and analyses for tests; every argument has a plain default."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from scribe.types.analysis import Analysis, Engine, Stamp
from scribe.types.checklist import (
    ChecklistItem,
    CodeAssessment,
    ItemStatus,
    ReportAssessment,
    Support,
)
from scribe.types.fact import Evidence, Fact, Status, Value
from scribe.types.finding import Finding, Severity
from scribe.types.note import Note
from scribe.types.suggestion import Alternative, Decision, Reason, Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE_TEXT = "PROCEDURE: Free second metatarsal flap with skin.\r\nThe skin paddle was 7 x 4 cm.\r\n"


def make_note(text: str = NOTE_TEXT, *, note_id: str = "case-1") -> Note:
    """Return a note with the right hash."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Note(id=note_id, text=text, format="text", sha256=digest)


def make_evidence(
    words: str, *, text: str = NOTE_TEXT, section: str | None = "description"
) -> Evidence:
    """Return evidence for words of a text; they must occur in it."""
    start = text.index(words)
    return Evidence(start=start, end=start + len(words), text=words, section=section)


def make_fact(
    name: str = "made.up",
    value: Value = "metatarsal",
    *,
    status: Status = Status.PRESENT,
    confidence: float = 0.9,
    words: Sequence[str] = ("second metatarsal",),
    text: str = NOTE_TEXT,
    **others: Any,
) -> Fact:
    """Return a fact whose evidence is words of a text."""
    return Fact(
        name=name,
        value=value,
        status=status,
        confidence=confidence,
        evidence=tuple(make_evidence(each, text=text) for each in words),
        rule=others.pop("rule", f"{name}.rule"),
        **others,
    )


def make_item(
    item_id: str = "made_up",
    *,
    status: ItemStatus = ItemStatus.MET,
    required: bool = True,
    evidence: tuple[Evidence, ...] = (),
) -> ChecklistItem:
    """Return an item of a checklist."""
    return ChecklistItem(
        id=item_id,
        label=f"Label of {item_id}",
        required=required,
        status=status,
        why=f"Why of {item_id}.",
        source="a source",
        evidence=evidence,
        rule=item_id,
    )


def make_assessment(
    code: str = "99901",
    *items: ChecklistItem,
    support: Support = Support.SUPPORTED,
    probability: float = 0.9,
) -> CodeAssessment:
    """Return the assessment of a code that does not exist."""
    return CodeAssessment(
        code=code,
        title=f"Title of {code}",
        score=80,
        support=support,
        probability=probability,
        checklist=items or (make_item(),),
    )


def make_finding(
    kind: str = "missing",
    *,
    severity: Severity = Severity.HIGH,
    query: str | None = None,
    codes: tuple[str, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Finding:
    """Return a finding."""
    return Finding(
        kind=kind,
        severity=severity,
        message=f"Message of {kind}.",
        query=query,
        codes=codes,
        evidence=evidence,
        rule=f"{kind}.rule",
    )


def make_suggestion(
    code: str | None = "99901",
    *,
    decision: Decision = Decision.SUGGEST,
    alternatives: tuple[Alternative, ...] = (),
    rationale: tuple[Reason, ...] = (),
) -> Suggestion:
    """Return a suggestion."""
    return Suggestion(
        code=code,
        decision=decision,
        confidence=0.9,
        alternatives=alternatives,
        rationale=rationale,
        rule="D00",
    )


def make_analysis(**parts: Any) -> Analysis:
    """Return an analysis with the parts that matter to a test."""
    defaults: dict[str, Any] = {
        "note": make_note(),
        "engine": Engine(
            version="0.0.0", rules=Stamp(version="2000.1", hash="abcdef012345"), model=None
        ),
        "sections": (),
        "facts": (make_fact(),),
        "signals": (),
        "codes": (make_assessment(),),
        "suggestion": make_suggestion(),
        "findings": (),
        "report": ReportAssessment(score=100, checklist=(make_item("named_surgeon"),)),
        "addendum": "",
    }
    return Analysis(**{**defaults, **parts})
