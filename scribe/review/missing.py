"""Report the required items that are short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.review.queries import word_query
from scribe.rules.conditions import Scope, evaluate
from scribe.rules.wording import first_filled
from scribe.types.checklist import ChecklistItem, CodeAssessment, ItemStatus
from scribe.types.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.rules.pack import RulePack
    from scribe.rules.schema import Requirement

_SOFTER = {
    Severity.HIGH: Severity.MEDIUM,
    Severity.MEDIUM: Severity.LOW,
    Severity.LOW: Severity.LOW,
    Severity.INFO: Severity.INFO,
}


def review_items(
    assessment: CodeAssessment, codes: tuple[str, ...], scope: Scope, pack: RulePack
) -> Iterator[Finding]:
    """Yield a finding for each required item that is missing or partial.

    A contradicted item is left to its conflict, a quiet one to whoever reads the checklist. An item that stands only in a plan gets a
    finding for that beside the missing one, and then the question stands there.

    Args:
        assessment: Of the suggested code, or of the first open one.
        codes: The codes that the note may still mean.
        scope: The facts, with the fields of that code.
        pack: The rule pack.
    """
    for item in assessment.checklist:
        if not item.required or item.is_quiet:
            continue
        touched = tuple(code for code in codes if item.id in pack.codes[code].asks)
        if item.status is ItemStatus.MISSING:
            yield from _missing(item, touched, scope, pack)
        elif item.status is ItemStatus.PARTIAL:
            yield _partial(item, touched, pack)


def _missing(
    item: ChecklistItem, codes: tuple[str, ...], scope: Scope, pack: RulePack
) -> Iterator[Finding]:
    requirement = pack.requirements[item.id]
    planned = _planned(item, requirement, codes, scope, pack)
    if planned:
        yield planned
    report = pack.findings.missing
    yield Finding(
        kind=report.kind,
        severity=requirement.severity,
        message=first_filled((report.message,), (), _words(item)),
        query=None if planned else _query(requirement, item, pack),
        codes=codes,
        evidence=item.evidence,
        rule=f"{report.kind}.{item.id}",
    )


def _planned(
    item: ChecklistItem,
    requirement: Requirement,
    codes: tuple[str, ...],
    scope: Scope,
    pack: RulePack,
) -> Finding | None:
    if requirement.planned is None or requirement.planned_message is None:
        return None
    verdict = evaluate(requirement.planned, scope)
    if not verdict.holds:
        return None
    report = pack.findings.planned
    return Finding(
        kind=report.kind,
        severity=requirement.severity,
        message=first_filled((report.message,), (), {"planned": requirement.planned_message}),
        query=_query(requirement, item, pack),
        codes=codes,
        evidence=verdict.evidence,
        rule=f"{report.kind}.{item.id}",
    )


def _partial(item: ChecklistItem, codes: tuple[str, ...], pack: RulePack) -> Finding:
    requirement = pack.requirements[item.id]
    report = pack.findings.partial
    return Finding(
        kind=report.kind,
        severity=_SOFTER[requirement.severity],
        message=first_filled((report.message,), (), _words(item)),
        query=_query(requirement, item, pack),
        codes=codes,
        evidence=item.evidence,
        rule=f"{report.kind}.{item.id}",
    )


def _words(item: ChecklistItem) -> dict[str, str]:
    return {"label": item.label[:1].lower() + item.label[1:], "why": item.why}


def _query(requirement: Requirement, item: ChecklistItem, pack: RulePack) -> str | None:
    return word_query(requirement.query, item.evidence, pack) if requirement.query else None
