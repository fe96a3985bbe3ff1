"""Fit a multinomial logistic regression that is evaluated in plain Python."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from scribe.suggest.numbers import Logistic, Multinomial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.suggest.numbers import Features

RAREST: Final = 4
"""A feature of fewer notes is left out."""
_DIGITS: Final = 3
_SMALLEST: Final = 0.005


def fit_classes(
    rows: Sequence[Features], classes: Sequence[str], *, strength: float, version: int
) -> Multinomial:
    """Fit the weights of each class.

    Args:
        rows: What is seen of each note.
        classes: What each of them means.
        strength: Inverse strength of the penalty.
        version: Of the features.
    """
    counts = Counter(name for row in rows for name in row)
    kept = {name for name, count in counts.items() if count >= RAREST}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: value for name, value in row.items() if name in kept} for row in rows]
    )
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(matrix, list(classes))
    names = vectorizer.get_feature_names_out()
    return Multinomial(
        features=version,
        classes={
            str(kind): Logistic(
                intercept=round(float(model.intercept_[at]), _DIGITS),
                weights={
                    str(name): round(float(weight), _DIGITS)
                    for name, weight in zip(names, model.coef_[at], strict=True)
                    if abs(weight) >= _SMALLEST
                },
            )
            for at, kind in enumerate(model.classes_)
        },
    )
