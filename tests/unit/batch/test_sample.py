"""Places are shared out in proportion, and every stratum gets one where there are enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.batch.sample import allocate

SIZES = st.dictionaries(
    st.text(min_size=1, max_size=3), st.integers(1, 500), min_size=1, max_size=12
)

CASES = {
    "in proportion": ({"a": 60, "b": 30, "c": 10}, 10, {"a": 6, "b": 3, "c": 1}),
    "one at least": ({"a": 980, "b": 15, "c": 5}, 10, {"a": 8, "b": 1, "c": 1}),
    "all when there are fewer": ({"a": 2, "b": 1}, 10, {"a": 2, "b": 1}),
    "more strata than places": ({"a": 3, "b": 2, "c": 1}, 1, {"a": 1, "b": 0, "c": 0}),
}


@pytest.mark.parametrize(("sizes", "size", "places"), CASES.values(), ids=CASES.keys())
def test_places_are_shared_out(sizes: dict[str, int], size: int, places: dict[str, int]) -> None:
    assert allocate(sizes, size) == places


@given(sizes=SIZES, size=st.integers(1, 300))
def test_places_add_up_and_no_stratum_gets_more_than_it_has(
    sizes: dict[str, int], size: int
) -> None:
    places = allocate(sizes, size)
    assert sum(places.values()) == min(size, sum(sizes.values()))
    assert all(0 <= places[name] <= sizes[name] for name in sizes)
    if size >= len(sizes):
        assert min(places.values()) >= 1
