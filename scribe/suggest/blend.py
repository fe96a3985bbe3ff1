"""One distribution over the codes that fits both the answer and the learned probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.suggest.second_opinion import none_share
from scribe.types.suggestion import Decision, Opinion

if TYPE_CHECKING:
    from collections.abc import Mapping


def blend(
    answer: Opinion, sure: float, chances: Mapping[str, float], first_share: float
) -> dict[str, float]:
    """Return the probability of every code; what they leave to 1 is "none".

    A suggested code has the confidence of the suggestion, and the others share the rest as the model weighs them; likewise for "none".
    With a question, its open codes share the confidence in the question, and what is left is shared among all as the model weighs them.

    Args:
        answer: What was decided.
        sure: How probable it is that the answer is right.
        chances: What the model says.
        first_share: What the first open code gets; the others share the rest.
    """
    fixed: dict[str | None, float]
    if answer.decision is Decision.SUGGEST:
        fixed = {answer.code: sure}
    elif answer.decision is Decision.NONE:
        fixed = {None: sure}
    else:
        fixed = _open(answer.open, sure, first_share)
    weights = _with_none(chances)
    if answer.decision is not Decision.QUERY:
        weights = {code: weight for code, weight in weights.items() if code not in fixed}
    return _spread(fixed, weights, list(chances))


def _with_none(chances: Mapping[str, float]) -> dict[str | None, float]:
    return dict(zip((*chances, None), (*chances.values(), none_share(chances)), strict=True))


def _open(codes: tuple[str, ...], sure: float, first_share: float) -> dict[str | None, float]:
    if len(codes) < 2:
        return dict.fromkeys(codes, sure)
    rest = sure * (1 - first_share) / (len(codes) - 1)
    return {codes[0]: sure * first_share, **dict.fromkeys(codes[1:], rest)}


def _spread(
    fixed: Mapping[str | None, float], weights: Mapping[str | None, float], codes: list[str]
) -> dict[str, float]:
    left = 1 - sum(fixed.values())
    whole = sum(weights.values())
    even = 1 / len(weights) if weights else 0.0
    return {
        code: round(
            fixed.get(code, 0.0)
            + left * (weights.get(code, 0.0) / whole if whole else even * (code in weights)),
            4,
        )
        for code in codes
    }
