"""The figures by which the learned model is judged, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from models.figures import brier, calibration_error, log_loss, ranking, share_loss


def test_calibration_weighs_bins_by_notes() -> None:
    error = calibration_error([0.95, 0.95, 0.95, 0.55], [True, True, True, False])
    assert error == pytest.approx((3 * 0.05 + 0.55) / 4)


def test_certainty_falls_into_the_last_bin() -> None:
    assert calibration_error([1.0], [True]) == 0


def test_brier_is_a_squared_distance() -> None:
    assert brier([0.8, 0.4], [True, False]) == pytest.approx((0.04 + 0.16) / 2)


def test_surprise_is_bounded() -> None:
    assert log_loss([1.0], [False]) == pytest.approx(-math.log(1e-3))


@pytest.mark.parametrize(
    ("sure", "expected"), [([0.9, 0.1], 1.0), ([0.1, 0.9], 0.0), ([0.5, 0.5], 0.5)]
)
def test_ranking_asks_whether_right_answers_are_surer(sure: list[float], expected: float) -> None:
    assert ranking(sure, [True, False]) == expected


def test_there_is_no_ranking_without_a_wrong_answer() -> None:
    assert ranking([0.5, 0.9], [True, True]) is None


def test_surprise_at_shares() -> None:
    assert share_loss([{"a": 0.5, "b": 0.5}], [{"a": 0.5, "b": 0.5}]) == pytest.approx(math.log(2))
