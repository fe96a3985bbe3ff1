"""Conditions hold or fail for one reason each, and show the facts that they used."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from scribe.rules.conditions import Scope, Verdict, evaluate, index_facts
from scribe.types.condition import (
    All,
    AnyOf,
    CodeField,
    Compare,
    Condition,
    FactIs,
    Named,
    Not,
    Place,
)
from scribe.types.fact import Status
from tests.support.fact_cases import build_facts

SIDE = FactIs(name="a.side")


def judge(condition: Condition, *rows: dict[str, Any], **fields: tuple[Any, ...]) -> Verdict:
    facts = build_facts(rows)
    scope = Scope(
        facts=facts,
        by_name=index_facts(facts),
        named=MappingProxyType({"side": SIDE}),
        title_sections=frozenset({"title"}),
        fields=fields,
    )
    return evaluate(condition, scope)


def test_a_fact_holds_when_it_is_present() -> None:
    assert judge(SIDE, {"fact": "a.side", "value": "left"}).holds


@pytest.mark.parametrize("status", ["absent", "planned", "historical", "uncertain"])
def test_another_status_is_not_present(status: str) -> None:
    assert not judge(SIDE, {"fact": "a.side", "status": status}).holds


def test_a_status_can_be_asked_for() -> None:
    planned = FactIs(name="a.side", statuses=(Status.PLANNED,))
    assert judge(planned, {"fact": "a.side", "status": "planned"}).holds


def test_a_signal_is_no_fact() -> None:
    assert not judge(FactIs(name="signal.any"), {"fact": "signal.any"}).holds


def test_one_of_the_values_is_enough() -> None:
    either = FactIs(name="a.side", values=("left", "right"))
    assert judge(either, {"fact": "a.side", "value": "right"}).holds


def test_another_value_fails() -> None:
    assert not judge(
        FactIs(name="a.side", values=("left",)), {"fact": "a.side", "value": "right"}
    ).holds


def test_true_is_not_the_number_one() -> None:
    assert not judge(FactIs(name="a.flag", values=(1,)), {"fact": "a.flag", "value": True}).holds


def test_a_refused_value_does_not_count() -> None:
    refuse = FactIs(name="a.site", refused=("toe",))
    assert not judge(refuse, {"fact": "a.site", "value": "toe"}).holds


def test_a_value_may_be_a_field_of_the_code() -> None:
    asked = FactIs(name="a.site", values=CodeField(name="donor"))
    assert not judge(asked, {"fact": "a.site", "value": "rib"}, donor=("fibula",)).holds


def test_an_empty_field_of_the_code_puts_no_limit() -> None:
    asked = FactIs(name="a.site", values=CodeField(name="donor"))
    assert judge(asked, {"fact": "a.site", "value": "rib"}, donor=()).holds


def test_every_asked_field_of_a_value_must_be_given() -> None:
    sized = FactIs(name="a.size", has=("length_cm", "width_cm"))
    assert not judge(sized, {"fact": "a.size", "value": {"length_cm": 7.0, "width_cm": None}}).holds


def test_one_of_several_fields_is_enough() -> None:
    either = FactIs(name="a.join", has_any=("technique", "suture"))
    assert judge(
        either, {"fact": "a.join", "value": {"vessel": "vein", "suture": "9-0 nylon"}}
    ).holds


def test_a_field_must_have_its_value() -> None:
    artery = FactIs(name="a.join", fields=(("vessel", ("artery",)),))
    assert not judge(artery, {"fact": "a.join", "value": {"vessel": "nerve"}}).holds


def test_the_title_is_not_the_body() -> None:
    body = FactIs(name="a.side", place=Place.BODY)
    assert not judge(body, {"fact": "a.side", "in": "title"}).holds


def test_no_section_is_body() -> None:
    assert judge(FactIs(name="a.side", place=Place.BODY), {"fact": "a.side", "in": None}).holds


def test_evidence_inside_another_fact_does_not_count() -> None:
    apart = FactIs(name="a.vessel", apart_from="a.join")
    rows = ({"fact": "a.vessel", "at": 10}, {"fact": "a.join", "at": 12})
    assert not judge(apart, *rows).holds


def test_a_qualifier_can_be_asked_for() -> None:
    hedged = FactIs(name="a.side", qualifiers=("hedged",))
    assert judge(hedged, {"fact": "a.side", "qualifiers": ["hedged"]}).holds


def test_a_qualifier_can_be_refused() -> None:
    firm = FactIs(name="a.side", without=("hedged",))
    assert not judge(firm, {"fact": "a.side", "qualifiers": ["hedged"]}).holds


def test_all_needs_every_part() -> None:
    both = All(parts=(SIDE, FactIs(name="a.site")))
    assert not judge(both, {"fact": "a.side"}).holds


def test_all_shows_the_facts_of_every_part() -> None:
    both = All(parts=(SIDE, FactIs(name="a.site")))
    facts = judge(both, {"fact": "a.side"}, {"fact": "a.site"}).facts
    assert [fact.name for fact in facts] == ["a.side", "a.site"]


def test_any_needs_one_part() -> None:
    assert judge(AnyOf(parts=(SIDE, FactIs(name="a.site"))), {"fact": "a.site"}).holds


def test_not_turns_a_verdict_round() -> None:
    assert judge(Not(part=SIDE)).holds


def test_not_shows_no_facts() -> None:
    assert judge(Not(part=FactIs(name="a.site")), {"fact": "a.side"}).facts == ()


def test_a_name_stands_for_its_condition() -> None:
    assert judge(Named(name="side"), {"fact": "a.side"}).holds


def test_a_field_of_the_code_is_compared() -> None:
    assert judge(Compare(field=CodeField(name="skin"), values=(True,)), skin=(True,)).holds


def test_an_unknown_field_of_the_code_compares_false() -> None:
    assert not judge(Compare(field=CodeField(name="skin"), values=(True,))).holds


def test_evidence_comes_in_order_of_the_note() -> None:
    verdict = judge(SIDE, {"fact": "a.side", "at": 90}, {"fact": "a.side", "value": 2, "at": 10})
    assert [place.start for place in verdict.evidence] == [10, 90]


def test_a_place_is_shown_once() -> None:
    verdict = judge(AnyOf(parts=(SIDE, SIDE)), {"fact": "a.side"})
    assert len(verdict.evidence) == 1
