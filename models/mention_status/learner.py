"""Fit the status of mentions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.mention_status.mentions import Features, Mention

STRENGTH: Final = 1.0
SEED: Final = 20957
_LEAST_SEEN: Final = 3
_OF_RULES: Final = "rules:"

Chances = dict[str, float]
"""Probability of each status."""


class StatusModel:
    """Says how probable each status of a mention is."""

    def __init__(
        self, vectorizer: Any, classifier: Any, seen: Callable[[Features], Features]
    ) -> None:
        """Take what was fitted."""
        self._vectorizer = vectorizer
        self._classifier = classifier
        self._seen = seen

    def chances(self, rows: Sequence[Features]) -> list[Chances]:
        """Return the probability of each status, by mention."""
        if not rows:
            return []
        told = self._classifier.predict_proba(
            self._vectorizer.transform([self._seen(row) for row in rows])
        )
        names = [str(each) for each in self._classifier.classes_]
        return [dict(zip(names, map(float, row), strict=True)) for row in told]


def every_feature(features: Features) -> Features:
    """Let the model see all, the rules' view included."""
    return features


def without_rules(features: Features) -> Features:
    """Let the model see words and places only, not what the rules make of them."""
    return {name: value for name, value in features.items() if not name.startswith(_OF_RULES)}


def fit(mentions: Sequence[Mention], seen: Callable[[Features], Features]) -> StatusModel:
    """Fit a model; the same mentions in the same order give the same one.

    Args:
        mentions: With their labels.
        seen: What of their features is used; what fewer than three mentions have is left out as well.
    """
    counts = Counter(name for each in mentions for name in seen(each.features))
    kept = frozenset(name for name, count in counts.items() if count >= _LEAST_SEEN)

    def shown(features: Features) -> Features:
        return {name: value for name, value in seen(features).items() if name in kept}

    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([shown(each.features) for each in mentions])
    classifier = LogisticRegression(C=STRENGTH, max_iter=500, random_state=SEED)
    classifier.fit(rows, [each.status for each in mentions])
    return StatusModel(vectorizer, classifier, shown)
