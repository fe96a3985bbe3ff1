"""Calibration and coverage, held against figures worked out by hand."""

from __future__ import annotations

import pytest

from scribe.evaluate.calibration import Point, bins_of, calibration_error, coverage_curve

FOUR = [(0.95, True), (0.95, False), (0.55, True), (0.55, True)]


def test_answers_fall_into_bins_of_equal_width() -> None:
    found = [(each.low, each.high, each.of, each.right) for each in bins_of(FOUR, 10)]
    assert found == [(0.5, 0.6, 2, 1.0), (0.9, 1.0, 2, 0.5)]


def test_full_confidence_falls_into_the_last_bin() -> None:
    assert [each.low for each in bins_of([(1.0, True)], 10)] == [0.9]


def test_the_calibration_error_is_the_weighted_mean_distance() -> None:
    assert calibration_error(bins_of(FOUR, 10)) == pytest.approx((2 * 0.45 + 2 * 0.45) / 4)


def test_without_answers_there_is_no_error() -> None:
    assert calibration_error(()) is None


def test_the_curve_says_what_answering_above_a_confidence_gives() -> None:
    assert coverage_curve(FOUR) == (
        Point(confidence=0.95, coverage=0.5, accuracy=0.5),
        Point(confidence=0.55, coverage=1.0, accuracy=0.75),
    )
