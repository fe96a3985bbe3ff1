"""The learned second opinion: probabilities over the codes, what they would say alone, and how sure an answer is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from scribe.errors import ModelError
from scribe.rules.condition_schema import Share, Strict
from scribe.rules.conditions import evaluate
from scribe.suggest.features import feature_names, pair_features
from scribe.suggest.numbers import Logistic, Numbers, logistic, read_numbers
from scribe.types.suggestion import Decision, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.suggest.numbers import Features
    from scribe.types.analysis import Stamp
    from scribe.types.checklist import CodeAssessment

TITLE: Final = "the learned second opinion"


class Policy(Strict):
    """How probabilities become an opinion and a confidence.

    Attributes:
        suggest: Least probability of a code that the model alone would suggest.
        none: Least probability of "none" at which the model alone would say so; between the two it would ask.
        open: Least probability of a code that the model alone would leave open.
        hold_back: A code of the table that the model finds less probable than this is not suggested but left open.
        intercept: With ``slope``, the calibration: confidence = logistic(intercept + slope * log odds of the support).
        slope: See ``intercept``.
        clip: Support is kept this far from 0 and from 1.
    """

    suggest: Share
    none: Share
    open: Share
    hold_back: Share
    intercept: float
    slope: float
    clip: Annotated[float, Field(gt=0.0, lt=0.5)]


class OpinionNumbers(Numbers):
    """Everything that the second opinion depends on, beside ``patterns/second_opinion.yaml``.

    Attributes:
        policy: What is made of its probabilities.
        fits: Whether a code is the one that a note documents.
    """

    policy: Policy
    fits: Logistic

    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability that a code fits a note, from the features of both."""
        return {"fits": self.fits.probability(features)}


class SecondOpinion:
    """A learned judge of the codes, asked beside the decision table."""

    def __init__(self, numbers: OpinionNumbers, stamp: Stamp | None = None) -> None:
        """Take the numbers as they are, and what an analysis calls them."""
        self.numbers = numbers
        self.stamp = stamp

    @property
    def policy(self) -> Policy:
        """What is made of its probabilities."""
        return self.numbers.policy

    def chances(
        self, scope: Scope, assessments: Iterable[CodeAssessment], pack: RulePack
    ) -> dict[str, float] | None:
        """Return the probability of every code; what they leave to 1 is "none".

        Returns: None for a note that the model is not asked about (``considers`` in ``second_opinion.yaml``).
        """
        if not evaluate(pack.second_opinion.considers, scope).holds:
            return None
        rows = pair_features(scope, assessments, pack)
        return normalise(self.scores(rows)) if rows else None

    def scores(self, rows: Mapping[str, Features]) -> dict[str, float]:
        """Return for each code the probability that it fits, whatever the others are; from its features."""
        return {code: self.numbers.fits.probability(row) for code, row in rows.items()}


def load_second_opinion(folder: Path, pack: RulePack) -> SecondOpinion:
    """Load a stored second opinion.

    Args:
        folder: Holds its manifest, its weights, and the estimator that they were read from.
        pack: The rules whose features the model is to see.

    Raises:
        ModelError: Something is missing or damaged, or the model was trained on other features.
    """
    numbers, stamp = read_numbers(folder, OpinionNumbers, pack.second_opinion.version, TITLE)
    if numbers.fits.weights.keys() != set(feature_names(pack)):
        msg = f"{TITLE} was trained on features of other names than the rules have; run make train"
        raise ModelError(msg)
    return SecondOpinion(numbers, stamp)


def normalise(scores: Mapping[str, float]) -> dict[str, float]:
    """Turn one probability a code into probabilities that exclude each other, with room for "none".

    Each code weighs its odds and "none" weighs 1: what exactly this code, or no code, would have if the scores were independent.
    """
    least = 1e-6
    odds = {code: min(p, 1 - least) / (1 - min(p, 1 - least)) for code, p in scores.items()}
    whole = 1 + sum(odds.values())
    return {code: each / whole for code, each in odds.items()}


def none_share(chances: Mapping[str, float]) -> float:
    """Return the probability that no code is right."""
    return max(0.0, 1 - sum(chances.values()))


def opinion_of(chances: Mapping[str, float], policy: Policy) -> Opinion:
    """Say what the model would answer alone; between its two thresholds it abstains and leaves codes open."""
    code = max(chances, key=lambda each: (chances[each], each))
    none = none_share(chances)
    if none >= policy.none:
        return Opinion(code=None, decision=Decision.NONE, confidence=round(none, 4))
    if chances[code] >= policy.suggest:
        return Opinion(code=code, decision=Decision.SUGGEST, confidence=round(chances[code], 4))
    ranked = sorted(chances, key=lambda each: (-chances[each], each))
    left = tuple(each for each in ranked if chances[each] >= policy.open) or (code,)
    said = Opinion(code=None, decision=Decision.QUERY, confidence=0.0, open=left)
    return Opinion(
        code=None,
        decision=Decision.QUERY,
        confidence=round(support(said, chances), 4),
        open=left,
    )


def support(answer: Opinion, chances: Mapping[str, float]) -> float:
    """Say how well the probabilities carry an answer, from 0 to 1.

    For a code its probability, and for "none" what is left to 1. A question is carried when two of its codes are about equally
    probable: twice the second one, or the probability of its only code.
    """
    if answer.decision is Decision.SUGGEST and answer.code:
        return chances[answer.code]
    if answer.decision is Decision.NONE:
        return none_share(chances)
    ranked = sorted((chances[code] for code in answer.open), reverse=True)
    if not ranked:
        return none_share(chances)
    return 2 * ranked[1] if len(ranked) > 1 else ranked[0]


def confidence(share: float, policy: Policy) -> float:
    """Turn the support of an answer into the probability that it is right, as it was among the labelled notes."""
    kept = min(max(share, policy.clip), 1 - policy.clip)
    return logistic(policy.intercept + policy.slope * math.log(kept / (1 - kept)))
