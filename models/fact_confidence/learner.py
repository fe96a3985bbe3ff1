"""Fit the numbers of the learned confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from models.fact_confidence.examples import CLIP
from scribe.evaluate.labels import JUDGED
from scribe.suggest.fact_confidence import FEATURES, FactConfidence, FactNumbers
from scribe.suggest.numbers import Logistic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.fact_confidence.examples import Example
    from scribe.suggest.numbers import Features

STRENGTH: Final = 0.3
"""Inverse strength of the penalty on weights; from 0.1 to 1 the figures hardly change."""
_DIGITS: Final = 4


def every_feature(features: Features) -> Features:
    """Let the model see all: what the rules state, and what found the fact."""
    return features


def only_stated(features: Features) -> Features:
    """Let the model see the stated confidence alone, so that all it can do is to shift and stretch it."""
    return {"stated": features["stated"]}


def without_stated(features: Features) -> Features:
    """Let the model see everything but the stated confidence."""
    return {name: value for name, value in features.items() if name != "stated"}


def fit(
    examples: Sequence[Example], seen: Callable[[Features], Features] = every_feature
) -> FactConfidence:
    """Fit a model; the same examples in the same order give the same numbers.

    Args:
        examples: Judged facts.
        seen: What of their features is used.
    """
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([seen(each.features) for each in examples])
    model = LogisticRegression(C=STRENGTH, max_iter=10_000)
    model.fit(rows, [each.is_right for each in examples])
    names = vectorizer.get_feature_names_out()
    return FactConfidence(
        FactNumbers(
            features=FEATURES,
            statuses=JUDGED,
            clip=CLIP,
            right=Logistic(
                intercept=round(float(model.intercept_[0]), _DIGITS),
                weights={
                    str(name): round(float(weight), _DIGITS)
                    for name, weight in zip(names, model.coef_[0], strict=True)
                },
            ),
        )
    )
