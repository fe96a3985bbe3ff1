"""Fit the pair model, and on voices that it has not seen its calibration and thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from models.code_suggester.estimator import logistic_of
from scribe.suggest.decide import suggest_code
from scribe.suggest.features import feature_names
from scribe.suggest.second_opinion import (
    OpinionNumbers,
    Policy,
    SecondOpinion,
    opinion_of,
    support,
)
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.code_suggester.examples import Example
    from scribe.rules.pack import RulePack

FOLDS: Final = 5
STRENGTH: Final = 10.0
"""Inverse strength of the penalty on weights; from 3 to 100 the figures hardly change."""
OPEN: Final = 0.2
HOLD_BACK: Final = 0.2
"""Set once, after a look at the one wrong code of the tuned voices: four to one against the table. They are too few to learn it from."""
CLIP: Final = 0.01
EXPECTED_WRONG: Final = 0.05
"""Share of answers that new voices show to be wrong.

Rules were written while looking at the tuned notes, so that nearly every answer there is right by now: their errors tell nothing of new
notes.
"""
_GRID: Final = tuple(step / 20 for step in range(8, 19))
_WRONG_COSTS: Final = 2


def fit_estimator(examples: Sequence[Example], pack: RulePack) -> Any:
    """Fit one binary model on all pairs of a note and a code.

    A code that is worth a share of 1 is one pair with two outcomes that weigh the share and the rest. The sigmoid over the scores is
    fitted on voices that the scores were not, and the weights on all of them.
    """
    names = feature_names(pack)
    rows, outcomes, weights, voices = [], [], [], []
    for example in examples:
        for code, row in example.rows.items():
            share = example.shares.get(code, 0.0)
            for outcome, weight in ((1, share), (0, 1 - share)):
                if weight:
                    rows.append([row.get(name, 0.0) for name in names])
                    outcomes.append(outcome)
                    weights.append(weight)
                    voices.append(example.voice)
    table = np.array(rows)
    folds = list(GroupKFold(FOLDS).split(table, outcomes, voices))
    # Few features and many rows: this solver finds the optimum in a third of the time in which lbfgs stops short of it.
    logistic = LogisticRegression(C=STRENGTH, solver="newton-cholesky")
    estimator = CalibratedClassifierCV(logistic, method="sigmoid", cv=folds, ensemble=False)
    return estimator.fit(table, outcomes, sample_weight=weights)


def opinion(estimator: Any, policy: Policy, pack: RulePack) -> SecondOpinion:
    """Return the second opinion of a fitted estimator: what is measured is what will be stored."""
    return SecondOpinion(
        OpinionNumbers(
            features=pack.second_opinion.version,
            policy=policy,
            fits=logistic_of(estimator, feature_names(pack)),
        )
    )


def fit_opinion(examples: Sequence[Example], pack: RulePack, *, hold_back: float) -> SecondOpinion:
    """Fit the weights on all examples, and what is read from them on voices left out in turn.

    Args:
        examples: Notes that the model is asked about.
        pack: The rules.
        hold_back: Probability below which the model holds back a code of the table; given, not learned.
    """
    policy = _fit_policy(examples, pack).model_copy(update={"hold_back": hold_back})
    return opinion(fit_estimator(examples, pack), policy, pack)


def _fit_policy(examples: Sequence[Example], pack: RulePack) -> Policy:
    voices = sorted({each.voice for each in examples})
    seen: list[tuple[Example, dict[str, float]]] = []
    for fold in range(FOLDS):
        left_out = set(voices[fold::FOLDS])
        estimator = fit_estimator([e for e in examples if e.voice not in left_out], pack)
        blank = opinion(estimator, _policy(), pack)
        for each in examples:
            if each.voice in left_out:
                chances = blank.chances(each.scope, each.assessments, pack)
                if chances:
                    seen.append((each, chances))
    suggest, none = _fit_thresholds(seen)
    intercept, slope = _fit_calibration(seen, pack)
    return _policy(suggest=suggest, none=none, intercept=intercept, slope=slope)


def _policy(**learned: float) -> Policy:
    given = {"suggest": 0.5, "none": 0.5, "intercept": 0.0, "slope": 1.0, **learned}
    return Policy(open=OPEN, hold_back=HOLD_BACK, clip=CLIP, **given)


def _fit_thresholds(seen: Sequence[tuple[Example, dict[str, float]]]) -> tuple[float, float]:
    """Choose what the model alone would say so that right answers less twice the wrong codes are most."""

    def worth(pair: tuple[float, float]) -> tuple[int, float, float]:
        policy = _policy(suggest=pair[0], none=pair[1])
        total = 0
        for example, chances in seen:
            said = opinion_of(chances, policy)
            is_right = (said.code, said.decision.value) == (example.code, example.decision)
            is_wrong = said.decision is Decision.SUGGEST and said.code != example.code
            total += is_right - _WRONG_COSTS * is_wrong
        return total, *pair

    return max(((one, other) for one in _GRID for other in _GRID), key=worth)[:2]


def _fit_calibration(
    seen: Sequence[tuple[Example, dict[str, float]]], pack: RulePack
) -> tuple[float, float]:
    """Fit how probable an answer of the table is right, from how well the model carries it.

    Each answer counts as wrong, too, with the weight of the model's doubt; together they weigh `EXPECTED_WRONG` of all.
    """
    import math

    log_odds, right, doubts = [], [], []
    for example, chances in seen:
        table = suggest_code(example.scope, example.assessments, pack)[0].table
        if table is None:
            continue
        share = min(max(support(table, chances), CLIP), 1 - CLIP)
        log_odds.append([math.log(share / (1 - share))])
        right.append((table.code, table.decision.value) == (example.code, example.decision))
        doubts.append(1 - share)
    told = len(right)
    doubt = EXPECTED_WRONG * told / sum(doubts)
    weights = [1.0] * told + [doubt * each for each in doubts]
    fitted = LogisticRegression(C=1.0).fit(log_odds * 2, right + [False] * told, weights)
    return round(float(fitted.intercept_[0]), 4), round(float(fitted.coef_[0][0]), 4)
