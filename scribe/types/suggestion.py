"""The code that the documentation supports, or an explicit abstention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scribe.types.fact import Evidence


class Decision(StrEnum):
    """What is suggested."""

    SUGGEST = "suggest"
    QUERY = "query"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another code that stays possible, with its confidence from 0 to 1."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of the reasoning with the words of the note behind it."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A code, or none, and why.

    Attributes:
        code: CPT number, or None.
        decision: ``suggest``, ``query`` or ``none``.
        confidence: 0 to 1.
        alternatives: For a query the open codes, first the one whose checklist applies; else runners-up.
        rationale: The steps that led here.
        rule: Id of the row of the decision table.
        counterfactual: The smallest documented fact that would change the answer, worded as a fact about the note.
        neighbours: Codes outside the family that a coder may want to look at, for decision ``none``.
        abstention: Why no code is given (``silent``, ``contradiction``, ``out_of_family``, ``low_confidence``), or None.
    """

    code: str | None
    decision: Decision
    confidence: float
    alternatives: tuple[Alternative, ...]
    rationale: tuple[Reason, ...]
    rule: str
    counterfactual: str | None = None
    neighbours: tuple[str, ...] = ()
    abstention: str | None = None
