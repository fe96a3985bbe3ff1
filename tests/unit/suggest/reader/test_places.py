"""Which words, numbers and sizes could carry a fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scribe.rules.second_reader_schema import Asked, Carrier, SecondReaderFile
from scribe.suggest.reader.places import PlaceFinder
from scribe.types.fact import Dimensions, Measure
from scribe.types.mention import Concept
from tests.support.tagged import make_cue, make_sentence

if TYPE_CHECKING:
    from scribe.types.mention import Sentence

WORDS = Asked(carrier=Carrier.WORDS)


def found_in(sentence: Sentence, asked: Asked, *labelled: str) -> list[Any]:
    rules = SecondReaderFile.model_construct(
        silent_frames=("plan",), silent_cues=("NEGATED",), facts={"made.up": asked}
    )
    return [place.value for place in PlaceFinder(rules, {"made.up": labelled}).find(sentence)]


def values_of(asked: Asked, written: str, *labelled: str) -> list[Any]:
    return found_in(make_sentence(written), asked, *labelled)


def test_a_word_with_a_labelled_value_carries_it() -> None:
    assert values_of(WORDS, "a FIXDEV=plate was put", "plate") == ["plate"]


def test_a_word_with_another_value_carries_nothing() -> None:
    assert values_of(WORDS, "a FIXDEV=plate was put", "screw") == []


def test_a_tag_that_is_asked_for_carries_whatever_value_it_has() -> None:
    asked = Asked(carrier=Carrier.WORDS, tags=("ARTERY",))
    assert values_of(asked, "the ARTERY=new_artery was kept") == ["new artery"]


def test_a_bone_carries_the_donor_that_it_is() -> None:
    sentence = make_sentence("the MT=ray was cut")
    item = sentence.items[1]
    donor = item._replace(concepts=(Concept("MT", "ray", donor="metatarsal"),))
    assert found_in(replace(sentence, items=(donor,)), WORDS, "metatarsal") == ["metatarsal"]


@pytest.mark.parametrize(
    ("carrier", "written", "expected"),
    [
        pytest.param(
            Carrier.DIMENSIONS, "SIZE@7x4", Dimensions(length_cm=7, width_cm=4), id="two sides"
        ),
        pytest.param(Carrier.DIMENSIONS, "LEN@7", Dimensions(length_cm=7), id="one side"),
        pytest.param(Carrier.MEASURE, "SIZE@7x4", Measure(length_cm=7), id="the longer side"),
        pytest.param(Carrier.NUMBER, "LEN@6.5", 6.5, id="a number"),
        pytest.param(Carrier.NUMBER, "LEN@6", 6, id="a whole number"),
    ],
)
def test_a_measure_carries_what_the_fact_states(
    carrier: Carrier, written: str, expected: object
) -> None:
    assert values_of(Asked(carrier=carrier, tags=("LEN", "SIZE")), f"cut {written}") == [expected]


def test_a_size_is_no_number() -> None:
    assert values_of(Asked(carrier=Carrier.NUMBER, tags=("SIZE",)), "cut SIZE@7x4") == []


@pytest.mark.parametrize("number", ["0", "inf", "5000"])
def test_no_measure_is_so_large_or_so_small(number: str) -> None:
    assert values_of(Asked(carrier=Carrier.NUMBER, tags=("LEN",)), f"cut LEN@{number}") == []


def test_a_number_that_cannot_be_is_left_out() -> None:
    asked = Asked(carrier=Carrier.NUMBER, tags=("ORD",), among=(1, 2))
    assert values_of(asked, "the ORD@7 and the ORD@2") == [2]


def test_what_a_correction_took_back_carries_nothing() -> None:
    sentence = make_sentence("a FIXDEV=plate")
    taken_back = replace(sentence, items=(sentence.items[1]._replace(void=True),))
    assert found_in(taken_back, WORDS, "plate") == []


def test_what_a_cue_denies_carries_nothing() -> None:
    cue = make_cue("NEGATED", 0, 2, reach=(0, 30))
    assert found_in(make_sentence("no FIXDEV=plate", cues=[cue]), WORDS, "plate") == []


def test_what_another_cue_governs_carries_it() -> None:
    cue = make_cue("MADE_UP", 0, 2, reach=(0, 30))
    assert found_in(make_sentence("no FIXDEV=plate", cues=[cue]), WORDS, "plate") == ["plate"]


def test_a_sentence_of_a_plan_carries_nothing() -> None:
    assert found_in(make_sentence("a FIXDEV=plate", frame="plan"), WORDS, "plate") == []
