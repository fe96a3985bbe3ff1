"""Judge one item of a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from scribe.rules.conditions import Scope, Verdict, evaluate
from scribe.rules.schema import DONOR_LABEL
from scribe.rules.wording import first_filled
from scribe.types.checklist import ChecklistItem, ItemStatus

if TYPE_CHECKING:
    from scribe.rules.asked import AskedItem
    from scribe.rules.schema import CodeSpec, Requirement
    from scribe.types.fact import Evidence

    Known = dict[object, "Judged"]
    """What was judged already, by the item and all of a code that it depends on."""


_ALWAYS: Final = Verdict(holds=True)


class Judged(NamedTuple):
    """How an item stands, whatever the code that asks for it calls its source."""

    status: ItemStatus
    why: str
    evidence: tuple[Evidence, ...]
    rule: str
    case: str


def assess_item(asked: AskedItem, scope: Scope, known: Known) -> ChecklistItem:
    """Judge one item for one code: the first case that holds decides.

    Args:
        asked: The item, with the code that asks for it.
        scope: The facts, with the fields of that code.
        known: What was judged over the same facts; codes that agree in all that an item depends on share its answer.
    """
    judged = known.get(asked.depends_on)
    if judged is None:
        judged = known[asked.depends_on] = _judge(asked.requirement, asked.code, scope)
    requirement = asked.requirement
    return ChecklistItem(
        id=requirement.id,
        label=requirement.label,
        required=not requirement.recommended,
        status=judged.status,
        why=judged.why,
        source=asked.source,
        evidence=judged.evidence,
        rule=judged.rule,
        case=judged.case,
    )


def _judge(requirement: Requirement, code: CodeSpec, scope: Scope) -> Judged:
    for status, case in requirement.cases:
        verdict = _ALWAYS if case.when is None else evaluate(case.when, scope)
        if verdict.holds:
            why = first_filled(case.why, verdict.facts, {DONOR_LABEL: code.donor.label})
            rule = f"{requirement.id}.{status.value}"
            return Judged(status, why, verdict.evidence, rule, case.why[-1])
    msg = (
        f"the item {requirement.id!r} has no case without a condition; add one to its missing cases"
    )
    raise ValueError(msg)
