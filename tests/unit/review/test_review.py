"""Findings, questions and the addendum draft."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from scribe.assess.checklist import assess_codes
from scribe.review import review_note
from scribe.review.addendum import draft_addendum
from scribe.review.missing import review_items
from scribe.review.queries import word_query
from scribe.review.review import open_codes
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.decide import suggest_code
from scribe.types.finding import Finding, Severity
from scribe.types.suggestion import Alternative, Decision
from tests.support.builders import make_evidence, make_note, make_suggestion
from tests.support.fact_cases import build_facts

BONE = (
    {"fact": "donor.site", "value": "metatarsal"},
    {"fact": "donor.metatarsal", "value": 2},
    {"fact": "flap.transfer", "value": "free"},
    {"fact": "skin_paddle", "value": None, "status": "absent"},
)
PLAN = {"fact": "perfusion", "value": "doppler", "status": "planned", "in": "plan"}


@cache
def the_pack() -> RulePack:
    return load_pack()


def review(*rows: dict[str, Any]) -> tuple[Finding, ...]:
    scope = the_pack().scope(build_facts(rows))
    assessments = assess_codes(scope, the_pack())
    suggestion, _ = suggest_code(scope, assessments, the_pack())
    return review_note(make_note(), scope, assessments, suggestion, the_pack())


def addendum(*rows: dict[str, Any]) -> str:
    scope = the_pack().scope(build_facts(rows))
    assessments = assess_codes(scope, the_pack())
    suggestion, _ = suggest_code(scope, assessments, the_pack())
    return draft_addendum(assessments, suggestion, the_pack(), scope)


def one(findings: tuple[Finding, ...], rule: str) -> Finding:
    return next(finding for finding in findings if finding.rule == rule)


def test_the_most_severe_stand_first() -> None:
    severities = [list(Severity).index(finding.severity) for finding in review(*BONE)]
    assert severities == sorted(severities)


def test_a_missing_item_asks_its_question() -> None:
    assert one(review(*BONE), "missing.perfusion").query


def test_a_planned_item_asks_where_the_plan_is_named() -> None:
    findings = review(*BONE, PLAN)
    asked = [one(findings, f"{kind}.perfusion").query for kind in ("missing", "planned_not_done")]
    assert (asked[0], bool(asked[1])) == (None, True)


def test_a_plan_shows_its_words() -> None:
    (evidence,) = one(review(*BONE, PLAN), "planned_not_done.perfusion").evidence
    assert evidence.section == "plan"


def test_a_partial_item_is_less_severe_than_a_missing_one() -> None:
    missing = one(review(*BONE), "missing.perfusion").severity
    partial = one(
        review(*BONE, {"fact": "perfusion", "value": "unspecified"}), "partial.perfusion"
    ).severity
    assert list(Severity).index(partial) > list(Severity).index(missing)


def test_a_finding_names_the_codes_that_ask_for_the_item() -> None:
    assert one(review(*BONE), "missing.perfusion").codes == ("20957", "20972")


def test_outside_the_family_nothing_is_missing() -> None:
    assert review() == ()


def test_unfilled_text_is_told_outside_the_family_too() -> None:
    assert [finding.kind for finding in review({"fact": "signal.placeholder"})] == ["placeholder"]


def test_a_query_names_its_first_code_first() -> None:
    suggestion = make_suggestion(
        None, decision=Decision.QUERY, alternatives=(Alternative(code="2", confidence=0.5),)
    )
    assert open_codes(suggestion) == ("2",)


def test_a_question_quotes_the_note() -> None:
    said = word_query("skin", (make_evidence("skin paddle"),), the_pack())
    assert 'The note says "skin paddle".' in said


def test_a_question_quotes_both_of_two_accounts() -> None:
    sides = ({"fact": "donor.side", "value": "left"}, {"fact": "donor.side", "value": "right"})
    facts = build_facts(sides)
    facts = (
        replace(facts[0], evidence=(make_evidence("skin paddle"),)),
        replace(facts[1], evidence=(make_evidence("7 x 4 cm"),)),
    )
    assert '"skin paddle" and "7 x 4 cm"' in word_query("side", (), the_pack(), facts)


def test_the_answers_name_only_rays_of_the_note() -> None:
    rays = ({"fact": "donor.metatarsal", "value": 2}, {"fact": "donor.metatarsal", "value": 3})
    said = word_query("ray", (), the_pack(), build_facts(rays))
    assert ": second, third, more than one ray," in said


def test_a_question_stands_without_words_of_the_note() -> None:
    assert "{" not in word_query("skin", (), the_pack())


@pytest.mark.parametrize("name", sorted(load_pack().queries))
def test_every_question_stays_open(name: str) -> None:
    said = word_query(name, (), the_pack())
    assert said.endswith("other (please specify) or unable to determine.")


def test_a_quiet_item_is_no_finding() -> None:
    pack, scope = the_pack(), the_pack().scope(build_facts(BONE))
    (bone,) = [each for each in assess_codes(scope, pack) if each.code == "20957"]
    hushed = replace(bone, checklist=tuple(replace(each, is_quiet=True) for each in bone.checklist))
    assert [*review_items(hushed, ("20957",), scope, pack)] == []


def test_the_addendum_holds_a_blank_for_what_is_missing() -> None:
    assert "Side of the donor (left / right): ____" in addendum(*BONE)


def test_the_addendum_leaves_out_what_is_given() -> None:
    gap = {"fact": "bone_defect", "value": {"length_cm": 4.0, "width_cm": None}}
    assert "Size of the bone defect" not in addendum(*BONE, gap)


def test_the_addendum_restates_nothing() -> None:
    gap = {"fact": "bone_defect", "value": {"length_cm": 4.25, "width_cm": None}}
    assert "4.25" not in addendum(*BONE, gap)


def test_outside_the_family_there_is_no_addendum() -> None:
    assert addendum() == ""
