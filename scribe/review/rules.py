"""Report conflicts, unfilled text, services listed apart, modifiers and missing necessity: all rules that rest on facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.review.queries import word_query
from scribe.rules.conditions import Scope, evaluate
from scribe.rules.wording import first_filled
from scribe.types.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.rules.conditions import Verdict
    from scribe.rules.pack import RulePack
    from scribe.rules.schema import FindingRule
    from scribe.types.suggestion import Decision


def review_rules(
    decision: Decision, codes: tuple[str, ...], scope: Scope, pack: RulePack
) -> Iterator[Finding]:
    """Yield a finding for each rule of the pack that holds and is meant for this decision.

    Args:
        decision: What was suggested.
        codes: The codes that the note may still mean.
        scope: The facts, with the fields of the first of these codes, if any.
        pack: The rule pack.
    """
    for rule in pack.finding_rules():
        if decision not in rule.decisions:
            continue
        verdict = evaluate(rule.when, scope)
        if verdict.holds:
            yield Finding(
                kind=rule.kind,
                severity=rule.severity,
                message=first_filled(rule.message, verdict.facts),
                query=_ask(rule, verdict, pack),
                codes=codes,
                evidence=verdict.evidence,
                rule=rule.id,
            )


def _ask(rule: FindingRule, verdict: Verdict, pack: RulePack) -> str | None:
    if rule.query is None:
        return None
    return word_query(rule.query, verdict.evidence, pack, verdict.facts)
