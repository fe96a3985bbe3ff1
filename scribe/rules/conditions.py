"""Judge the conditions of the rule pack against the facts of one note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any, Final

from scribe.rules.distinct import conflicting_facts
from scribe.types.condition import (
    All,
    AnyOf,
    CodeField,
    Compare,
    Condition,
    Distinct,
    FactIs,
    Named,
    Not,
    Place,
    Scalar,
)
from scribe.types.fact import Evidence, Fact

Fields = Mapping[str, tuple[Scalar, ...]]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a condition holds, with the facts that it used, each narrowed to the evidence that counted."""

    holds: bool
    facts: tuple[Fact, ...] = ()

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the evidence of all facts used, in order of the note, each place once."""
        places = {(e.start, e.end): e for fact in self.facts for e in fact.evidence}
        return tuple(places[key] for key in sorted(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What conditions are judged against.

    Attributes:
        facts: Facts and signals of one note.
        named: The shared conditions of the pack.
        title_sections: Canonical sections that only name the operation.
        fields: The fields of the code under assessment; empty where no code is meant.
        by_name: The facts by their name.
        known: Verdicts by the key of a condition; shared by the scopes of all codes.
        keys: The keys of conditions; the same for every note of a pack.
        own_keys: Those of them that hold for ``fields``, by the identity of a condition.
    """

    facts: tuple[Fact, ...]
    named: Mapping[str, Condition]
    title_sections: frozenset[str]
    fields: Fields
    by_name: Mapping[str, tuple[Fact, ...]] = field(repr=False, compare=False)
    known: dict[int, Verdict] = field(default_factory=dict, repr=False, compare=False)
    keys: ConditionKeys = field(default_factory=lambda: ConditionKeys(), repr=False, compare=False)
    own_keys: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def for_code(self, fields: Fields) -> Scope:
        """Return the same scope for one code."""
        return Scope(  # spelled out: it is done for every code, more than once a note
            facts=self.facts,
            named=self.named,
            title_sections=self.title_sections,
            fields=fields,
            by_name=self.by_name,
            known=self.known,
            keys=self.keys,
            own_keys=self.keys.for_fields(fields),
        )


class ConditionKeys:
    """A number for each condition and each set of values that the fields of a code give it.

    Conditions that say the same share it, wherever they stand, and so do codes that agree in the fields that are asked for. Working
    them out costs more than judging a condition, so they are kept from note to note, by the identity of the conditions of a pack.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._by_fields: dict[object, dict[int, int]] = {}
        self._asked: dict[int, tuple[str, ...]] = {}
        self._said: dict[int, str] = {}
        self._numbers: dict[object, int] = {}

    def for_fields(self, fields: Fields) -> dict[int, int]:
        """Return the keys that hold for the fields of a code."""
        return self._by_fields.setdefault(tuple(fields.items()), {})

    def asked(self, condition: Condition, named: Mapping[str, Condition]) -> tuple[str, ...]:
        """Return the fields of the code that a condition asks for, in order."""
        found = self._asked.get(id(condition))
        if found is None:
            found = self._asked[id(condition)] = tuple(sorted(asked_fields(condition, named)))
        return found

    def number(self, condition: Condition, scope: Scope) -> int:
        """Return the key of a condition for the fields of a scope."""
        given = (scope.fields.get(name) for name in self.asked(condition, scope.named))
        said = self._said.get(id(condition))
        if said is None:  # in words, as conditions are equal that mean True and 1
            said = self._said[id(condition)] = repr(condition)
        return self._numbers.setdefault((said, *given), len(self._numbers))


def index_facts(facts: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    """Return facts by their name."""
    by_name: dict[str, list[Fact]] = {}
    for fact in facts:
        by_name.setdefault(fact.name, []).append(fact)
    return {name: tuple(found) for name, found in by_name.items()}


_FAILED: Final = Verdict(holds=False)
_HELD: Final = Verdict(holds=True)


def evaluate(condition: Condition, scope: Scope) -> Verdict:
    """Judge one condition.

    Args:
        condition: A tree from the rule pack.
        scope: The facts, the shared conditions and the code's fields.

    Returns: The verdict; a ``not`` and a comparison of the code's fields use no facts.
    """
    key = scope.own_keys.get(id(condition))
    if key is None:
        key = scope.own_keys[id(condition)] = scope.keys.number(condition, scope)
    verdict = scope.known.get(key)
    if verdict is None:
        verdict = scope.known[key] = _JUDGES[type(condition)](condition, scope)
    return verdict


def asked_fields(condition: Condition, named: Mapping[str, Condition]) -> set[str]:
    """Return the fields of the code that a condition asks for; codes that agree in them share its verdict.

    Args:
        condition: The condition.
        named: The shared conditions of the pack.
    """
    if isinstance(condition, Compare):
        return {condition.field.name}
    if isinstance(condition, FactIs):
        given = (condition.values, condition.refused)
        return {each.name for each in given if isinstance(each, CodeField)}
    if isinstance(condition, (All, AnyOf)):
        return set().union(*(asked_fields(part, named) for part in condition.parts))
    if isinstance(condition, Not):
        return asked_fields(condition.part, named)
    if isinstance(condition, Named):
        return asked_fields(named[condition.name], named)
    return set()


def _merge(verdicts: Iterable[Verdict]) -> tuple[Fact, ...]:
    using = [verdict for verdict in verdicts if verdict.facts]
    if len(using) == 1:
        return using[0].facts
    merged: dict[tuple[object, ...], Fact] = {}
    for fact in chain.from_iterable(v.facts for v in using):
        key = (fact.name, fact.signal, repr(fact.value), fact.status)
        known = merged.setdefault(key, fact)
        if known is not fact:
            both = {(e.start, e.end): e for e in (*known.evidence, *fact.evidence)}
            merged[key] = replace(fact, evidence=tuple(both[place] for place in sorted(both)))
    return tuple(merged.values())


def _all(condition: All, scope: Scope) -> Verdict:
    verdicts = []
    for part in condition.parts:
        verdict = evaluate(part, scope)
        if not verdict.holds:
            return _FAILED
        verdicts.append(verdict)
    return Verdict(holds=True, facts=_merge(verdicts))


def _any(condition: AnyOf, scope: Scope) -> Verdict:
    held = [v for v in (evaluate(part, scope) for part in condition.parts) if v.holds]
    return Verdict(holds=True, facts=_merge(held)) if held else _FAILED


def _not(condition: Not, scope: Scope) -> Verdict:
    return _FAILED if evaluate(condition.part, scope).holds else _HELD


def _named(condition: Named, scope: Scope) -> Verdict:
    return evaluate(scope.named[condition.name], scope)


def _compare(condition: Compare, scope: Scope) -> Verdict:
    given = scope.fields.get(condition.field.name, ())
    return _HELD if any(_same(a, b) for a in given for b in condition.values) else _FAILED


def _fact(condition: FactIs, scope: Scope) -> Verdict:
    named = scope.by_name.get(condition.name)
    if not named:
        return _FAILED
    blocked = _places(condition.apart_from, scope)
    used = []
    for fact in named:
        if not _fits(fact, condition, scope.fields):
            continue
        if condition.place is Place.ANYWHERE and not blocked:
            used.append(fact)
            continue
        evidence = tuple(
            e
            for e in fact.evidence
            if in_place(e, condition.place, scope.title_sections)
            and not any(e.start < end and start < e.end for start, end in blocked)
        )
        if evidence == fact.evidence:
            used.append(fact)
        elif evidence:
            used.append(replace(fact, evidence=evidence))
    return Verdict(holds=True, facts=tuple(used)) if used else _FAILED


def _distinct(condition: Distinct, scope: Scope) -> Verdict:
    present = _fact(FactIs(name=condition.name, place=condition.place), scope).facts
    marks = _fact(FactIs(name=condition.paired_with), scope).facts if condition.paired_with else ()
    facts = conflicting_facts(present, condition, marks)
    return Verdict(holds=True, facts=facts) if facts else _FAILED


def in_place(evidence: Evidence, place: Place, title_sections: frozenset[str]) -> bool:
    """Tell whether evidence stands in the asked part of the note."""
    if place is Place.ANYWHERE:
        return True
    return (evidence.section in title_sections) is (place is Place.TITLE)


def _places(name: str | None, scope: Scope) -> tuple[tuple[int, int], ...]:
    if name is None:
        return ()
    return tuple((e.start, e.end) for f in scope.by_name.get(name, ()) for e in f.evidence)


def _fits(fact: Fact, condition: FactIs, fields: Fields) -> bool:
    return (
        fact.signal is condition.signal
        and fact.status in condition.statuses
        and _accepts(fact, condition, fields)
        and _qualifies(fact, condition)
        and _is_complete(fact, condition)
    )


def _accepts(fact: Fact, condition: FactIs, fields: Fields) -> bool:
    wanted = _resolve(condition.values, fields)
    refused = _resolve(condition.refused, fields)
    if wanted and not any(_same(fact.value, value) for value in wanted):
        return False
    return not (refused and any(_same(fact.value, value) for value in refused))


def _qualifies(fact: Fact, condition: FactIs) -> bool:
    given = fact.qualifiers
    if condition.qualifiers and not any(each in given for each in condition.qualifiers):
        return False
    return not (given and any(each in given for each in condition.without))


def _is_complete(fact: Fact, condition: FactIs) -> bool:
    def part(name: str) -> Any:
        return getattr(fact.value, name, None)

    if condition.has and any(part(name) is None for name in condition.has):
        return False
    if condition.has_any and all(part(name) is None for name in condition.has_any):
        return False
    return not condition.fields or all(
        any(_same(part(n), v) for v in values) for n, values in condition.fields
    )


def _resolve(values: tuple[Scalar, ...] | CodeField, fields: Fields) -> tuple[Scalar, ...]:
    return fields.get(values.name, ()) if isinstance(values, CodeField) else values


def _same(left: object, right: object) -> bool:
    return isinstance(left, bool) is isinstance(right, bool) and left == right


_JUDGES: Final[Mapping[type, Callable[[Any, Scope], Verdict]]] = {
    All: _all,
    AnyOf: _any,
    Not: _not,
    Named: _named,
    Compare: _compare,
    FactIs: _fact,
    Distinct: _distinct,
}
