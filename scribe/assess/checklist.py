"""Hold every code of the pack against the facts of a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.assess.item import assess_item
from scribe.assess.score import judge_support, score_items
from scribe.types.checklist import CodeAssessment

if TYPE_CHECKING:
    from scribe.assess.item import Known
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.rules.schema import CodeSpec


def assess_code(
    code: CodeSpec, scope: Scope, pack: RulePack, known: Known | None = None
) -> CodeAssessment:
    """Judge the checklist of one code.

    Args:
        code: The code.
        scope: The facts and signals of the note, with no code meant; what is judged once serves all codes.
        pack: The rule pack that holds the code.
        known: Items judged for other codes over the same facts; shared by all codes of a note.

    Returns: The assessment; its probability is 0 until ``rank_codes`` sets it.
    """
    scope = scope.for_code(code.fields())
    judged: Known = {} if known is None else known
    items = tuple(assess_item(asked, scope, judged) for asked in pack.checklist(code))
    return CodeAssessment(
        code=code.code,
        title=code.title,
        score=score_items(items, code, pack),
        support=judge_support(items, scope, pack),
        probability=0.0,
        checklist=items,
    )


def assess_codes(scope: Scope, pack: RulePack) -> tuple[CodeAssessment, ...]:
    """Judge the checklists of all codes of the pack, in the order of their numbers."""
    known: Known = {}
    return tuple(assess_code(code, scope, pack, known) for code in pack.codes.values())
