"""Figures that tell how good probabilities are; all are means over notes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BINS = 10
_LEAST = 1e-3


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error: ten bins of equal width, each weighing as many notes as it holds."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, hit in zip(confidences, right, strict=True):
        bins.setdefault(min(int(sure * BINS), BINS - 1), []).append((sure, hit))
    gaps = (abs(sum(sure - hit for sure, hit in held)) for held in bins.values())
    return sum(gaps) / len(confidences)


def brier(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean squared distance between confidence and outcome."""
    return _mean([(sure - hit) ** 2 for sure, hit in zip(confidences, right, strict=True)])


def log_loss(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean surprise at the outcome; no confidence counts as nearer to 0 or 1 than a thousandth."""
    return _mean(
        [
            -math.log(max(sure if hit else 1 - sure, _LEAST))
            for sure, hit in zip(confidences, right, strict=True)
        ]
    )


def ranking(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """Return how often a right answer has the higher confidence of a right and a wrong one; None without both kinds."""
    good = [sure for sure, hit in zip(confidences, right, strict=True) if hit]
    bad = [sure for sure, hit in zip(confidences, right, strict=True) if not hit]
    if not good or not bad:
        return None
    wins = sum((one > other) + (one == other) / 2 for one in good for other in bad)
    return wins / (len(good) * len(bad))


def share_loss(
    chances: Sequence[Mapping[str, float]], wanted: Sequence[Mapping[str, float]]
) -> float:
    """Return the mean surprise at the labelled shares, "none" included."""
    return _mean(
        [
            -sum(share * math.log(max(held.get(key, 0.0), _LEAST)) for key, share in aim.items())
            for held, aim in zip(chances, wanted, strict=True)
        ]
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
