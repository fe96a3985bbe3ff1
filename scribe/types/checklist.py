"""How well a note documents what a code, or any operative report, asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scribe.types.fact import Evidence


class ItemStatus(StrEnum):
    """How far one item of a checklist is documented."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    CONTRADICTED = "contradicted"
    NOT_APPLICABLE = "not_applicable"


class Support(StrEnum):
    """Whether the documentation carries a code."""

    SUPPORTED = "supported"
    GAPS = "gaps"
    CONTRADICTED = "contradicted"
    NOT_SUPPORTED = "not supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One item of a checklist, judged.

    Attributes:
        id: Stable id, the stem of its rule file.
        label: What it asks for, in the project's words.
        required: False where the item is only recommended.
        status: How far it is documented.
        why: One sentence with the reason, and for a missing item where we looked.
        source: Where the requirement comes from.
        evidence: The words that were judged.
        rule: Id of the rule that decided.
        case: The reason in the words of its case in the rules, with nothing of the note in it; tells the case apart.
        is_quiet: True where it is short, but the note may well say it: no finding is raised.
    """

    id: str
    label: str
    required: bool
    status: ItemStatus
    why: str
    source: str
    evidence: tuple[Evidence, ...]
    rule: str
    case: str = ""
    is_quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAssessment:
    """One CPT code held against the note.

    Attributes:
        code: The CPT number.
        title: The project's own wording, not the code book's.
        score: 0 to 100, weighted share of the checklist that is documented.
        support: Whether the documentation carries the code.
        probability: 0 to 1 over all codes of the pack and "none".
        checklist: The items, in the order of the pack.
    """

    code: str
    title: str
    score: int
    support: Support
    probability: float
    checklist: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAssessment:
    """The elements that every operative report needs, whatever the operation."""

    score: int
    checklist: tuple[ChecklistItem, ...]
