"""Two labellings are compared as counted by hand, whoever is first."""

from __future__ import annotations

from pathlib import Path

import pytest

from scribe.evaluate.agree import Agreement, Pair, compare
from scribe.evaluate.answer import Span
from scribe.evaluate.counts import Hits
from scribe.evaluate.labels import Labels, Split
from scribe.evaluate.match import Matcher
from scribe.rules.pack import load_evaluation
from scribe.types.checklist import ItemStatus
from scribe.types.fact import Status
from tests.support.labelled import TEXT, make_label, make_labels

MET, PARTIAL = ItemStatus.MET, ItemStatus.PARTIAL
ONE = make_labels(
    facts=[make_label(), make_label("size", 4), make_label("plan", status=Status.PLANNED)],
    checklist={"a": MET, "b": PARTIAL, "c": MET},
    findings=("missing",),
)
OTHER = make_labels(
    facts=[make_label(), make_label("size", 5)],
    checklist={"a": MET, "b": MET},
    findings=("missing", "partial"),
)


def agreement(*pairs: tuple[Labels, Labels]) -> Agreement:
    named = [
        Pair(
            name="n",
            split=Split.OWN,
            path=Path("v/n.gold.json"),
            first=first,
            second=second,
            text=TEXT,
        )
        for first, second in pairs
    ]
    return compare(named, Matcher(load_evaluation()))


def test_facts_that_both_list_are_counted() -> None:
    assert agreement((ONE, OTHER)).facts == Hits(right=1, surplus=1, missed=1)


def test_it_does_not_matter_who_is_first() -> None:
    assert agreement((ONE, OTHER)).facts.f1 == agreement((OTHER, ONE)).facts.f1


def test_items_that_both_judge_are_counted() -> None:
    found = agreement((ONE, OTHER))
    assert (found.items, found.items_same) == (2, 1)


def test_items_of_another_code_are_not_compared() -> None:
    assert agreement((ONE, make_labels("20957", checklist={"a": MET}))).items == 0


def test_codes_agree_beyond_chance() -> None:
    """Three of four the same, by chance half of them: kappa is 0.5."""
    bone, skin = make_labels("20957"), make_labels("20972")
    found = agreement((bone, bone), (bone, bone), (skin, skin), (skin, bone))
    assert (found.codes_same, found.code_kappa) == (3, pytest.approx(0.5))


def test_findings_are_compared_by_kind() -> None:
    assert agreement((ONE, OTHER)).findings == Hits(right=1, surplus=1)


def test_differences_are_listed() -> None:
    found = [(each.miss.kind, each.miss.name) for each in agreement((ONE, OTHER)).differences]
    assert found == [
        ("only first", "size"),
        ("only second", "size"),
        ("item", "b"),
        ("finding", "partial"),
    ]


def test_a_difference_names_the_place_of_the_labelled_words() -> None:
    first = make_labels(facts=[make_label(quote="left second")])
    (found,) = agreement((first, make_labels())).differences
    assert found.miss.span == Span(start=4, end=15)
