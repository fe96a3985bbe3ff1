"""Suggest the code that the documentation supports, or abstain and say why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scribe.suggest.blend import blend
from scribe.suggest.calibrate import probabilities
from scribe.suggest.decision_table import Ruling, decide_row, explain
from scribe.suggest.second_opinion import confidence, opinion_of, support
from scribe.suggest.settle import settle
from scribe.types.checklist import ItemStatus
from scribe.types.suggestion import Alternative, Decision, Disagreement, Opinion, Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.suggest.arbiter import Weighing
    from scribe.suggest.second_opinion import Policy, SecondOpinion
    from scribe.types.checklist import CodeAssessment

_DONE: Final = frozenset({ItemStatus.MET, ItemStatus.NOT_APPLICABLE})
_LOW: Final = "low_confidence"


def suggest_code(
    scope: Scope,
    assessments: tuple[CodeAssessment, ...],
    pack: RulePack,
    second: SecondOpinion | None = None,
    weighed: Weighing | None = None,
) -> tuple[Suggestion, dict[str, float]]:
    """Decide on a code.

    The decision table decides, and the arbiter settles what it leaves open because signs disagree. The second opinion gives the
    probabilities and the confidence, and may hold back a code that it finds very unlikely; it never makes a suggestion where the table
    makes none.

    Args:
        scope: The facts and signals of the note, with no code meant.
        assessments: One for each code of the pack, in any order.
        pack: The rule pack.
        second: The learned second opinion; without one the table speaks alone.
        weighed: What the arbiter makes of the note; None where it was not asked.

    Returns: The suggestion, and the probability of every code; what they leave to 1 is "none".

    Raises:
        ModelError: The second opinion cannot be used.
    """
    ruling = settle(decide_row(scope, pack), weighed, scope, pack)
    gaps = sum(_count_short(one) for one in assessments if one.code == ruling.code)
    chances = probabilities(ruling, gaps, pack)
    table = _table_opinion(ruling, chances)
    row = ruling.row
    suggestion = Suggestion(
        code=ruling.code,
        decision=row.decision,
        confidence=table.confidence,
        alternatives=_alternatives(table, ruling.twin, chances),
        rationale=(*explain(row, scope, pack), *((ruling.weighed,) if ruling.weighed else ())),
        rule=row.id,
        counterfactual=row.counterfactual,
        neighbours=row.neighbours,
        abstention=row.abstention,
        table=table,
    )
    learned = second.chances(scope, assessments, pack) if second else None
    if second is None or learned is None:
        return suggestion, chances
    return _with_second_opinion(suggestion, table, ruling.twin, learned, second.policy, pack)


def _with_second_opinion(
    suggestion: Suggestion,
    table: Opinion,
    twin: str | None,
    learned: dict[str, float],
    policy: Policy,
    pack: RulePack,
) -> tuple[Suggestion, dict[str, float]]:
    model = opinion_of(learned, policy)
    held_back = table.code is not None and learned[table.code] < policy.hold_back
    answer = _held_back(table, learned, policy) if held_back else table
    sure = confidence(support(answer, learned), policy)
    chances = blend(answer, sure, learned, pack.decisions.calibration.first_share)
    decided = replace(
        suggestion,
        code=answer.code,
        decision=answer.decision,
        confidence=round(sure, 4),
        alternatives=_alternatives(answer, twin, chances),
        abstention=_LOW if held_back else suggestion.abstention,
        model=model,
        disagreement=_disagreement(table, model, answer, suggestion.abstention, pack),
    )
    return decided, chances


def _held_back(table: Opinion, learned: Mapping[str, float], policy: Policy) -> Opinion:
    """Leave open the code of the table, and any that the model finds possible."""
    ranked = sorted(learned, key=lambda code: (-learned[code], code))
    others = (code for code in ranked if learned[code] >= policy.open)
    codes = tuple(dict.fromkeys((table.code or "", *others)))
    return Opinion(code=None, decision=Decision.QUERY, confidence=table.confidence, open=codes)


def _disagreement(
    table: Opinion, model: Opinion, answer: Opinion, abstention: str | None, pack: RulePack
) -> Disagreement | None:
    said = pack.second_opinion.wordings
    if not answer.agrees_with(table):
        return Disagreement(
            reason=_LOW, text=said.held_back.replace("{table}", _named(table, pack))
        )
    if answer.agrees_with(model) or model.decision is Decision.QUERY:
        return None  # a model that is not sure itself does not disagree strongly
    if answer.decision is Decision.SUGGEST:
        reason, text = _LOW, said.kept
    else:
        reason, text = abstention or _LOW, said.abstained
    return Disagreement(reason=reason, text=text.replace("{second}", _named(model, pack)))


def _named(opinion: Opinion, pack: RulePack) -> str:
    said = pack.second_opinion.wordings
    if opinion.decision is Decision.NONE:
        return said.none
    return opinion.code or said.joiner.join(opinion.open)


def _table_opinion(ruling: Ruling, chances: Mapping[str, float]) -> Opinion:
    row = ruling.row
    is_code = row.decision is Decision.SUGGEST and ruling.code
    return Opinion(
        code=ruling.code,
        decision=row.decision,
        confidence=chances[ruling.code] if is_code and ruling.code else row.confidence,
        open=ruling.open,
    )


def _count_short(assessment: CodeAssessment) -> int:
    items = assessment.checklist
    return sum(item.required and item.status not in _DONE for item in items)


def _alternatives(
    answer: Opinion, twin: str | None, chances: Mapping[str, float]
) -> tuple[Alternative, ...]:
    others = answer.open
    if answer.decision is Decision.SUGGEST and twin:
        others = (twin,)
    return tuple(Alternative(code=code, confidence=chances[code]) for code in others)
