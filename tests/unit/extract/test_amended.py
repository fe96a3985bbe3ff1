"""A written correction takes back what it denies, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer
    from scribe.types.fact import Fact

NOTE = """\
PROCEDURE: Free vascularized second metatarsal graft, left foot to right radius.
DESCRIPTION: The second metatarsal, 4 cm, was raised from the left foot on the dorsalis pedis artery, pedicle 7 cm, and divided.
The artery was joined end-to-side to the radial artery with 9-0 nylon and a vein to the cephalic vein.
ADDENDUM: {addendum}
"""
AMENDED = {
    "the side": ("The donor was the right foot, not the left foot.", "donor.side", ["right"]),
    "a number without its unit": ("The pedicle was 8 cm, not 7.", "pedicle.length_cm", [8]),
    "the ray, in a sentence of its own": (
        "The title is wrong as to the ray. The donor is the third metatarsal. The second was not touched.",
        "donor.metatarsal",
        [3],
    ),
    "a device, taken back as it is dictated": (
        "It was fixed with a plate. No, scratch the plate, we used two K-wires.",
        "fixation",
        ["K-wire"],
    ),
    "a length": ("The pedicle was 8 cm, not 7 cm.", "pedicle.length_cm", [8]),
    "a side that is called wrong": (
        "The lines above defaulted to left. The metatarsal was raised from the right foot.",
        "donor.side",
        ["right"],
    ),
}
KEPT = {
    "a length that is the number of a spared ray": (
        "The fourth was not touched.",
        "bone_segment",
        [4],
    ),
    "a length, where another ray is denied": (
        "Third metatarsal used, not fourth.",
        "bone_segment",
        [4],
    ),
    "a denial that gives nothing else": ("It was not the left arm.", "donor.side", ["left"]),
    "a value of another fact": ("The pedicle was 8 cm, not 4 cm.", "bone_segment", [4]),
    "two values without a denial": ("The pedicle was 8 cm.", "pedicle.length_cm", [7, 8]),
}


GIVEN_UP = "An ellipse 5 x 3 cm was raised with the bone. {then}"
THEN = {
    "cut off again": ("It was grey, and I shelled the ellipse off.", ["absent"]),
    "sewn back": ("The ellipse was sewn back into the foot as a graft.", ["absent"]),
    "kept": ("The ellipse was pink and was inset.", ["present"]),
}


def stands(fact: Fact) -> bool:
    """Tell whether the rules let a fact stand; of two values the second reader may doubt one all the same."""
    return fact.status.value == "present" or fact.is_doubted


def values(analyzer: Analyzer, addendum: str, name: str) -> list[object]:
    facts = analyzer.analyze(NOTE.format(addendum=addendum)).facts
    told = [fact.value for fact in facts if fact.name == name and stands(fact)]
    return sorted(getattr(value, "length_cm", value) for value in told)


@pytest.mark.parametrize(("addendum", "name", "expected"), AMENDED.values(), ids=AMENDED.keys())
def test_a_correction_stands_alone(
    analyzer: Analyzer, addendum: str, name: str, expected: list[object]
) -> None:
    assert values(analyzer, addendum, name) == expected


@pytest.mark.parametrize(("addendum", "name", "expected"), KEPT.values(), ids=KEPT.keys())
def test_what_is_not_denied_stays(
    analyzer: Analyzer, addendum: str, name: str, expected: list[object]
) -> None:
    assert values(analyzer, addendum, name) == expected


@pytest.mark.parametrize(("then", "expected"), THEN.values(), ids=THEN.keys())
def test_a_paddle_that_was_given_up_was_not_taken(
    analyzer: Analyzer, then: str, expected: list[str]
) -> None:
    told = GIVEN_UP.format(then=then)
    text = NOTE.format(addendum="none").replace("The artery was", f"{told} The artery was")
    statuses = [f.status.value for f in analyzer.analyze(text).facts if f.name == "skin_paddle"]
    assert statuses == expected


@pytest.mark.parametrize(
    ("later", "name", "expected"),
    [
        pytest.param("Pedicle 8 cm, not 7 cm.", "pedicle.length_cm", [8], id="a number"),
        pytest.param(
            "The right foot, not the left foot, gave the bone.",
            "donor.side",
            ["left", "right"],
            id="a side",
        ),
    ],
)
def test_outside_an_addendum_a_number_is_taken_back_and_a_side_is_not(
    analyzer: Analyzer, later: str, name: str, expected: list[object]
) -> None:
    text = NOTE.replace("ADDENDUM: {addendum}", later)
    facts = analyzer.analyze(text).facts
    assert sorted(f.value for f in facts if f.name == name and stands(f)) == expected


def test_an_addendum_gives_a_join_its_ring(analyzer: Analyzer) -> None:
    note = NOTE.replace(
        "a vein to the cephalic vein", "a vein was coupled to the cephalic vein, 2.5 mm"
    )
    told = "The venous coupler was 3.0 mm, not 2.5 mm as written above."
    facts = analyzer.analyze(note.format(addendum=told)).facts
    rings = [f.value.coupler_mm for f in facts if f.name == "anastomosis" and f.value is not None]
    assert 3.0 in rings
    assert 2.5 not in rings
