"""Intervals and agreement, held against published figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.batch.statistics import kappa, share

# Newcombe RG. Two-sided confidence intervals for the single proportion. Stat Med 1998;17:857-872, table I, method 3.
NEWCOMBE = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}  # fmt: skip


@pytest.mark.parametrize(("counts", "ends"), NEWCOMBE.items())
def test_the_interval_is_the_published_one(
    counts: tuple[int, int], ends: tuple[float, float]
) -> None:
    found = share(*counts)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(ends, abs=0.00005)


@pytest.mark.parametrize("of", [0, 1, 9])
def test_under_ten_there_is_none(of: int) -> None:
    assert share(0, of) is None


@given(of=st.integers(10, 5000), part=st.floats(0, 1))
def test_the_share_lies_in_its_interval(of: int, part: float) -> None:
    found = share(round(of * part), of)
    assert found is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_kappa_is_the_published_one() -> None:
    """Fifty grant applications, two readers; a textbook example: 0.4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(
    "pairs", [[], [("met", "met")] * 12], ids=["nobody", "nothing to tell apart"]
)
def test_kappa_is_silent_where_it_says_nothing(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) is None
