"""Judge one item of a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.rules.conditions import Scope, Verdict, evaluate
from scribe.rules.wording import first_filled
from scribe.types.checklist import ChecklistItem, ItemStatus

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack
    from scribe.rules.schema import Case, CodeSpec, Requirement


def assess_item(
    requirement: Requirement, code: CodeSpec, scope: Scope, pack: RulePack
) -> ChecklistItem:
    """Judge one item for one code: the first case that holds decides.

    Args:
        requirement: The item.
        code: The code that asks for it; its donor may be named in the reason.
        scope: The facts, with the fields of that code.
        pack: Where the sources are looked up.
    """
    for status, cases in _cases(requirement):
        for case in cases:
            verdict = _judge(case, scope)
            if verdict.holds:
                return ChecklistItem(
                    id=requirement.id,
                    label=requirement.label,
                    required=not requirement.recommended,
                    status=status,
                    why=first_filled(case.why, verdict.facts, {"donor.label": code.donor.label}),
                    source=cite(requirement, code, pack),
                    evidence=verdict.evidence,
                    rule=f"{requirement.id}.{status.value}",
                )
    msg = (
        f"the item {requirement.id!r} has no case without a condition; add one to its missing cases"
    )
    raise ValueError(msg)


def cite(requirement: Requirement, code: CodeSpec, pack: RulePack) -> str:
    """Say where a requirement comes from, with the sources of the code itself first."""
    own = [source for source in requirement.sources if source in code.sources]
    source = pack.sources[(own or list(requirement.sources))[0]]
    level = code.level(requirement.id).value
    return f"{source.citation} ({level} for {code.code})"


def _cases(requirement: Requirement) -> tuple[tuple[ItemStatus, tuple[Case, ...]], ...]:
    return (
        (ItemStatus.NOT_APPLICABLE, requirement.not_applicable),
        (ItemStatus.CONTRADICTED, requirement.contradicted),
        (ItemStatus.MET, requirement.met),
        (ItemStatus.PARTIAL, requirement.partial),
        (ItemStatus.MISSING, requirement.missing),
    )


def _judge(case: Case, scope: Scope) -> Verdict:
    return Verdict(holds=True) if case.when is None else evaluate(case.when, scope)
