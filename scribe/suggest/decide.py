"""Suggest the code that the documentation supports, or abstain and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scribe.suggest.calibrate import probabilities
from scribe.suggest.decision_table import Ruling, decide_row, explain
from scribe.types.checklist import ItemStatus
from scribe.types.suggestion import Alternative, Decision, Suggestion

if TYPE_CHECKING:
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.types.checklist import CodeAssessment

_DONE: Final = frozenset({ItemStatus.MET, ItemStatus.NOT_APPLICABLE})


def suggest_code(
    scope: Scope, assessments: tuple[CodeAssessment, ...], pack: RulePack
) -> tuple[Suggestion, dict[str, float]]:
    """Decide on a code.

    Args:
        scope: The facts and signals of the note, with no code meant.
        assessments: One for each code of the pack, in any order.
        pack: The rule pack.

    Returns: The suggestion, and the probability of every code; what they leave to 1 is "none".
    """
    ruling = decide_row(scope, pack)
    gaps = sum(_count_short(one) for one in assessments if one.code == ruling.code)
    chances = probabilities(ruling, gaps, pack)
    row = ruling.row
    suggestion = Suggestion(
        code=ruling.code,
        decision=row.decision,
        confidence=_confidence(ruling, chances),
        alternatives=_alternatives(ruling, chances),
        rationale=explain(row, scope, pack),
        rule=row.id,
        counterfactual=row.counterfactual,
        neighbours=row.neighbours,
        abstention=row.abstention,
    )
    return suggestion, chances


def _count_short(assessment: CodeAssessment) -> int:
    items = assessment.checklist
    return sum(item.required and item.status not in _DONE for item in items)


def _confidence(ruling: Ruling, chances: dict[str, float]) -> float:
    if ruling.row.decision is Decision.SUGGEST and ruling.code:
        return chances[ruling.code]
    return ruling.row.confidence


def _alternatives(ruling: Ruling, chances: dict[str, float]) -> tuple[Alternative, ...]:
    others = ruling.open
    if ruling.row.decision is Decision.SUGGEST and ruling.twin:
        others = (ruling.twin,)
    return tuple(Alternative(code=code, confidence=chances[code]) for code in others)
