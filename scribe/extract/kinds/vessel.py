"""The vessels of the pedicle: raised with the flap, or joined as its side of an anastomosis."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.extract.joins.vessels import Vessel, owned_by_recipient, vessels_of
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Anastomosis, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.patterns import View
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import VesselWords
    from scribe.types.mention import Item

_FRAMES = ("today", "loose", "title")
_AND = frozenset({"and", "+", "&"})
_BESIDE_WITHIN = 4  # words behind a vessel within which the one told with it stands
_LABEL = 9  # words of a field and its colon, at most
_WORKED_ON = frozenset({"DIVIDE", "RAISE", "DISSECT", "PEDICLE"})
_RAISING = frozenset({"DISSECT", "RAISE", "PEDICLE", "PADDLE", "FLAP", "SEG"})


@dataclass(frozen=True, slots=True)
class _Joins:
    """The joins of the note with vessels of one kind."""

    donors: frozenset[str]
    recipients: frozenset[str]
    places: tuple[tuple[int, int], ...]

    def is_donor(self, name: str | None) -> bool:
        """Tell whether a vessel is the flap's side of a join."""
        return name in self.donors

    def is_donor_only(self, name: str | None) -> bool:
        """Tell whether a vessel is the flap's side of a join and never the recipient's."""
        return name in self.donors and name not in self.recipients

    def is_recipient_only(self, name: str | None) -> bool:
        """Tell whether a vessel is the recipient's side of a join and never the flap's."""
        return name in self.recipients and name not in self.donors


def extract(rule: FactRule, story: Story) -> None:
    """Add the arteries or veins that were raised with the flap."""
    kind = str(rule.file.options["vessel"])
    joins = _add_joined(rule, kind, story)
    story.barred.setdefault(rule.name, set()).update(story.recipient_vessels)
    if not story.donor and not joins.donors:
        _add_known(rule, kind, joins, story)
        return
    regions = frozenset(r for d in story.donor for r in rule.file.options["regions"].get(d, []))
    proper = frozenset(
        v for d in story.donor for v in rule.file.options.get("proper", {}).get(d, ())
    )
    own = frozenset(v for d in story.donor for v in rule.file.options.get("own", {}).get(d, ()))
    for view in story.views:
        if view.sentence.frame not in _FRAMES:
            continue
        for vessel in vessels_of(view, story.language.words.joins):
            if vessel.kind != kind or not _may_be_pedicle(view, vessel, proper, joins, story):
                continue
            if not _is_of_donor(view, vessel, story, regions, own, joins):
                continue
            _add_present(rule, "raised", view, vessel, story, 0.9)


def _add_present(
    rule: FactRule, way: str, view: View, vessel: Vessel, story: Story, confidence: float
) -> None:
    """Add a vessel that no rule bars and that its words tell of today."""
    index, item = view.sentence.index, view.item(vessel.at)
    if story.is_barred(rule.name, index, vessel.at):
        return
    status = story.status(view.sentence, item.start, item.end, rule.file.frames)
    if status is Status.PRESENT:
        span = _evidence(view, vessel, story)
        story.add(rule, f"{rule.name}.{way}", vessel.name, status, index, span, confidence)


def _add_joined(rule: FactRule, kind: str, story: Story) -> _Joins:
    """Add the flap's side of each join, and return the joins."""
    joined = [
        (c, c.value)
        for c in story.candidates
        if isinstance(c.value, Anastomosis)
        and c.status is Status.PRESENT
        and c.value.vessel == kind
    ]
    for place, join in joined:
        if join.donor:
            span = (place.start, place.end)
            rule_id = f"{rule.name}.joined"
            story.add(rule, rule_id, join.donor, Status.PRESENT, place.sentence, span, 0.85)
    return _Joins(
        donors=frozenset(join.donor for _, join in joined if join.donor),
        recipients=frozenset(join.recipient for _, join in joined if join.recipient),
        places=tuple((place.start, place.end) for place, _ in joined),
    )


def _add_known(rule: FactRule, kind: str, joins: _Joins, story: Story) -> None:
    """Add vessels that bone is raised on, where they are cut or raised and the note does not say from where the bone came."""
    known = frozenset(rule.file.options.get("known", ()))
    if not known or not story.tells_free_bone:
        return
    for view in story.views:
        if view.sentence.frame not in _FRAMES or view.tags.isdisjoint(_WORKED_ON):
            continue
        for vessel in vessels_of(view, story.language.words.joins):
            if vessel.kind != kind or vessel.name not in known or vessel.name in joins.recipients:
                continue
            items = view.sentence.items
            if owned_by_recipient(items, vessel, story.language.words.joins) or any(
                i.word in story.language.words.vessels.landmarks
                for i in items[max(0, vessel.at - 3) : vessel.at]
            ):
                continue
            _add_present(rule, "known", view, vessel, story, 0.8)


def _may_be_pedicle(
    view: View, vessel: Vessel, proper: frozenset[str], joins: _Joins, story: Story
) -> bool:
    """Tell whether the words about a vessel leave it open that it went with the flap."""
    words = story.language.words
    of_donor = story.focus[view.sentence.index] == DONOR
    told = view.tags & {"DISSECT", "RAISE", "PEDICLE"} or _is_key_of_vessel(
        view, words.vessels.labels, of_donor=of_donor
    )
    told = told or (of_donor and _is_surely_vessel(view, vessel.at))
    if vessel.name is None or (vessel.bare and not told):
        return False
    if proper and vessel.name not in proper and not joins.is_donor(vessel.name):
        return False
    items = view.sentence.items
    if any(first <= items[vessel.at].start < after for first, after in joins.places):
        return False
    if owned_by_recipient(items, vessel, words.joins) or _cut_off(view, vessel, words.vessels):
        return False
    before = items[max(0, vessel.at - 3) : vessel.at]
    behind = items[vessel.at + 1 : vessel.at + 4]
    freed = any(i.has("DISSECT", "RAISE") for i in before)  # "dissected up to the trifurcation"
    if not freed and any(item.has("BEYOND") for item in behind):
        return False
    worked_on = any(i.has("DISSECT", "RAISE") for i in behind)
    if not worked_on and any(i.word in words.vessels.landmarks for i in before):
        return False
    return bool(not view.tags & {"JN", "CONFIG", "COUPLER"} or view.tags & {"DISSECT"})


def _is_surely_vessel(view: View, at: int) -> bool:
    """Tell whether a name without "artery" is the vessel's all the same: it is measured, called the artery, or told with a vein."""
    if "ARTGEN" in view.tags or any(i.has("LEN") for i in view.items(max(0, at - 2), at)):
        return True
    behind = view.items(at + 1, at + 1 + _BESIDE_WITHIN)
    return bool(behind) and behind[0].word in _AND and any(i.has("VEIN") for i in behind)


def _is_of_donor(
    view: View,
    vessel: Vessel,
    story: Story,
    regions: frozenset[str],
    own: frozenset[str],
    joins: _Joins,
) -> bool:
    """Tell whether a vessel lies where the donor lies and is worked on as the donor's."""
    if _is_key_of_pedicle(view):
        return not joins.is_recipient_only(vessel.name)
    if vessel.name in own and view.tags & _RAISING:
        return not joins.is_recipient_only(vessel.name)
    focus = story.focus[view.sentence.index]
    near_donor = not regions or vessel.region in regions
    if not near_donor and vessel.region is not None:
        return False
    if focus == DONOR:  # veins without a place of their own go with arteries of both limbs
        of_both = vessel.region is None and "PEDICLE" in view.tags
        return of_both or not joins.is_recipient_only(vessel.name)
    if not view.tags & _RAISING or joins.is_recipient_only(vessel.name):
        return False
    if focus == RECIPIENT:
        if vessel.region not in regions:
            return False
        apart = story.recipient_regions.isdisjoint(story.donor_regions)
        told_apart = apart and vessel.region in story.donor_regions
        if not told_apart and not joins.is_donor_only(vessel.name):
            return False
    return joins.is_donor(vessel.name) or (
        vessel.region in regions
        and (story.recipient_regions.isdisjoint(regions) or _never_cut(story))
    )


def _never_cut(story: Story) -> bool:
    """Tell whether the flap stayed on its pedicle, so that no vessel can be a recipient's."""
    return story.joined_at is None and story.divided_at is None


def _is_key_of_pedicle(view: View) -> bool:
    """Tell whether a line is a field of a template for the pedicle ("Vascular stalk: ...")."""
    items = view.sentence.items[:4]
    return any(a.has("PEDICLE") and b.word == ":" for a, b in itertools.pairwise(items))


def _is_key_of_vessel(view: View, labels: frozenset[str], *, of_donor: bool) -> bool:
    """Tell whether a line is a field of the donor's template for a vessel ("Feeding artery, distal branch: ...")."""
    items = view.sentence.items[:_LABEL]
    colon = next((k for k, item in enumerate(items) if item.word == ":"), 0)
    label = items[:colon]
    keyed = any(item.has("ARTGEN", "VEINGEN") or item.word in labels for item in label)
    elsewhere = any(item.has("RECIP", "JOIN", "JN", "CONFIG", "STRIP", "MILK") for item in label)
    return keyed and not elsewhere and (of_donor or view.sentence.phase == "donor")


def _cut_off(view: View, vessel: Vessel, words: VesselWords) -> bool:
    """Tell whether a vessel was tied off as a branch, or not worked on, instead of being kept."""
    items = view.sentence.items
    before = items[max(0, vessel.at - 2) : vessel.at]
    if _is_unfit(items, vessel.at) or (
        len(before) > 1 and before[0].has("DIVIDE") and before[1].word == "of"
    ):
        return True
    return _told_cut_off(items, vessel.at, words)


def _told_cut_off(items: Sequence[Item], at: int, words: VesselWords) -> bool:
    """Tell whether the words behind a vessel say that it was tied off, set aside or left where it is."""
    merely_seen = False
    for k in range(at + 1, min(at + 8, len(items))):
        denied = items[k].word in words.denied
        if denied and any(i.has("DIVIDE") for i in items[k + 1 : k + 3]):
            return False
        if denied or items[k].has("ASIDE"):
            return True
        if items[k].word == "left" and any(i.has("LIMB") for i in items[k + 1 : k + 3]):
            return True  # "left on the foot"
        if items[k].word in words.seen:
            merely_seen = True
            continue
        if items[k].has("DISSECT", "RAISE") and not items[k].has("DIVIDE"):
            return False
        if items[k].has("DIVIDE"):
            return not any(i.word in words.cut_beyond for i in items[k + 1 : k + 3])
        listed = (
            k + 1 < len(items)
            and items[k].word in (",", "and")
            and items[k + 1].has("ARTERY", "VEIN", "ARTBARE")
        )
        if items[k].word in (",", "and") and merely_seen:
            continue
        if items[k].word in (",", ";", "and", ".") and not listed:
            return False
    return False


def _is_unfit(items: Sequence[Item], at: int) -> bool:
    """Tell whether a vessel is called too small or otherwise of no use, before another one is named."""
    for item in items[at + 1 : at + 8]:
        if item.has("UNFIT"):
            return True
        if item.has("ARTERY", "VEIN", "ARTBARE", "VEINBARE") or item.word in (".", ";"):
            return False
    return False


def _evidence(view: View, vessel: Vessel, story: Story) -> tuple[int, int]:
    items = view.sentence.items
    first, after = vessel.at, vessel.at + 1
    for k in range(vessel.at + 1, min(vessel.at + 6, len(items))):
        if items[k].has("DISSECT", "RAISE"):
            after = k + 1
            break
        if items[k].word in (",", ";", "and"):
            break
    return story.span(view.sentence.index, first, after)
