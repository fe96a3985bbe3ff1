"""Sentences are filled with values as one would say them."""

from __future__ import annotations

from typing import Any

import pytest

from scribe.rules.wording import fill, fill_each, first_filled, join_words, number, quote
from scribe.types.fact import Evidence
from tests.support.fact_cases import build_facts

JOIN = {"vessel": "artery", "recipient": "radial artery", "configuration": "end-to-side"}


def say(template: str, *values: Any) -> str | None:
    return fill(template, build_facts({"fact": "a.thing", "value": value} for value in values))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("left", "left"),
        (8, "8"),
        (6.5, "6.5"),
        (9.0, "9"),
        ({"length_cm": 7.5, "width_cm": 5.0}, "7.5 x 5 cm"),
        ({"length_cm": 4.0, "width_cm": None}, "4 cm"),
        ({"length_cm": 4.5}, "4.5 cm"),
        (JOIN, "artery end-to-side to the radial artery"),
        ({**JOIN, "suture": "9-0 nylon"}, "artery end-to-side to the radial artery with 9-0 nylon"),
        ({"vessel": "vein", "coupler_mm": 2.5}, "vein with a 2.5 mm coupler"),
        ({"vessel": "vein", "technique": "hand-sewn"}, "vein (hand-sewn)"),
    ],
)
def test_a_value_is_said(value: Any, said: str) -> None:
    assert say("{a.thing}", value) == said


def test_a_number_can_be_an_ordinal() -> None:
    assert say("the {a.thing|ordinal} ray", 2) == "the second ray"


def test_several_values_are_joined() -> None:
    assert say("{a.thing}", "left", "right") == "left and right"


def test_a_value_is_said_once() -> None:
    assert say("{a.thing}", "left", "left") == "left"


def test_a_missing_value_leaves_no_sentence() -> None:
    assert say("{a.other}", "left") is None


def test_an_unmeasured_value_leaves_no_sentence() -> None:
    assert say("{a.thing}", {"length_cm": None, "width_cm": None}) is None


def test_extra_words_are_filled() -> None:
    assert fill("a {label}", (), {"label": "thing"}) == "a thing"


def test_the_first_wording_that_can_be_filled_is_taken() -> None:
    assert first_filled(["{a.thing}", "nothing known"], ()) == "Nothing known"


def test_no_wording_is_an_error() -> None:
    with pytest.raises(ValueError, match="without placeholders"):
        first_filled(["{a.thing}"], ())


def test_a_quote_stands_on_one_line() -> None:
    assert quote((Evidence(start=0, end=9, text="two\nlines", section=None),)) == "two lines"


def test_a_long_quote_is_cut_at_a_word() -> None:
    long = "word " * 40
    said = quote((Evidence(start=0, end=len(long), text=long, section=None),)) or ""
    assert (len(said) < 130, said.endswith("word ...")) == (True, True)


def test_no_evidence_is_no_quote() -> None:
    assert quote(()) is None


def test_three_words_are_joined() -> None:
    assert join_words(["a", "b", "c"], last="or") == "a, b or c"


def test_a_number_has_no_needless_zeros() -> None:
    assert number(10.0) == "10"


def test_an_answer_is_made_of_each_value() -> None:
    facts = build_facts({"fact": "a.thing", "value": value} for value in (2, 3))
    assert fill_each("ray {a.thing}", facts) == ("ray 2", "ray 3")


def test_an_answer_without_a_value_is_dropped() -> None:
    assert fill_each("ray {a.thing}", ()) == ()


def test_a_plain_answer_stays() -> None:
    assert fill_each("none", ()) == ("none",)
