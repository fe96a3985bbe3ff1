"""A written correction takes back what it denies, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

NOTE = """\
PROCEDURE: Free vascularized second metatarsal graft, left foot to right radius.
DESCRIPTION: The second metatarsal, 4 cm, was raised from the left foot on the dorsalis pedis artery, pedicle 7 cm, and divided.
The artery was joined end-to-side to the radial artery with 9-0 nylon and a vein to the cephalic vein.
ADDENDUM: {addendum}
"""
AMENDED = {
    "the side": ("The donor was the right foot, not the left foot.", "donor.side", ["right"]),
    "a length": ("The pedicle was 8 cm, not 7 cm.", "pedicle.length_cm", [8]),
}
KEPT = {
    "a denial that gives nothing else": ("It was not the left arm.", "donor.side", ["left"]),
    "a value of another fact": ("The pedicle was 8 cm, not 4 cm.", "bone_segment", [4]),
    "two values without a denial": ("The pedicle was 8 cm.", "pedicle.length_cm", [7, 8]),
}


def values(analyzer: Analyzer, addendum: str, name: str) -> list[object]:
    facts = analyzer.analyze(NOTE.format(addendum=addendum)).facts
    told = [fact.value for fact in facts if fact.name == name and fact.status.value == "present"]
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
