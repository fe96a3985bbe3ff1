"""Which words, numbers and sizes could carry a fact."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scribe.rules.second_reader_schema import Asked, Carrier
from scribe.suggest.reader.places import PlaceFinder
from scribe.types.fact import Dimensions, Measure
from scribe.types.mention import Concept
from tests.support.tagged import make_sentence

WORDS = Asked(carrier=Carrier.WORDS)


def values_of(asked: Asked, written: str, *labelled: str) -> list[Any]:
    finder = PlaceFinder({"made.up": asked}, {"made.up": labelled})
    return [place.value for place in finder.find(make_sentence(written))]


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
    finder = PlaceFinder({"made.up": WORDS}, {"made.up": ("metatarsal",)})
    found = finder.find(replace(sentence, items=(donor,)))
    assert [place.value for place in found] == ["metatarsal"]


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


def test_a_number_that_cannot_be_is_left_out() -> None:
    asked = Asked(carrier=Carrier.NUMBER, tags=("ORD",), among=(1, 2))
    assert values_of(asked, "the ORD@7 and the ORD@2") == [2]


def test_what_a_correction_took_back_carries_nothing() -> None:
    sentence = make_sentence("a FIXDEV=plate")
    taken_back = replace(sentence, items=(sentence.items[1]._replace(void=True),))
    finder = PlaceFinder({"made.up": WORDS}, {"made.up": ("plate",)})
    assert list(finder.find(taken_back)) == []
