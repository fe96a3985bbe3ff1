"""Review a note: every finding, most severe first."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from scribe.review.missing import review_items
from scribe.review.rules import review_rules
from scribe.types.finding import Finding, Severity
from scribe.types.suggestion import Decision, Suggestion

if TYPE_CHECKING:
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.types.checklist import CodeAssessment
    from scribe.types.note import Note


_LOG: Final = logging.getLogger(__name__)


def review_note(
    note: Note,
    scope: Scope,
    assessments: tuple[CodeAssessment, ...],
    suggestion: Suggestion,
    pack: RulePack,
) -> tuple[Finding, ...]:
    """Return what to fix, ask or watch in a note, most severe first.

    A note outside the family gets no missing items: the checklists are not about it.

    Args:
        note: The note; findings name it only through places in its text.
        scope: The facts and signals of the note, with no code meant.
        assessments: One for each code of the pack.
        suggestion: What was decided.
        pack: The rule pack.
    """
    codes = open_codes(suggestion)
    if codes:
        scope = scope.for_code(pack.codes[codes[0]].fields())
    findings = list(review_rules(suggestion.decision, codes, scope, pack))
    leading = [one for one in assessments if codes and one.code == codes[0]]
    if suggestion.decision is not Decision.NONE:
        for assessment in leading:
            findings.extend(review_items(assessment, codes, scope, pack))
    _LOG.debug("note %s: %d findings", note.id, len(findings))
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def open_codes(suggestion: Suggestion) -> tuple[str, ...]:
    """Return the codes that a note may still mean, first the one whose checklist applies."""
    named = (suggestion.code,) if suggestion.code else ()
    return (*named, *(alternative.code for alternative in suggestion.alternatives))
