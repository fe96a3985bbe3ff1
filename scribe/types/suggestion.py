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
class Opinion:
    """What one of the two judges, the decision table or the learned model, says by itself.

    Attributes:
        code: CPT number, or None.
        decision: ``suggest``, ``query`` or ``none``.
        confidence: 0 to 1. The table's is a fixed number of its row; the model's is the probability of what it says.
        open: The open codes of a query.
    """

    code: str | None
    decision: Decision
    confidence: float
    open: tuple[str, ...] = ()

    def agrees_with(self, other: Opinion) -> bool:
        """Tell whether both say the same, however sure they are."""
        return (self.code, self.decision) == (other.code, other.decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Why the answer is not what the table, or not what the model, says.

    Attributes:
        reason: ``low_confidence``, ``contradiction``, ``silent`` or ``out_of_family``.
        text: The same as a sentence.
    """

    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A code, or none, and why.

    Attributes:
        code: CPT number, or None.
        decision: ``suggest``, ``query`` or ``none``.
        confidence: 0 to 1: how probable it is that this answer is right, where the model was asked; else the number of the table's row.
        alternatives: For a query the open codes, first the one whose checklist applies; else runners-up.
        rationale: The steps that led here.
        rule: Id of the row of the decision table.
        counterfactual: The smallest documented fact that would change the answer, worded as a fact about the note.
        neighbours: Codes outside the family that a coder may want to look at, for decision ``none``.
        abstention: Why no code is given (``silent``, ``contradiction``, ``out_of_family``, ``low_confidence``), or None.
        table: What the decision table says.
        model: What the learned model says; None where it was not asked.
        disagreement: Why the answer differs from one of the two; None where all agree.
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
    table: Opinion | None = None
    model: Opinion | None = None
    disagreement: Disagreement | None = None
