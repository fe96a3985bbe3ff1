"""Many judges that look at the same features, asked all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from scribe.suggest.numbers import Features, Logistic

_MOST_KNOWN: Final = 4096
"""Surroundings whose sums are kept; there are fewer, unless notes are odd."""


class Judges:
    """Logistic regressions over one set of features, with their weights by feature: it is looked up once for all of them.

    Nearly every judge has a weight for section, phase, frame and the like, and few for a word. So what stands around a sentence makes
    three quarters of a sum, and its part is kept from note to note.
    """

    def __init__(self, judges: Sequence[Logistic]) -> None:
        """Index the weights."""
        import numpy as np

        self._intercepts = np.array([judge.intercept for judge in judges])
        features = dict.fromkeys(feature for judge in judges for feature in judge.weights)
        table = np.zeros((len(features), len(judges)))
        self._weights = dict(zip(features, table, strict=True))
        for at, judge in enumerate(judges):
            for feature, weight in judge.weights.items():
                self._weights[feature][at] = weight
        self._begun: dict[tuple[str, ...], NDArray[np.float64]] = {}

    def odds(self, around: Features, own: Features) -> list[float]:
        """Return the log odds of every judge.

        Args:
            around: What stands around a sentence; each of it is 1.
            own: What it holds itself, or what stands at a place in it; none of it is in ``around``.
        """
        key = tuple(around)
        begun = self._begun.get(key)
        if begun is None:
            begun = self._intercepts.copy()
            self._add(begun, around)
            if len(self._begun) >= _MOST_KNOWN:
                self._begun.clear()
            self._begun[key] = begun
        odds = begun.copy()
        self._add(odds, own)
        summed: list[float] = odds.tolist()
        return summed

    def _add(self, odds: NDArray[np.float64], features: Features) -> None:
        """Add what features weigh, in their order: sums of another one could differ in the last digit."""
        weights = self._weights
        for feature, value in features.items():
            row = weights.get(feature)
            if row is not None:
                odds += row if value == 1.0 else row * value
