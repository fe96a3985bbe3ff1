"""Whether a stated confidence is the share that is right, and what abstaining buys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Sure = tuple[float, bool]
"""Confidence of one answer, and whether it is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of about the same confidence.

    Attributes:
        low: Lower edge, included.
        high: Upper edge, not included but for 1.
        of: How many answers.
        confidence: Their mean confidence.
        right: The share of them that is right.
    """

    low: float
    high: float
    of: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What would come of answering only at or above a confidence.

    Attributes:
        confidence: The threshold.
        coverage: Share of the notes that are answered.
        accuracy: Share of the answers that are right.
    """

    confidence: float
    coverage: float
    accuracy: float


def bin_sums(answers: Iterable[Sure], count: int) -> list[tuple[float, float, float]]:
    """Return for each bin of equal width how many answers, the sum of their confidence, and how many are right.

    Args:
        answers: Confidence, and whether it is right.
        count: How many bins.
    """
    sums = [(0.0, 0.0, 0.0)] * count
    for confidence, is_right in answers:
        at = min(int(confidence * count), count - 1)
        of, total, right = sums[at]
        sums[at] = (of + 1, total + confidence, right + is_right)
    return sums


def bins_of(answers: Iterable[Sure], count: int) -> tuple[Bin, ...]:
    """Sort answers into bins of equal width; empty ones are left out."""
    return tuple(
        Bin(
            low=at / count,
            high=(at + 1) / count,
            of=int(of),
            confidence=confidence / of,
            right=right / of,
        )
        for at, (of, confidence, right) in enumerate(bin_sums(answers, count))
        if of
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Return the expected calibration error; None without answers.

    Source: Naeini MP, Cooper GF, Hauskrecht M. Obtaining well calibrated probabilities using Bayesian binning. AAAI 2015.
    """
    total = sum(each.of for each in bins)
    if not total:
        return None
    return sum(each.of * abs(each.confidence - each.right) for each in bins) / total


def coverage_curve(answers: Sequence[Sure]) -> tuple[Point, ...]:
    """Return one point for each confidence that occurs, the highest first.

    Args:
        answers: Confidence and right, one a note.
    """
    points = []
    for least in sorted({confidence for confidence, _ in answers}, reverse=True):
        given = [right for confidence, right in answers if confidence >= least]
        points.append(
            Point(
                confidence=least,
                coverage=len(given) / len(answers),
                accuracy=sum(given) / len(given),
            )
        )
    return tuple(points)
