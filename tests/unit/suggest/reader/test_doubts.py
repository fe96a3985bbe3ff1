"""What is known for and against a fact that a rule gave."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from scribe.rules.second_reader_schema import Asked, Carrier, SecondReaderFile
from scribe.suggest.numbers import Features, Logistic
from scribe.suggest.reader.doubts import DoubtFeatures
from scribe.suggest.reader.features import FEATURES
from scribe.suggest.reader.hearing import UNHEARD, Listener
from scribe.suggest.reader.weights import APART, Carried, ReaderNumbers, Said
from scribe.types.fact import Anastomosis, Dimensions, Evidence, Fact, Status
from scribe.types.mention import Cue, ParsedNote
from tests.support.builders import make_fact, make_note
from tests.support.tagged import make_cue, make_sentence

DEVICE, WHY, JOIN, GAP = "made.device", "made.reason", "anastomosis", "made.gap"
NOTHING = Logistic(intercept=0.0, weights={})
RULES = SecondReaderFile.model_construct(
    silent_frames=(),
    silent_cues=(),
    make_up=(WHY,),
    listens=(JOIN,),
    facts={
        DEVICE: Asked(carrier=Carrier.WORDS),
        WHY: Asked(carrier=Carrier.WORDS),
        GAP: Asked(carrier=Carrier.DIMENSIONS),
    },
)
NUMBERS = ReaderNumbers(
    features=FEATURES,
    sentences=(
        Said(name=WHY, value=True, status=Status.PRESENT, intercept=2.0, weights={}),
        Said(name=WHY, value=True, status=Status.ABSENT, intercept=1.0, weights={}),
        Said(name=JOIN, value="vein", status=Status.PRESENT, intercept=1.5, weights={}),
        Said(name=APART, value="planned", status=Status.PLANNED, intercept=-2.0, weights={}),
    ),
    places=(Carried(name=DEVICE, values=("plate",), intercept=-1.0, weights={"beside=put": 3.0}),),
    joint=NOTHING,
    least=1.0,
    right=NOTHING,
)


def one_sentence(cue: Cue | None = None) -> ParsedNote:
    sentence = make_sentence("put a FIXDEV=plate", cues=[cue] if cue else [])
    return ParsedNote(
        note=make_note("x" * sentence.end),
        sections=(),
        sentences=(sentence,),
        placeholders=(),
        has_headings=True,
    )


def told(fact: Fact, *beside: Fact, cue: Cue | None = None) -> Features:
    """Return what is known of a fact of a note of one sentence."""
    parsed = one_sentence(cue)
    listener = Listener(NUMBERS, RULES)
    found = DoubtFeatures(listener, RULES).find(parsed, listener.listen(parsed), (fact, *beside))
    return next((features for each, features in found if each is fact), {})


def fact_at(start: int, end: int, **changes: Any) -> Fact:
    place = Evidence(start=start, end=end, text="x" * (end - start), section=None)
    return dataclasses.replace(make_fact(DEVICE, "plate"), evidence=(place,), **changes)


PLATE = fact_at(6, 11)


def test_how_sure_the_rule_was_is_known_as_log_odds() -> None:
    assert told(dataclasses.replace(PLATE, confidence=0.5))["confidence"] == pytest.approx(0.0)


def test_the_best_place_of_the_note_is_known() -> None:
    assert told(PLATE)["place"] == pytest.approx(2.0)


def test_a_place_where_the_rule_found_its_words_is_known() -> None:
    assert told(PLATE)["place there"] == pytest.approx(2.0)


def test_a_place_elsewhere_is_not_known_there() -> None:
    assert told(fact_at(60, 66))["place there"] == UNHEARD


def test_a_fact_that_no_judge_knows_is_unheard() -> None:
    assert told(fact_at(6, 11, value="rod"))["unheard"] == 1.0


def test_a_sentence_that_says_it_is_known() -> None:
    assert told(fact_at(6, 11, name=WHY, value=True))["sentence there"] == pytest.approx(2.0)


def test_it_is_known_how_much_the_words_that_say_it_sound_like_a_plan() -> None:
    assert told(PLATE)["planned there"] == pytest.approx(-2.0)


def test_of_words_elsewhere_nobody_says_how_they_are_meant() -> None:
    assert told(fact_at(60, 66))["planned there"] == UNHEARD


def test_how_a_sentence_is_meant_is_heard_as_no_fact() -> None:
    heard = Listener(NUMBERS, RULES).listen(one_sentence()).values
    assert all(name != APART for name, _, _ in heard)


def test_a_join_is_heard_by_its_vessel() -> None:
    heard = Listener(NUMBERS, RULES).listen(one_sentence()).sounds(one_sentence())
    assert heard[JOIN, "vein", Status.PRESENT].odds == pytest.approx(1.5)


def test_a_sentence_that_denies_it_is_known() -> None:
    assert told(fact_at(6, 11, name=WHY, value=True))["denied"] == pytest.approx(1.0)


def test_what_weighs_differently_for_each_fact_is_told_with_its_name() -> None:
    features = told(PLATE)
    assert features[f"{DEVICE}:best"] == features["best"]


def test_the_same_of_an_earlier_operation_is_known() -> None:
    earlier = dataclasses.replace(PLATE, status=Status.HISTORICAL)
    assert "also historical" in told(PLATE, earlier)


def test_another_value_is_known_by_its_status() -> None:
    assert "another present" in told(PLATE, make_fact(DEVICE, "screw"))


def test_it_is_known_how_it_stands_against_another_value() -> None:
    surer = dataclasses.replace(fact_at(60, 66, value="screw"), confidence=PLATE.confidence + 0.1)
    features = told(PLATE, surer)
    assert (features["rival surer"], features["told first"], features["more words"]) == (
        pytest.approx(0.1),
        1.0,
        0.0,
    )


def test_a_value_without_another_one_stands_against_none() -> None:
    assert "rival surer" not in told(PLATE)


def test_it_is_told_with_the_make_up_of_the_flap() -> None:
    assert f"{DEVICE} in {WHY}=True" in told(PLATE, make_fact(WHY, True))


def test_a_fact_that_nobody_listens_for_is_not_weighed() -> None:
    assert told(fact_at(6, 11, name=JOIN, value=Anastomosis(vessel="vein"))) == {}


def test_of_a_size_it_is_known_whether_it_is_given() -> None:
    assert f"{GAP}=unsized" in told(fact_at(6, 11, name=GAP, value=Dimensions()))


def test_a_cue_that_governs_it_is_known() -> None:
    assert "governed=NEGATED" in told(PLATE, cue=make_cue("NEGATED", 0, 3, reach=(3, 11)))


def test_a_cue_that_governs_other_words_only_stands_beside_it() -> None:
    features = told(PLATE, cue=make_cue("NEGATED", 0, 3, reach=(3, 5)))
    assert {"cue=NEGATED", "governed=NEGATED"} & features.keys() == {"cue=NEGATED"}


@pytest.mark.parametrize(
    "fact",
    [
        dataclasses.replace(PLATE, status=Status.PLANNED),
        dataclasses.replace(PLATE, signal=True),
        dataclasses.replace(PLATE, rule="learned.made.device"),
    ],
    ids=["planned", "signal", "learned"],
)
def test_only_present_facts_of_rules_are_weighed(fact: Fact) -> None:
    assert told(fact) == {}
