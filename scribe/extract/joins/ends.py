"""Which end of a join is the flap's and which the recipient's, by what the whole note tells of both limbs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.extract.joins.vessels import ARTERY, VEIN, owned_by_flap, owned_by_recipient, vessels_of

if TYPE_CHECKING:
    from scribe.extract.joins.join import Join
    from scribe.extract.joins.vessels import Vessel
    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.option_schema import JoinOptions

_NEAR = 2  # sentences back to the vessel that a pronoun stands for


def oriented(view: View, join: Join, story: Story) -> Join:
    """Put the flap's vessel on the donor side: by its own words, else by where donor and recipient are."""
    items = view.sentence.items
    first, second = join.donor, join.recipient
    rules = story.language.words.joins
    if join.refers is not None:
        return _resolved(view, join, story)
    if first is None or second is None or join.swapped:
        return join
    if (
        second.name is None
        and second.kind == VEIN
        and items[second.at - 1].word in rules.possessives
    ):
        beside = _antecedent(
            view, first.at, ARTERY, None, story
        )  # "the intercostal vein to its vein"
        return replace(join, recipient=replace(beside, at=second.at, kind=VEIN)) if beside else join
    if owned_by_recipient(items, first, rules) or (
        owned_by_flap(items, second, rules, behind=True) and not owned_by_flap(items, first, rules)
    ):
        return replace(join, donor=second, recipient=first, swapped=True)
    if owned_by_flap(items, first, rules) or owned_by_recipient(items, second, rules):
        return join
    regions = regions_at_donor(story, join.kind)
    if regions:
        turned = first.region and first.region not in regions and second.region in regions
    else:
        pedicles = _options(story)["pedicles"]
        turned = first.name and first.name not in pedicles and second.name in pedicles
    return replace(join, donor=second, recipient=first, swapped=True) if turned else join


def _resolved(view: View, join: Join, story: Story) -> Join:
    """Put the vessel that a pronoun stands for in its place: the last of its kind that was named before."""
    given = join.donor or join.recipient
    if given is None or join.refers is None:
        return join
    meant = _antecedent(view, min(given.at, join.refers), join.kind, given.name, story)
    if meant is None:
        itself = join.donor and given.name and not may_be_flaps(given, story)
        if itself:  # "the radial was divided, so end-to-end to its stump"
            return replace(join, donor=None, recipient=given, refers=None)
        return replace(join, refers=None)
    meant = replace(meant, at=join.refers)
    if join.recipient is None:
        return replace(join, recipient=meant)
    return replace(join, donor=meant) if may_be_flaps(meant, story) else join


def _antecedent(
    view: View, before: int, kind: str, other: str | None, story: Story
) -> Vessel | None:
    """Return the vessel of a kind that was named last before a place, in its sentence or shortly before it."""
    rules = story.language.words.joins
    index = view.sentence.index
    for earlier in range(index, max(-1, index - _NEAR - 1), -1):
        told = story.views[earlier]
        if told.sentence.frame not in ("today", "loose"):
            break
        for vessel in reversed(vessels_of(told, rules)):
            after = earlier == index and vessel.at >= before
            if not after and vessel.name and vessel.kind == kind and vessel.name != other:
                return vessel
    return None


def may_be_flaps(vessel: Vessel, story: Story) -> bool:
    """Tell whether a vessel lies where the bone came from, or where bone is usually raised."""
    regions = regions_at_donor(story, vessel.kind)
    if regions:
        return vessel.region is None or vessel.region in regions
    return vessel.name in _options(story)["pedicles"]


def regions_at_donor(story: Story, kind: str) -> frozenset[str]:
    """Return where the donor's vessels of a kind run; nothing while the donor is not known."""
    table = _options(story)["regions"].get(kind, {})
    return frozenset(r for d in story.donor for r in table.get(d, []))


def _options(story: Story) -> JoinOptions:
    """Return what the rule of the joins knows of pedicles and where they run."""
    rule = next(r for r in story.language.facts if r.file.kind == "join")
    options: JoinOptions = rule.file.options
    return options
