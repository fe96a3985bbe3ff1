"""Which bone was given.

A metatarsal may be donor, recipient, osteotomised, fixed or a landmark; only what is done to it tells (traps T01 to T06 of the
domain facts).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scribe.extract.kinds.last_resort import (
    is_lost,
    near_other_operation,
    of_foot,
    sick_bones,
    with_own_vessels,
)
from scribe.extract.kinds.unread_donor import Given, unread_donor
from scribe.extract.sightings import Sighting, sightings
from scribe.extract.sites import GIVING_TAGS
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import BoneWords

_VESSELS_WEIGHT = 2.0  # what the dissection of its own vessels adds to a bone
_GRAFT = "GRAFTALT"  # the tag of grafts by what they came from ("iliac chips")


def extract(rule: FactRule, story: Story) -> None:
    """Find the donor bones and remember them in the story."""
    weights: dict[str, float] = defaultdict(float)
    in_body: dict[str, float] = defaultdict(float)
    regions: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[int, int], Given] = {}
    for sighting in sightings(rule, story):
        given = _given(sighting, rule, story)
        if given is None:
            continue
        key = (sighting.view.sentence.index, sighting.match.captured["bone"][0])
        if key not in places or places[key].find.weight < given.find.weight:
            places[key] = given
        if given.status is Status.PRESENT:
            weights[given.value] += given.find.weight
            regions[given.value].add(given.region or "")
            if sighting.view.sentence.frame != "title":
                in_body[given.value] += given.find.weight
    _weigh_by_vessels(weights, in_body, rule, story)
    chosen = _best_supported(weights, in_body, rule)
    if not chosen:
        for key, given in unread_donor(rule, story):
            places[key] = given
            regions[given.value].add(given.region or "")
            chosen = [given.value]
    story.donor, story.donor_fact = tuple(chosen), rule.name
    around = rule.file.options.get("around", {})
    story.donor_regions = frozenset(
        r for value in chosen for r in (*regions[value], *around.get(value, ())) if r
    )
    for key, given in sorted(places.items(), key=lambda place: place[0]):
        _add_given(rule, key, given, story)


def _weigh_by_vessels(
    weights: dict[str, float], in_body: dict[str, float], rule: FactRule, story: Story
) -> None:
    """Add weight to the bones whose own vessels were dissected, and take it from sick ones whose vessels were not."""
    own = with_own_vessels(rule, story)
    for value in own & set(in_body):
        weights[value] += _VESSELS_WEIGHT
        in_body[value] += _VESSELS_WEIGHT
    for value in sick_bones(rule, story) - own:
        weights.pop(value, None)
        in_body.pop(value, None)


def _add_given(rule: FactRule, key: tuple[int, int], given: Given, story: Story) -> None:
    """Add one place that says a bone was given, and remember it: today's if it is one of the donors, or an earlier one's."""
    if given.status is Status.HISTORICAL:
        story.earlier_items.add(key)
    if given.status is Status.PRESENT:
        if given.value not in story.donor:
            return
        story.donor_items[key] = given.find.weight
    story.add(
        rule,
        given.rule_id(rule),
        given.value,
        given.status,
        key[0],
        given.span,
        given.confidence,
        given.qualifiers,
    )


def _given(sighting: Sighting, rule: FactRule, story: Story) -> Given | None:
    """Return the bone that a match says was given, unless it was lost, rebuilt or operated on apart."""
    find, view, match = sighting
    index = match.captured["bone"][0]
    item = view.item(index)
    earlier = item.concept(_GRAFT)
    concept = item.concept(*GIVING_TAGS) or earlier
    away = view.sentence.phase == "recipient" and "recipient" not in (find.phases or ())
    if concept is None or away:
        return None
    if concept.tag == "ORD" and _is_part(view, index, story.language.words.bones):
        return None
    short = rule.file.options.get("short_for", {}).get(concept.tag, {})
    value = concept.donor if find.value is None else str(find.value)
    if value is None and short and of_foot(view, index, story):
        value = short["gives"]
    if value is None or (view.sentence.index, index) in story.recipient_items:
        return None
    if not earlier and is_lost(view, match.first, index, story.language.words.bones):
        return None  # an earlier graft may be lost, and came from somewhere still
    if near_other_operation(view, match.first, match.after):
        return None
    frames = find.frames or rule.file.frames
    status = story.status(view.sentence, item.start, item.end, frames, find.ignore)
    barred = story.is_barred(rule.name, view.sentence.index, index)
    if status is None or (barred and status is Status.PRESENT):
        return None
    region = concept.region or short.get("in")
    span = story.span(view.sentence.index, match.first, match.after)
    return Given(value, region, status, find, span)


def _is_part(view: View, index: int, rules: BoneWords) -> bool:
    """Tell whether a number alone is a part of a bone ("the middle third"), or one of a row ("between the second and the fourth")."""
    before = view.items(max(0, index - 2), index)
    if not before:
        return False
    in_row = len(before) > 1 and before[0].has("ORD") and before[1].word in rules.listing
    return in_row or before[-1].word in rules.positions


def _best_supported(
    weights: Mapping[str, float], in_body: Mapping[str, float], rule: FactRule
) -> list[str]:
    """Return the values with enough support, best first: an absolute least, and a share of the best.

    The best is sought in the body, so that a title never outvotes a bone that the body tells as taken.
    """
    least = float(rule.file.options.get("least_weight", 1.0))
    share = float(rule.file.options.get("least_share", 0.34))
    floor = max(least, max(in_body.values(), default=0.0) * share)
    return [v for v in sorted(weights, key=lambda v: -weights[v]) if weights[v] >= floor]
