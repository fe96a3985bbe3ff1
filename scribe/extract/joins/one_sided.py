"""Joins of which a sentence names one end only ("facial artery end-to-end 9-0, facial vein coupler 2.5 mm")."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from scribe.extract.joins.ends import may_be_flaps
from scribe.extract.joins.join import Join
from scribe.extract.joins.labelled import labelled_ends
from scribe.extract.joins.technique import has_microsuture, left_open, with_technique
from scribe.extract.joins.vessels import (
    ARTERY,
    NERVE,
    VEIN,
    owned_by_flap,
    owned_by_recipient,
    vessels_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scribe.extract.joins.vessels import Vessel
    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.types.mention import Item

_TOLD_WITHIN = 4  # words behind a vessel that say how it was joined
_NAMED_WITHIN = 4  # words between "artery" or "vein" and the word that joins it
_AT_ONCE = 2  # words behind "artery" or "vein" that say how it was joined, in a list


def named_ends(view: View, vessels: Sequence[Vessel], story: Story) -> list[Join]:
    """Return the joins of a sentence that names one end of its only join, or lists one end of each."""
    rules = story.language.words.joins
    told = [
        replace(join, first=end.label, paired=end.of_several)
        for end in labelled_ends(view, vessels, rules)
        if (join := _one_sided(view, [end.vessel], story))
    ]
    if not told:
        ends = _listed_ends(view, vessels) or [vessels]
        told = [j for own in ends if (j := _one_sided(view, own, story))]
    joins = with_technique(view, told, rules)
    if left_open(view):  # a form that was not filled in
        return [j for j in joins if j.is_made or j.donor_name or j.recipient_name]
    return joins


def _one_sided(view: View, vessels: Sequence[Vessel], story: Story) -> Join | None:
    """Read a join that names one end only ("the bigger comitant was put together with a 2.5 mm coupler")."""
    items = view.sentence.items
    rules = story.language.words.joins
    named = [v for v in vessels if v.name and not _just_prepared(view, v)]
    vessel = named[0] if named else vessels[0]
    if vessel.kind == NERVE and not view.tags & {"CONFIG", "JN", "JOIN"}:
        return None
    if _just_prepared(view, vessel) or (
        not named and not view.tags & {"CONFIG", "COUPLER", "SUTURE", "JOIN"}
    ):
        return None
    if not named and not _is_joined_here(view, vessel):
        return None
    before, behind = items[max(0, vessel.at - 3) : vessel.at], items[vessel.at + 1 : vessel.at + 3]
    is_recipient = owned_by_recipient(items, vessel, rules) or (
        not owned_by_flap(items, vessel, rules)
        and (
            _beside_recipient(items, vessel, story)
            or any(i.word in rules.before_recipient for i in before)
            or any(i.word in rules.inverted for i in behind)
            or not may_be_flaps(vessel, story)
        )
    )
    donor, recipient = (None, vessel) if is_recipient and vessel.name else (vessel, None)
    return Join(
        kind=vessel.kind,
        donor=donor,
        recipient=recipient,
        sentence=view.sentence.index,
        first=vessel.at,
        after=vessel.at + 1,
    )


def _beside_recipient(items: Sequence[Item], vessel: Vessel, story: Story) -> bool:
    """Tell whether a vein is the companion of an artery that is not the flap's ("radial comitant", "a vein of the radial")."""
    if vessel.kind != VEIN or vessel.region is not None:
        return False
    near = items[max(0, vessel.at - 1) : vessel.at] or ()
    if items[vessel.at + 1 : vessel.at + 2] and items[vessel.at + 1].word == "of":
        near = (*near, *items[vessel.at + 2 : vessel.at + 3])
    for item in near:
        artery = item.concept("ARTERY", "ARTBARE")
        if artery is not None:
            beside = replace(vessel, kind=ARTERY, name=artery.value, region=artery.region)
            return not may_be_flaps(beside, story)
    return False


def _is_joined_here(view: View, vessel: Vessel) -> bool:
    """Tell whether the words about a vessel join it, where the sentence does not say how ("past the joins and into the vein" does not)."""
    if view.tags & {"CONFIG", "COUPLER", "SUTURE"}:
        return True
    near = view.items(max(0, vessel.at - _NAMED_WITHIN), vessel.at + 1 + _NAMED_WITHIN)
    return any(item.has("JOIN", "JN") for item in near)


def _just_prepared(view: View, vessel: Vessel) -> bool:
    """Tell whether a vessel is only divided here, to be joined elsewhere."""
    return any(i.has("DIVIDE") for i in view.sentence.items[vessel.at + 1 : vessel.at + 4])


def of_pronoun(view: View, story: Story) -> list[Join]:
    """Return the join of a vessel that the sentence before it names ("It was therefore used end-to-end with 9-0 nylon")."""
    rules = story.language.words.joins
    items = view.sentence.items
    if not items or items[0].word not in rules.subjects or "CONFIG" not in view.tags:
        return []
    if "COUPLER" not in view.tags and not has_microsuture(view):
        return []
    index = view.sentence.index
    before = story.views[index - 1] if index else None
    named = [v for v in vessels_of(before, rules) if v.name] if before else []
    if not named or before is None or before.sentence.frame != view.sentence.frame:
        return []
    join = _one_sided(view, [replace(named[-1], at=0)], story)
    return with_technique(view, [join], rules) if join else []


def _listed_ends(view: View, vessels: Sequence[Vessel]) -> list[Sequence[Vessel]]:
    """Divide the vessels of a list of joins that name one end each ("facial artery end-to-end 9-0, facial vein coupler 2.5 mm")."""
    vessels = [v for v, n in zip_longest(vessels, vessels[1:]) if not _is_only_kind(view, v, n)]
    ends: list[Sequence[Vessel]] = []
    for vessel, following in zip_longest(vessels, vessels[1:]):
        after = following.at if following else len(view.sentence.items)
        told = any(item.has("CONFIG", "COUPLER", "SUTURE") for item in view.items(vessel.at, after))
        generic = vessel.name is None and not _told_at_once(view, vessel)
        if generic or not told or any(own[0].kind == vessel.kind for own in ends):
            return []
        ends.append([vessel])
    return ends if len(ends) > 1 else []


def _is_only_kind(view: View, vessel: Vessel, after: Vessel | None) -> bool:
    """Tell whether "arterial" only says of what kind the vessel named next is ("arterial inflow from the facial artery")."""
    if vessel.name or after is None or not after.name or after.kind != vessel.kind:
        return False
    return not any(i.has("CONFIG", "SUTURE") for i in view.items(vessel.at + 1, after.at))


def _told_at_once(view: View, vessel: Vessel) -> bool:
    """Tell whether right behind "artery" or "vein" stands how it was joined ("artery E-E, vein E-S")."""
    behind = view.items(vessel.at + 1, vessel.at + 1 + _AT_ONCE)
    return any(item.has("CONFIG", "COUPLER", "SUTURE") for item in behind)


def left_over(
    view: View, vessels: Sequence[Vessel], found: Sequence[Join], story: Story
) -> list[Join]:
    """Return joins that name one end beside those that name both ("the radial was taken end-to-end, and the vein joined to ...")."""
    rules = story.language.words.joins
    taken = {v.at for j in found for v in (j.donor, j.recipient) if v}
    kinds = {j.kind for j in found}
    left: list[Join] = []
    for vessel in vessels:
        behind = view.items(vessel.at + 1, vessel.at + 1 + _TOLD_WITHIN)
        marks = [k for k, i in enumerate(behind) if i.word in rules.parted]
        behind = behind[: marks[0]] if marks else behind
        if vessel.at in taken or vessel.kind == NERVE:
            continue
        if vessel.kind in kinds and not _told_again(view, vessel, found, rules.another):
            continue
        if not _stands_apart(view, vessel, found, rules.parted):
            continue
        if any(vessel.at < v.at <= vessel.at + len(behind) for v in vessels):
            continue
        told = any(i.has("CONFIG") or i.word in rules.likewise for i in behind)
        same = any(i.word == "same" for i in behind[-1:])
        if (told or same) and (join := _one_sided(view, [vessel], story)):
            left.append(join)
            kinds.add(vessel.kind)
    return left


def _told_again(
    view: View, vessel: Vessel, found: Sequence[Join], another: AbstractSet[str]
) -> bool:
    """Tell whether "the artery", behind all joins, goes on with the one of its kind that was told ("...; the artery end-to-end")."""
    behind_all = all(j.after <= vessel.at for j in found)
    alone = sum(j.kind == vessel.kind for j in found) == 1 and found[-1].kind != vessel.kind
    before = view.items(max(0, vessel.at - 2), vessel.at)
    return (
        behind_all and alone and vessel.name is None and all(i.word not in another for i in before)
    )


def _stands_apart(
    view: View, vessel: Vessel, found: Sequence[Join], parted: AbstractSet[str]
) -> bool:
    """Tell whether a mark or "and" parts a vessel from the joins of its sentence."""
    items = view.sentence.items
    behind = [j.first for j in found if j.first > vessel.at]
    before = [j for j in found if j.after <= vessel.at]
    if len(behind) + len(before) < len(found):
        return False
    near = [i.word for i in items[max(0, vessel.at - 2) : vessel.at]]
    if before and ("of" in near or parted.isdisjoint(near)):
        return False
    return not behind or any(i.word in parted for i in items[vessel.at + 1 : min(behind)])
