"""Table and model: who decides, who may hold back, and what is said where they differ."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from scribe.assess.checklist import assess_codes
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.decide import suggest_code
from scribe.suggest.numbers import Features, Logistic
from scribe.suggest.second_opinion import (
    OpinionNumbers,
    Policy,
    SecondOpinion,
    confidence,
    none_share,
    normalise,
    opinion_of,
    support,
)
from scribe.types.suggestion import Decision, Opinion, Suggestion
from tests.support.fact_cases import build_facts, load_cases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POLICY = Policy(suggest=0.8, none=0.8, open=0.2, hold_back=0.2, intercept=0.0, slope=1.0, clip=0.01)
NEVER = POLICY.model_copy(update={"hold_back": 0.0})


class Told(SecondOpinion):
    """A second opinion that finds each code as probable as it was told; no feature knows which code it is."""

    def __init__(self, told: Mapping[str, float], policy: Policy) -> None:
        fits = Logistic(intercept=0.0, weights={})
        super().__init__(OpinionNumbers(features=0, policy=policy, fits=fits))
        self.told = told
        self.asked = 0

    def scores(self, rows: Mapping[str, Features]) -> dict[str, float]:
        self.asked += 1
        return {code: self.told.get(code, 0.001) for code in rows}


@cache
def the_pack() -> RulePack:
    return load_pack()


@cache
def complete(code: str) -> tuple[dict[str, Any], ...]:
    from pathlib import Path

    folder = Path(__file__).parents[2] / "cases" / "codes"
    return next(tuple(case["complete"]) for stem, _, case in load_cases(folder) if stem == code)


def decide(
    facts: Sequence[dict[str, Any]], told: Mapping[str, float], policy: Policy = POLICY
) -> tuple[Suggestion, dict[str, float], Told]:
    pack = the_pack()
    scope = pack.scope(build_facts(facts))
    assessments = assess_codes(scope, pack)
    second = Told(told, policy)
    return *suggest_code(scope, assessments, pack, second), second


def answer(suggestion: Suggestion) -> tuple[Decision, str | None]:
    return suggestion.decision, suggestion.code


AGREED = {"20955": 0.98}
TWIN = {"20969": 0.98}
DOUBTED = {"20955": 0.5, "20969": 0.6}
SILENT = ({"fact": "donor.site", "value": "fibula"}, {"fact": "flap.transfer", "value": "free"})


def test_the_answer_of_the_table_stands_where_both_agree() -> None:
    assert answer(decide(complete("20955"), AGREED)[0]) == (Decision.SUGGEST, "20955")


def test_nothing_is_said_where_both_agree() -> None:
    assert decide(complete("20955"), AGREED)[0].disagreement is None


def test_a_code_that_the_model_finds_very_unlikely_is_held_back() -> None:
    assert answer(decide(complete("20955"), TWIN)[0]) == (Decision.QUERY, None)


def test_a_code_that_is_held_back_is_open_with_the_one_of_the_model() -> None:
    suggestion = decide(complete("20955"), TWIN)[0]
    assert {each.code for each in suggestion.alternatives} == {"20955", "20969"}


def test_both_opinions_stand_beside_a_code_that_is_held_back() -> None:
    suggestion = decide(complete("20955"), TWIN)[0]
    assert (suggestion.table.code, suggestion.model.code) == ("20955", "20969")


def test_it_is_said_why_a_code_is_held_back() -> None:
    suggestion = decide(complete("20955"), TWIN)[0]
    assert "20955" in suggestion.disagreement.text


def test_a_code_that_is_held_back_counts_as_an_abstention() -> None:
    assert decide(complete("20955"), TWIN)[0].abstention == "low_confidence"


def test_a_doubt_that_is_not_strong_changes_nothing() -> None:
    assert answer(decide(complete("20955"), DOUBTED)[0]) == (Decision.SUGGEST, "20955")


def test_a_model_that_has_not_earned_it_holds_nothing_back() -> None:
    assert answer(decide(complete("20955"), TWIN, NEVER)[0]) == (Decision.SUGGEST, "20955")


def test_the_reason_is_given_where_the_table_is_kept_against_the_model() -> None:
    said = decide(complete("20955"), TWIN, NEVER)[0].disagreement
    assert "20969" in said.text
    assert "rules decide" in said.text


def test_the_model_makes_no_suggestion_where_the_table_makes_none() -> None:
    suggestion = decide(SILENT, AGREED)[0]
    assert suggestion.table.decision is not Decision.SUGGEST
    assert answer(suggestion) == (suggestion.table.decision, None)


def test_it_is_said_where_the_model_would_have_suggested_a_code() -> None:
    assert "20955" in decide(SILENT, AGREED)[0].disagreement.text


@pytest.mark.parametrize(
    "told", [AGREED, TWIN, DOUBTED, {}], ids=["agreed", "twin", "doubted", "none"]
)
def test_the_probabilities_leave_room_for_none(told: Mapping[str, float]) -> None:
    chances = decide(complete("20955"), told)[1]
    assert 0 <= sum(chances.values()) <= 1.001


def test_a_suggested_code_has_the_confidence_as_its_probability() -> None:
    suggestion, chances, _ = decide(complete("20955"), AGREED)
    assert chances["20955"] == suggestion.confidence


def test_more_support_gives_more_confidence() -> None:
    less, more = (decide(complete("20955"), told)[0].confidence for told in (DOUBTED, AGREED))
    assert less < more


def test_a_note_outside_the_family_is_not_shown_to_the_model() -> None:
    assert decide((), AGREED)[2].asked == 0


def test_without_the_model_the_result_has_no_second_opinion() -> None:
    suggestion = decide((), AGREED)[0]
    assert (suggestion.model, suggestion.disagreement) == (None, None)


def test_normalised_probabilities_and_none_sum_to_one() -> None:
    chances = normalise({"a": 0.9, "b": 0.5, "c": 0.0})
    assert sum(chances.values()) + none_share(chances) == pytest.approx(1)


def test_unlikely_codes_leave_none() -> None:
    assert none_share(normalise({"a": 0.01, "b": 0.01})) > 0.9


def test_certainty_does_not_divide_by_nothing() -> None:
    assert normalise({"a": 1.0, "b": 0.0})["a"] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("chances", "decision"),
    [
        ({"a": 0.9, "b": 0.05}, Decision.SUGGEST),
        ({"a": 0.6, "b": 0.35}, Decision.QUERY),
        ({"a": 0.1, "b": 0.05}, Decision.NONE),
    ],
)
def test_the_model_alone_abstains_between_its_thresholds(
    chances: dict[str, float], decision: Decision
) -> None:
    assert opinion_of(chances, POLICY).decision is decision


def test_it_leaves_open_what_is_possible() -> None:
    assert opinion_of({"a": 0.6, "b": 0.35, "c": 0.05}, POLICY).open == ("a", "b")


def test_a_question_is_carried_by_its_second_code() -> None:
    asked = Opinion(code=None, decision=Decision.QUERY, confidence=0.0, open=("a", "b"))
    assert support(asked, {"a": 0.6, "b": 0.3}) == pytest.approx(0.6)


def test_none_is_carried_by_what_the_codes_leave() -> None:
    said = Opinion(code=None, decision=Decision.NONE, confidence=0.0)
    assert support(said, {"a": 0.2, "b": 0.1}) == pytest.approx(0.7)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_confidence_is_never_certain(share: float) -> None:
    assert 0 < confidence(share, POLICY) < 1
