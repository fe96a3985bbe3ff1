"""Intervals hold the figure, are the same every time, and are as wide as notes differ."""

from __future__ import annotations

import pytest

from scribe.evaluate.intervals import Redraws, share_interval

ALTERNATING = [1, 0] * 50


def test_a_share_of_notes_has_wilsons_interval() -> None:
    """Newcombe RG. Stat Med 1998;17:857-872, table I, method 3."""
    assert share_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=0.00005)


def test_a_ratio_of_notes_of_one_thing_has_about_the_binomial_interval() -> None:
    low, high = Redraws(100, 2000, 1).ratio(ALTERNATING, [1] * 100) or (0, 0)
    assert (low, high) == pytest.approx((0.40, 0.60), abs=0.02)


def test_mistakes_that_come_together_widen_the_interval() -> None:
    """Ten things a note, all right or all wrong, tell no more than one thing a note."""
    together = Redraws(100, 2000, 1).ratio([10 * each for each in ALTERNATING], [10] * 100)
    assert together == Redraws(100, 2000, 1).ratio(ALTERNATING, [1] * 100)


def test_nothing_to_divide_by_has_no_interval() -> None:
    assert Redraws(3, 100, 1).ratio([0, 0, 0], [0, 0, 0]) is None


@pytest.mark.parametrize(("seed", "same"), [(7, True), (8, False)])
def test_the_same_seed_gives_the_same_interval(seed: int, same: bool) -> None:
    values, wholes = [3, 1, 4, 1, 5, 9, 2], [9] * 7
    one = Redraws(7, 200, 7).ratio(values, wholes)
    assert (one == Redraws(7, 200, seed).ratio(values, wholes)) is same


def test_the_interval_of_a_calibration_error_holds_it() -> None:
    """Every note states 0.8, and every second one is right: the error is 0.3."""
    sums = [[(1, 0.8, right)] for right in ALTERNATING]
    low, high = Redraws(100, 500, 1).calibration_error(sums) or (0, 0)
    assert low < 0.3 < high
