"""Whose limb is it? Tell donor from recipient where a sentence names a part of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.story import DONOR, RECIPIENT, Story

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.extract.patterns import View


_PARTS = ("LIMB", "SITE", "DIGIT", "GTOE", "TOE")
_TELLING = ("DONOR", "RECIP", *_PARTS)


def limb_roles(view: View, story: Story) -> list[str]:
    """Return whose limbs a sentence names, in order; where both are the same part of the body their sides tell."""
    roles: list[str] = []
    items = view.sentence.items
    for at in view.places(_TELLING):
        item = items[at]
        if item.has("DONOR"):
            behind = items[at + 1 : at + 3]
            if not behind or not behind[0].has("BONEWORD") or behind[-1].word == ":":
                roles.append(DONOR)  # "donor bone" is no place
        elif item.has("RECIP"):
            roles.append(RECIPIENT)
        concept = item.concept(*_PARTS)
        if concept is None or concept.region is None:
            continue
        gives, takes = (
            concept.region in story.donor_regions,
            concept.region in story.recipient_regions,
        )
        if gives and takes:
            near = next(
                (
                    c.value
                    for k in range(max(0, at - 2), at)
                    for c in items[k].concepts
                    if c.tag == "SIDE"
                ),
                None,
            )
            owners = [role for role in (DONOR, RECIPIENT) if near in story.sides.get(role, ())]
            roles += owners if len(owners) == 1 else []
        elif gives or takes:
            roles.append(DONOR if gives else RECIPIENT)
    return roles


def bone_role(view: View, story: Story) -> str | None:
    """Return whose bones a sentence names, or None where it names none or both."""
    gives, takes = _names_bone(view, story.donor_items), _names_bone(view, story.recipient_items)
    if gives == takes:
        return None
    return DONOR if gives else RECIPIENT


def names_rebuilt(view: View, story: Story) -> bool:
    """Tell whether all the bones that a sentence names are the one that was rebuilt, and nothing is said to go there."""
    onward = story.language.words.sides.onward
    items = view.sentence.items
    named = view.places(("BONE", "MT"))
    return bool(named) and all(
        not items[at].has("MT")
        and items[at - 1].word not in onward
        and any(c.value in story.recipient for c in items[at].concepts)
        for at in named
    )


def _names_bone(view: View, places: Iterable[tuple[int, int]]) -> bool:
    """Tell whether one of some (sentence, item) is a bone of this sentence; a note has few of them, and many sentences."""
    index = view.sentence.index
    return any(sentence == index and view.item(at).has("BONE", "MT") for sentence, at in places)
