"""How sure a figure is: 95 % intervals.

A share of notes gets Wilson's interval. What is counted inside notes gets a bootstrap over whole notes, since the mistakes of one note come
together; where nothing varies (no mistake in any note) that would have no width, and Wilson's interval over the things stands instead.
"""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Any

from scribe.batch.statistics import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

Interval = tuple[float, float]
_ENDS = (2.5, 97.5)


def share_interval(part: int, of: int) -> Interval:
    """Return Wilson's interval of so many of so many."""
    return wilson(part, of)


class Redraws:
    """Draws the notes of a group again and again, always the same way.

    Source: Efron B, Tibshirani RJ. An Introduction to the Bootstrap. Chapman & Hall, 1993; percentile interval, notes as clusters.
    """

    def __init__(self, notes: int, times: int, seed: int) -> None:
        """Take how many notes there are.

        Args:
            notes: Of the group.
            times: How often all are drawn.
            seed: The same seed gives the same draws.
        """
        self._weights = _weights(notes, times, seed)

    def ratio(self, parts: Sequence[float], wholes: Sequence[float]) -> Interval | None:
        """Return the interval of the sum of the parts over the sum of the wholes.

        Args:
            parts: One number for each note.
            wholes: Likewise.

        Returns: None when no draw holds anything to divide by.
        """
        import numpy as np

        above = self._weights @ np.asarray(parts, dtype=float)
        below = self._weights @ np.asarray(wholes, dtype=float)
        return _ends(above[below > 0] / below[below > 0])

    def calibration_error(self, sums: Sequence[Sequence[Sequence[float]]]) -> Interval | None:
        """Return the interval of the expected calibration error.

        Args:
            sums: For each note and each bin of confidence: how many answers, the sum of their confidence, how many are right.

        Returns: None when no draw holds an answer.
        """
        import numpy as np

        drawn = np.tensordot(self._weights, np.asarray(sums, dtype=float), axes=1)
        of, confidence, right = drawn[..., 0], drawn[..., 1], drawn[..., 2]
        total, apart = of.sum(axis=1), np.abs(confidence - right).sum(axis=1)
        return _ends(apart[total > 0] / total[total > 0])


def _ends(values: Any) -> Interval | None:
    import numpy as np

    if not len(values):
        return None
    low, high = np.percentile(values, _ENDS)
    return float(low), float(high)


@cache
def _weights(notes: int, times: int, seed: int) -> Any:
    """Return how often each note is drawn, a row a draw; Python's generator gives the same numbers with every NumPy."""
    import numpy as np

    draw = random.Random(seed)  # noqa: S311 - chance for statistics, not for secrets
    rows = [np.bincount(draw.choices(range(notes), k=notes), minlength=notes) for _ in range(times)]
    return np.asarray(rows)
