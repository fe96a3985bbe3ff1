"""Turn a judged checklist into a score and a word of support."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.rules.conditions import Scope, evaluate
from scribe.types.checklist import ChecklistItem, CodeAssessment, ItemStatus, Support

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.rules.pack import RulePack
    from scribe.rules.schema import CodeSpec


def score_items(items: tuple[ChecklistItem, ...], code: CodeSpec, pack: RulePack) -> int:
    """Return 0 to 100: the weighted share of a code's checklist that is documented.

    Weights come from how strongly the code asks, and credits from ``pack.yaml``; items that do not apply are left out.
    """
    settings = pack.settings
    credit = {ItemStatus.MET: settings.credit.met, ItemStatus.PARTIAL: settings.credit.partial}
    judged = [
        (settings.weights[code.level(item.id)], credit.get(item.status, 0.0))
        for item in items
        if item.status is not ItemStatus.NOT_APPLICABLE
    ]
    total = sum(weight for weight, _ in judged)
    return round(100 * sum(weight * share for weight, share in judged) / total) if total else 0


def judge_support(items: tuple[ChecklistItem, ...], scope: Scope, pack: RulePack) -> Support:
    """Say whether the documentation carries a code; the rules stand in ``decisions.yaml``."""
    rules = pack.decisions.support
    if evaluate(rules.not_supported, scope).holds:
        return Support.NOT_SUPPORTED
    if evaluate(rules.contradicted, scope).holds:
        return Support.CONTRADICTED
    is_full = all(item.status in _DONE for item in items if item.required)
    return Support.SUPPORTED if is_full else Support.GAPS


def rank_codes(
    assessments: tuple[CodeAssessment, ...], probabilities: Mapping[str, float]
) -> tuple[CodeAssessment, ...]:
    """Give every assessment its probability and put the best first; equal ones stand by score, then by number."""
    rated = (
        replace(one, probability=round(probabilities.get(one.code, 0.0), 4)) for one in assessments
    )
    return tuple(sorted(rated, key=lambda one: (-one.probability, -one.score, one.code)))


_DONE = frozenset({ItemStatus.MET, ItemStatus.NOT_APPLICABLE})
