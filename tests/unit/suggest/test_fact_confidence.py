"""The learned confidence of facts: who gets it, and what it depends on."""

from __future__ import annotations

import json

import pytest

from models.fact_confidence.card import PAGE
from models.fact_confidence.examples import Example
from models.fact_confidence.learner import fit
from scribe.resources import model_folder
from scribe.suggest.fact_confidence import (
    FEATURES,
    FactConfidence,
    FactNumbers,
    fact_features,
)
from scribe.suggest.numbers import MANIFEST, Logistic
from scribe.types.fact import Fact, Status
from tests.support.builders import make_fact

CLIP = 0.01


def model(**weights: float) -> FactConfidence:
    named = {"name=made.up": 0.0, **{key.replace("__", "="): each for key, each in weights.items()}}
    return FactConfidence(
        FactNumbers(
            features=FEATURES,
            statuses=(Status.PRESENT,),
            clip=CLIP,
            right=Logistic(intercept=0.0, weights=named),
        )
    )


def confidence_of(fact: Fact, **weights: float) -> float:
    return model(**weights).judge([fact])[0].confidence


def features_of(*facts: Fact) -> dict[str, float]:
    return fact_features(facts, CLIP)[0]


def test_a_confidence_is_logistic_in_its_weights() -> None:
    assert confidence_of(make_fact(), status__present=1.0) == pytest.approx(0.731, abs=5e-4)


def test_a_weight_of_one_on_the_stated_confidence_keeps_it() -> None:
    assert confidence_of(make_fact(confidence=0.8), stated=1.0) == pytest.approx(0.8)


@pytest.mark.parametrize(("weight", "expected"), [(50.0, 1 - CLIP), (-50.0, CLIP)])
def test_nothing_is_certain(weight: float, expected: float) -> None:
    assert confidence_of(make_fact(), status__present=weight) == expected


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param(make_fact(status=Status.PLANNED), id="status"),
        pytest.param(make_fact("never.labelled"), id="name"),
    ],
)
def test_a_fact_that_was_not_judged_keeps_what_its_rule_states(fact: Fact) -> None:
    assert confidence_of(fact) == fact.confidence


def test_nothing_but_the_confidence_of_a_fact_changes() -> None:
    fact = make_fact()
    changed = model().judge([fact])[0]
    assert (changed.name, changed.value, changed.status, changed.evidence, changed.rule) == (
        fact.name,
        fact.value,
        fact.status,
        fact.evidence,
        fact.rule,
    )


def test_values_that_compete_for_a_name_are_seen() -> None:
    assert "values=2" in features_of(make_fact(value="one"), make_fact(value="other"))


def test_another_status_of_the_same_name_is_seen() -> None:
    assert features_of(make_fact(), make_fact(status=Status.PLANNED))["other_status"] == 1


def test_more_places_are_seen() -> None:
    fact = make_fact(words=("second metatarsal", "metatarsal"))
    assert features_of(fact)["places"] > 0


def test_no_word_of_the_note_is_seen() -> None:
    fact = make_fact(value="a value", words=("second metatarsal",))
    assert not [name for name in features_of(fact) if "metatarsal" in name or "a value" in name]


def test_fitting_again_gives_the_same_numbers() -> None:
    examples = [
        Example(
            voice="v",
            stated=0.9,
            features={"stated": k / 10, "name=x": 1.0},
            is_right=k % 3 > 0,
        )
        for k in range(30)
    ]
    assert fit(examples).numbers == fit(examples).numbers


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_model_are_of_one_training() -> None:
    metrics = json.loads(PAGE.path.with_name("metrics.json").read_text("utf-8"))
    manifest = json.loads((model_folder("fact_confidence") / MANIFEST).read_text("utf-8"))
    assert (metrics["data"]["tuned"], metrics["rules"]) == (manifest["data"], manifest["rules"])


def test_the_model_is_shipped_because_it_is_better_calibrated_on_voices_left_out() -> None:
    metrics = json.loads(PAGE.path.with_name("metrics.json").read_text("utf-8"))
    left_out = metrics["leave_one_voice_out"]
    assert left_out["both"]["brier"] < left_out["stated"]["brier"]
