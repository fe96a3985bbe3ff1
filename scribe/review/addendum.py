"""Draft an addendum: labelled blanks for what the note leaves open, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scribe.review.review import open_codes
from scribe.rules.conditions import evaluate
from scribe.types.checklist import CodeAssessment, ItemStatus
from scribe.types.suggestion import Decision, Suggestion

if TYPE_CHECKING:
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack

_OPEN: Final = frozenset({ItemStatus.MISSING, ItemStatus.PARTIAL, ItemStatus.CONTRADICTED})
_HEAD: Final = (
    "ADDENDUM TO THE OPERATIVE NOTE (draft; no part of the record until the surgeon completes, dates and signs it)",
    "Late entry. Date and time of this entry: ____    Date of the operation: ____",
    'Complete only what was observed or done; write "not done" or "unable to determine" where that is so.',
)
_FOOT: Final = "Name and signature of the surgeon: ____"


def draft_addendum(
    assessments: tuple[CodeAssessment, ...],
    suggestion: Suggestion,
    pack: RulePack,
    scope: Scope,
) -> str:
    """Return a draft with a blank for each required item that is short, of the suggested or first open code.

    It restates nothing of the note, so that nothing is copied forward. Empty when nothing is short, or when the note is outside the family.

    Args:
        assessments: One for each code of the pack.
        suggestion: What was decided.
        pack: The rule pack.
        scope: The facts of the note, with no code meant; a blank for what they already give is left out.

    Source: Medicare Program Integrity Manual, section 3.3.2.5, on late entries and addenda.
    """
    codes = open_codes(suggestion)
    if suggestion.decision is Decision.NONE or not codes:
        return ""
    scope = scope.for_code(pack.codes[codes[0]].fields())
    blanks = [
        blank.label
        for assessment in assessments
        if assessment.code == codes[0]
        for item in assessment.checklist
        if item.required and item.status in _OPEN
        for blank in pack.requirements[item.id].addendum
        if item.status is ItemStatus.CONTRADICTED
        or blank.unless is None
        or not evaluate(blank.unless, scope).holds
    ]
    if not blanks:
        return ""
    lines = (f"- {label}: ____" for label in dict.fromkeys(blanks))
    return "\n".join((*_HEAD, "", *lines, "", _FOOT, ""))
