"""Values are compared as patterns/evaluation.yaml says."""

from __future__ import annotations

from typing import Any

import pytest

from scribe.evaluate.check import fact_names
from scribe.evaluate.match import Matcher
from scribe.rules.pack import load_evaluation, load_pack

MATCHER = Matcher(load_evaluation())
JOIN = {
    "vessel": "artery",
    "donor": "peroneal artery",
    "recipient": "facial artery",
    "configuration": "end-to-end",
    "technique": None,
    "suture": "9-0 nylon",
    "coupler_mm": 3.0,
}


@pytest.mark.parametrize(
    ("name", "label", "got", "same"),
    [
        ("ischemia_minutes", 88, 88.05, True),
        ("ischemia_minutes", 88, 88.1, False),
        ("microscope", True, True, True),
        ("donor.side", "left", "Left", True),
        ("donor.side", "left", None, False),
        ("skin_paddle", {"length_cm": 8, "width_cm": None}, {"length_cm": 8.0, "width_cm": 5}, False),
        ("skin_paddle", {"length_cm": 8}, {"length_cm": 8.0, "width_cm": 5}, True),
        ("skin_paddle", None, {"length_cm": 8, "width_cm": 5}, False),
        ("skin_paddle", None, None, True),
        ("pedicle.vein", "great saphenous vein", "Greater saphenous vein", True),
        ("pedicle.artery", "dorsal metatarsal artery", "first dorsal metatarsal artery", True),
        ("perfusion", "doppler", "implantable doppler", False),
        ("recipient.site", "tibia", "distal tibia", True),
    ],
)  # fmt: skip
def test_two_values_mean_the_same_or_not(name: str, label: Any, got: Any, same: bool) -> None:
    assert MATCHER.same_value(name, label, got) is same


@pytest.mark.parametrize(
    ("key", "same"),
    [("recipient", False), ("configuration", False), ("donor", True), ("suture", True)],
)
def test_an_anastomosis_is_told_by_three_of_its_parts(key: str, same: bool) -> None:
    assert MATCHER.same_value("anastomosis", JOIN, JOIN | {key: "other"}) is same


def test_the_other_parts_of_an_anastomosis_are_counted_one_by_one() -> None:
    got = JOIN | {"donor": "fibular artery", "coupler_mm": 3.05}
    assert MATCHER.details("anastomosis", JOIN, got) == (False, True, True, True)


def test_other_facts_have_no_parts_to_count() -> None:
    assert MATCHER.details("donor.side", "left", "left") == ()


def test_facts_that_are_compared_in_a_way_of_their_own_are_known() -> None:
    rules = load_evaluation()
    assert {*rules.contained, *rules.parts} <= set(fact_names(load_pack()))
