"""Find values of one role that cannot both be true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scribe.types.fact import Dimensions, Evidence, Fact, Measure, Value

if TYPE_CHECKING:
    from scribe.types.condition import Distinct

_TOLERANCE_CM: Final = 0.05


def conflicting_facts(
    facts: tuple[Fact, ...], condition: Distinct, marks: tuple[Fact, ...]
) -> tuple[Fact, ...]:
    """Return the facts whose values conflict, or nothing.

    Args:
        facts: Present facts of one name.
        condition: How far apart two values may stand and still be meant together.
        marks: Facts that mark a value as one of several that are meant.
    """
    said = [fact for fact in facts if not _is_silent(fact.value)]
    groups: list[list[Fact]] = []
    for fact in said:
        linked = [g for g in groups if any(_belong(fact, other, condition, marks) for other in g)]
        groups = [g for g in groups if g not in linked]
        groups.append([fact, *(other for g in linked for other in g)])
    return tuple(said) if len(groups) > 1 else ()


def _belong(left: Fact, right: Fact, condition: Distinct, marks: tuple[Fact, ...]) -> bool:
    if _agree(left.value, right.value):
        return True
    reach = condition.together
    if reach is not None and _nearest(left.evidence, right.evidence) <= reach:
        return True
    first, second = _mark(left, condition, marks), _mark(right, condition, marks)
    return bool(first and second and first != second)


def _mark(fact: Fact, condition: Distinct, marks: tuple[Fact, ...]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (place.start, place.end)
        for mark in marks
        for place in mark.evidence
        if _nearest(fact.evidence, (place,)) <= condition.pair_within
    )


def _nearest(left: tuple[Evidence, ...], right: tuple[Evidence, ...]) -> int:
    return min(max(a.start - b.end, b.start - a.end, 0) for a in left for b in right)


def _is_silent(value: Value) -> bool:
    if isinstance(value, Dimensions):
        return value.length_cm is None and value.width_cm is None
    if isinstance(value, Measure):
        return value.length_cm is None
    return value is None


def _agree(left: Value, right: Value) -> bool:
    if isinstance(left, Dimensions) and isinstance(right, Dimensions):
        return _near(left.length_cm, right.length_cm) and _near(left.width_cm, right.width_cm)
    if isinstance(left, Measure) and isinstance(right, Measure):
        return _near(left.length_cm, right.length_cm)
    return left == right


def _near(left: float | None, right: float | None) -> bool:
    return left is None or right is None or abs(left - right) <= _TOLERANCE_CM
