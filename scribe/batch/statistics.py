"""Shares with the interval that a small number of notes leaves open."""

from __future__ import annotations

import math
from dataclasses import dataclass

LEAST_NOTES = 10
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many, with its 95 % Wilson interval.

    Attributes:
        count: How many have it.
        of: How many could have it.
        low: Lower end of the interval, 0 to 1.
        high: Upper end.
    """

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.count / self.of


def share(count: int, of: int) -> Share | None:
    """Return a share; None under ten notes, where it would say more of chance than of the notes."""
    if of < LEAST_NOTES:
        return None
    low, high = wilson(count, of)
    return Share(count=count, of=of, low=low, high=high)


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of so many of so many, which must not be none.

    Source: Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209-212.
    """
    value, square = count / of, _Z * _Z
    middle = value + square / (2 * of)
    spread = _Z * math.sqrt(value * (1 - value) / of + square / (4 * of * of))
    scale = 1 + square / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two readers; None where nothing could differ by chance.

    Args:
        pairs: What the one and the other said, a pair a note.

    Source: Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas 1960;20:37-46.
    """
    if not pairs:
        return None
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    labels = {label for pair in pairs for label in pair}
    expected = sum(
        (sum(one == label for one, _ in pairs) / total)
        * (sum(other == label for _, other in pairs) / total)
        for label in labels
    )
    return None if expected == 1 else (observed - expected) / (1 - expected)
