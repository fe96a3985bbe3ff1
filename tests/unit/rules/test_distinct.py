"""Two values of one role conflict, unless the note means both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.rules.distinct import conflicting_facts
from scribe.types.condition import Distinct
from tests.support.fact_cases import build_facts

if TYPE_CHECKING:
    from scribe.types.fact import Fact

APART = Distinct(name="a.ray")
NEAR = Distinct(name="a.ray", together=15)
PAIRED = Distinct(name="a.ray", together=15, paired_with="a.length", pair_within=40)


def conflict(condition: Distinct, *rows: dict[str, Any]) -> tuple[Fact, ...]:
    facts = build_facts(rows)
    mine = tuple(f for f in facts if f.name == "a.ray")
    return conflicting_facts(mine, condition, tuple(f for f in facts if f.name == "a.length"))


def ray(value: Any, at: int) -> dict[str, Any]:
    return {"fact": "a.ray", "value": value, "at": at}


def size(length: float | None, width: float | None) -> dict[str, float | None]:
    return {"length_cm": length, "width_cm": width}


def test_one_value_is_no_conflict() -> None:
    assert conflict(APART, ray(2, 0)) == ()


def test_two_values_are_a_conflict() -> None:
    assert len(conflict(APART, ray(2, 0), ray(3, 500))) == 2


def test_two_values_in_one_phrase_are_meant_together() -> None:
    assert conflict(NEAR, ray(2, 0), ray(3, 10)) == ()


def test_a_third_value_far_away_is_a_conflict() -> None:
    assert len(conflict(NEAR, ray(2, 0), ray(3, 10), ray(4, 500))) == 3


def test_each_value_with_its_own_mark_is_meant() -> None:
    marks = ({"fact": "a.length", "at": 10}, {"fact": "a.length", "at": 510})
    assert conflict(PAIRED, ray(2, 0), ray(3, 500), *marks) == ()


def test_one_mark_for_one_of_two_values_is_not_enough() -> None:
    assert len(conflict(PAIRED, ray(2, 0), ray(3, 500), {"fact": "a.length", "at": 10})) == 2


def test_sizes_that_agree_where_both_are_given_are_one() -> None:
    assert conflict(APART, ray(size(7.0, 5.0), 0), ray(size(7.0, None), 500)) == ()


def test_rounding_is_no_conflict() -> None:
    assert conflict(APART, ray(size(7.0, 5.0), 0), ray(size(7.04, 5.0), 500)) == ()


def test_two_sizes_are_a_conflict() -> None:
    assert len(conflict(APART, ray(size(12.0, 6.0), 0), ray(size(10.0, 6.0), 500))) == 2


def test_a_size_that_is_not_given_conflicts_with_nothing() -> None:
    assert conflict(APART, ray(size(None, None), 0), ray(size(10.0, 6.0), 500)) == ()


def test_a_denial_is_no_value() -> None:
    assert conflict(APART, ray(None, 0), ray(3, 500)) == ()
