"""The shape of an analysis for the OpenAPI document; the bytes come from ``scribe.render.as_json`` alone."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict

from scribe.types.checklist import ItemStatus, Support  # noqa: TC001 - pydantic reads them
from scribe.types.fact import Status  # noqa: TC001
from scribe.types.finding import Severity  # noqa: TC001
from scribe.types.suggestion import Decision  # noqa: TC001


class NoteDocument(TypedDict):
    """Which note was analysed."""

    id: str
    sha256: str
    chars: int
    format: str
    source_format: str


class StampDocument(TypedDict):
    """Version and hash of what shaped the answer."""

    version: str
    hash: str


class EngineDocument(TypedDict):
    """What made the analysis."""

    version: str
    rules: StampDocument
    model: StampDocument | None
    fact_confidence: StampDocument | None
    second_reader: StampDocument | None
    skin_judge: StampDocument | None
    site_judge: StampDocument | None
    gap_judge: StampDocument | None
    arbiter: StampDocument | None


class EvidenceDocument(TypedDict):
    """The exact words: ``note[start:end] == text``, in code points."""

    start: int
    end: int
    text: str
    section: str | None


class FactDocument(TypedDict):
    """What the note documents, and how it asserts it."""

    name: str
    value: Any
    status: Status
    confidence: float
    evidence: list[EvidenceDocument]
    rule: str
    qualifiers: list[str]


class ItemDocument(TypedDict):
    """One item of a checklist, judged."""

    id: str
    label: str
    required: bool
    status: ItemStatus
    why: str
    source: str
    evidence: list[EvidenceDocument]
    rule: str


class CodeDocument(TypedDict):
    """One code held against the note."""

    code: str
    title: str
    score: int
    support: Support
    probability: float
    checklist: list[ItemDocument]


class AlternativeDocument(TypedDict):
    """Another code that stays possible."""

    code: str
    confidence: float


class ReasonDocument(TypedDict):
    """One step of the reasoning."""

    text: str
    evidence: list[EvidenceDocument]


class OpinionDocument(TypedDict):
    """What the decision table, or the learned model, says by itself."""

    code: str | None
    decision: Decision
    confidence: float
    open: list[str]


class DisagreementDocument(TypedDict):
    """Why the answer differs from one of the two."""

    reason: str
    text: str


class SuggestionDocument(TypedDict):
    """A code that the documentation supports, or an abstention, and why."""

    code: str | None
    decision: Decision
    confidence: float
    alternatives: list[AlternativeDocument]
    rationale: list[ReasonDocument]
    rule: str
    counterfactual: str | None
    neighbours: list[str]
    abstention: str | None
    table: OpinionDocument | None
    model: OpinionDocument | None
    disagreement: DisagreementDocument | None


class FindingDocument(TypedDict):
    """One thing to fix, ask or watch."""

    kind: str
    severity: Severity
    message: str
    query: str | None
    codes: list[str]
    evidence: list[EvidenceDocument]
    rule: str


class ReportDocument(TypedDict):
    """The elements that every operative report needs."""

    score: int
    checklist: list[ItemDocument]


class WebhookDocument(TypedDict):
    """What a receiver of results gets."""

    schema: Literal["scribe.webhook/1"]
    type: Literal["note.analyzed"]
    timestamp: str
    data: AnalysisDocument


class SectionDocument(TypedDict):
    """Where a section of the note is."""

    name: str | None
    phase: str | None
    start: int
    end: int
    heading_start: int
    inferred: bool


class AnalysisDocument(TypedDict):
    """The answer for one note."""

    schema: Literal["scribe.analysis/1"]
    note: NoteDocument
    engine: EngineDocument
    facts: list[FactDocument]
    codes: list[CodeDocument]
    suggestion: SuggestionDocument
    findings: list[FindingDocument]
    report: ReportDocument
    addendum: str
    sections: list[SectionDocument]
    signals: list[FactDocument]
