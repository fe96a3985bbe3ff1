"""Hold every code of the pack against the facts of a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.assess.item import assess_item
from scribe.assess.score import judge_support, score_items
from scribe.types.checklist import CodeAssessment

if TYPE_CHECKING:
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.rules.schema import CodeSpec
    from scribe.types.fact import Fact


def assess_code(code: CodeSpec, scope: Scope, pack: RulePack) -> CodeAssessment:
    """Judge the checklist of one code.

    Args:
        code: The code.
        scope: The facts and signals of the note, with no code meant; what is judged once serves all codes.
        pack: The rule pack that holds the code.

    Returns: The assessment; its probability is 0 until ``rank_codes`` sets it.
    """
    scope = scope.for_code(code.fields())
    items = tuple(
        assess_item(pack.requirements[item], code, scope, pack)
        for item in code.asks
        if item in pack.requirements
    )
    return CodeAssessment(
        code=code.code,
        title=code.title,
        score=score_items(items, code, pack),
        support=judge_support(items, scope, pack),
        probability=0.0,
        checklist=items,
    )


def assess_codes(facts: tuple[Fact, ...], pack: RulePack) -> tuple[CodeAssessment, ...]:
    """Judge the checklists of all codes of the pack, in the order of their numbers."""
    scope = pack.scope(facts)
    return tuple(assess_code(code, scope, pack) for code in pack.codes.values())
