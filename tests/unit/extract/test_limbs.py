"""Whose limb is it: the donor's or the recipient's."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from scribe.extract.limbs import limb_roles, names_rebuilt
from scribe.extract.patterns import TagIndex, View
from scribe.extract.story import Story
from scribe.types.mention import Concept, ParsedNote
from tests.support.builders import make_note
from tests.support.tagged import make_sentence

if TYPE_CHECKING:
    from scribe.rules.language import Language

REGIONS = {"foot": "foot", "hand": "hand", "neck": "neck"}


def view_of(written: str) -> View:
    """Return a sentence whose limbs lie in their regions."""
    sentence = make_sentence(written)
    items = tuple(
        item._replace(
            concepts=tuple(Concept(c.tag, c.value, REGIONS.get(item.word)) for c in item.concepts),
        )
        for item in sentence.items
    )
    return View(dataclasses.replace(sentence, items=items))


def roles(language: Language, written: str, **known: Any) -> list[str]:
    story = story_of(language, written, **known)
    return limb_roles(story.views[0], story)


def story_of(language: Language, written: str, **known: Any) -> Story:
    view = view_of(written)
    parsed = ParsedNote(
        note=make_note("x"), sections=(), sentences=(), placeholders=(), has_headings=True
    )
    regions = {
        "donor_regions": frozenset({"foot"}),
        "recipient_regions": frozenset({"hand"}),
    }
    return Story(
        parsed=parsed,
        language=language,
        views=(view,),
        index=TagIndex([view]),
        **{**regions, **known},
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("stumps of the BONE=jaw", True),
        ("the MT=metatarsal for the BONE=jaw", False),
        ("the BONE=fibula", False),
        ("stumps", False),
    ],
)
def test_the_bone_that_was_rebuilt(language: Language, written: str, *, expected: bool) -> None:
    story = story_of(language, written, recipient=("jaw",))
    assert names_rebuilt(story.views[0], story) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the LIMB=foot", ["donor"]),
        ("the LIMB=hand", ["recipient"]),
        ("the LIMB=neck", []),
        ("the DONOR=donor_site", ["donor"]),
        ("the RECIP=recipient_bed", ["recipient"]),
        ("from LIMB=foot to LIMB=hand", ["donor", "recipient"]),
        ("nothing named", []),
    ],
)
def test_roles_by_region(language: Language, written: str, expected: list[str]) -> None:
    assert roles(language, written) == expected


@pytest.mark.parametrize(("side", "expected"), [("left", ["donor"]), ("right", ["recipient"])])
def test_where_both_are_the_same_limb_the_side_tells(
    language: Language, side: str, expected: list[str]
) -> None:
    known = {
        "recipient_regions": frozenset({"foot"}),
        "sides": {"donor": {"left"}, "recipient": {"right"}},
    }
    assert roles(language, f"the SIDE={side} LIMB=foot", **known) == expected


def test_where_both_are_the_same_limb_and_no_side_is_told(language: Language) -> None:
    assert roles(language, "the LIMB=foot", recipient_regions=frozenset({"foot"})) == []
