"""What the learned model sees of one note and one code.

No feature knows which code it is: each says how the facts fit the donor and the skin that the code asks for. So one model serves every
code, one that is added later included. Training and analysis both come here; there is no second implementation.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Final

from scribe.rules.conditions import Scope, evaluate
from scribe.types.checklist import ItemStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.rules.pack import RulePack
    from scribe.suggest.numbers import Features
    from scribe.types.checklist import CodeAssessment

_SHARES: Final = ("share_met", "share_contradicted", "score")


def feature_names(pack: RulePack) -> tuple[str, ...]:
    """Return the names of all features, in order."""
    return (*pack.second_opinion.features, *_SHARES)


def pair_features(
    scope: Scope, assessments: Iterable[CodeAssessment], pack: RulePack
) -> dict[str, Features]:
    """Return the features of each assessed code that are not 0.

    Args:
        scope: The facts and signals of the note, with no code meant.
        assessments: The judged checklists.
        pack: Where the conditions of the features stand.

    Returns: By code: 1 for each condition of ``second_opinion.yaml`` that holds, the share of required items that are met, the share that
    is contradicted, and the score, each from 0 to 1.
    """
    assessed = tuple(assessments)
    scopes = tuple(scope.for_code(pack.codes[one.code].fields()) for one in assessed)
    columns = [
        [evaluate(condition, each).holds for each in scopes]
        if scope.keys.asked(condition, scope.named)
        else repeat(evaluate(condition, scope).holds, len(scopes))  # the same whatever the code
        for condition in pack.second_opinion.features.values()
    ]
    held = zip(*columns, strict=True) if columns else repeat((), len(scopes))
    names = feature_names(pack)
    return {
        one.code: {
            name: float(value)
            for name, value in zip(names, (*each, *_shares(one)), strict=True)
            if value
        }
        for one, each in zip(assessed, held, strict=True)
    }


def _shares(assessment: CodeAssessment) -> tuple[float, ...]:
    statuses = [
        item.status
        for item in assessment.checklist
        if item.required and item.status is not ItemStatus.NOT_APPLICABLE
    ]
    total = len(statuses) or 1
    met, contradicted = (
        statuses.count(status) / total for status in (ItemStatus.MET, ItemStatus.CONTRADICTED)
    )
    return met, contradicted, assessment.score / 100
