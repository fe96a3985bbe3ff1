"""Every case of ``tests/cases/codes``: decision, row, open codes, support and findings of one set of facts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scribe.assess.checklist import assess_codes
from scribe.review import review_note
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.decide import suggest_code
from tests.support.builders import make_note
from tests.support.fact_cases import build_facts, change_facts, load_cases

if TYPE_CHECKING:
    from scribe.types.fact import Fact
    from scribe.types.suggestion import Suggestion

CASES = [
    (stem, name, {**case, "stem": stem})
    for stem, name, case in load_cases(Path(__file__).parents[2] / "cases" / "codes")
]


def cases_with(key: str) -> pytest.MarkDecorator:
    rows = [pytest.param(case, id=f"{s}-{n}") for s, n, case in CASES if key in case]
    return pytest.mark.parametrize("case", rows)


each_case = cases_with("decision")


@cache
def the_pack() -> RulePack:
    return load_pack()


def facts_of(case: dict[str, Any]) -> tuple[Fact, ...]:
    return build_facts(change_facts(case["complete"], case))


def suggest(case: dict[str, Any]) -> tuple[Suggestion, dict[str, float]]:
    scope = the_pack().scope(facts_of(case))
    return suggest_code(scope, assess_codes(scope, the_pack()), the_pack())


@each_case
def test_decision(case: dict[str, Any]) -> None:
    suggestion, _ = suggest(case)
    assert (suggestion.decision.value, suggestion.code) == (case["decision"], case.get("code"))


@cases_with("row")
def test_row(case: dict[str, Any]) -> None:
    suggestion, _ = suggest(case)
    assert suggestion.rule == case["row"]


@cases_with("open")
def test_open_codes(case: dict[str, Any]) -> None:
    suggestion, _ = suggest(case)
    assert [one.code for one in suggestion.alternatives] == case["open"]


@cases_with("support")
def test_support(case: dict[str, Any]) -> None:
    scope = the_pack().scope(facts_of(case))
    assessments = {one.code: one for one in assess_codes(scope, the_pack())}
    assert assessments[case["stem"]].support.value == case["support"]


@each_case
def test_findings(case: dict[str, Any]) -> None:
    scope = the_pack().scope(facts_of(case))
    assessments = assess_codes(scope, the_pack())
    suggestion, _ = suggest_code(scope, assessments, the_pack())
    kinds = {f.kind for f in review_note(make_note(), scope, assessments, suggestion, the_pack())}
    wanted, refused = set(case.get("findings", ())), set(case.get("no_findings", ()))
    assert (wanted - kinds, refused & kinds) == (set(), set())


@each_case
def test_probabilities_leave_room_for_none(case: dict[str, Any]) -> None:
    _, chances = suggest(case)
    assert 0 < sum(chances.values()) <= 1


@cases_with("code")
def test_a_suggested_code_is_the_most_probable(case: dict[str, Any]) -> None:
    suggestion, chances = suggest(case)
    assert max(chances, key=lambda code: chances[code]) == suggestion.code
