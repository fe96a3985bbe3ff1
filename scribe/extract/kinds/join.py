"""Anastomoses: one fact for each vessel or nerve joined, put together from the sentences that tell of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.extract.joins.apart import add_field, join_of_field, with_declared
from scribe.extract.joins.ends import oriented
from scribe.extract.joins.labelled import is_line_of_kind
from scribe.extract.joins.links import links
from scribe.extract.joins.one_sided import left_over, named_ends, of_pronoun
from scribe.extract.joins.retold import add_details, as_before, merge, with_same_donor
from scribe.extract.joins.technique import has_microsuture, with_technique
from scribe.extract.joins.vessels import ARTERY, VEIN, vessels_of
from scribe.extract.sightings import sightings
from scribe.types.fact import Anastomosis, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scribe.extract.joins.join import Join, Told
    from scribe.extract.joins.vessels import Vessel
    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import JoinWords

_STRONG = frozenset({"CONFIG", "COUPLER", "JN", "HANDSEWN"})
_FIELD_OF_JOIN = 5  # words: label, colon, vessel, what leads on, vessel
_NEAR = 2  # sentences within which a detail belongs to the join told before
_VERB_BEFORE = 4  # words between a verb of joining and the first of the vessels that it joins
_MARKS = (",", ";", ".", ":", "(")
_GOES_ON_WITHIN = 6  # words between a join and one that shares its verb
_TODAY = ("today", "loose")
_FRAMES = (*_TODAY, "title", "history", "implants", "plan")


def extract(rule: FactRule, story: Story) -> None:
    """Add the joins of the note, the more complete telling of each, and its denials."""
    for join, status in merge(with_declared(_told_joins(rule, story), rule, story)):
        if join.of_form and not join.is_made:
            continue  # a field that names a vessel, whose join is told nowhere
        if join.donor is None and join.recipient is None and status is not Status.PRESENT:
            continue
        kind = "link" if join.donor and join.recipient else "one_sided"
        confidence = 0.93 if join.recipient else 0.8
        rule_id = f"{rule.name}.{kind}"
        value = _value(join, rule.file.options["veins"])
        for span in (*(join.spans if join.of_form else join.spans[:1]), *join.details):
            story.add(rule, rule_id, value, status, join.sentence, span, confidence)
    for find, view, match in sightings(rule, story):
        if view.sentence.frame in rule.file.frames:
            index = view.sentence.index
            span = story.span(index, match.first, match.after)
            story.add(rule, find.id, None, Status.ABSENT, index, span, find.confidence)


def _told_joins(rule: FactRule, story: Story) -> list[Told]:
    """Return the joins of every sentence; a sentence without one may add details to the join just told."""
    joins: list[Told] = []
    last_told = -_NEAR - 1
    for view in story.views:
        sentence = view.sentence
        if sentence.frame not in _FRAMES:
            continue
        near = sentence.index - last_told <= _NEAR
        field = join_of_field(view, story) if sentence.frame in _TODAY else None
        if field:
            add_field(field, joins, rule, story)
            last_told = sentence.index
            continue
        found = _joins_of(view, story, near=near, last_joins=last_told == sentence.index - 1)
        for join in found:
            told = join.recipient or join.donor
            anchor = view.item(told.at if told else join.first)
            status = story.status(sentence, anchor.start, anchor.end, rule.file.frames)
            if status is None or status is Status.ABSENT:
                continue
            if status is Status.PRESENT and _of_earlier_flap(view, join, rule, story):
                status = Status.HISTORICAL
            span = story.span(sentence.index, join.first, join.after)
            join = as_before(with_same_donor(replace(join, spans=(span,)), joins), joins)
            joins.append((join, status))
            if status is Status.PRESENT:
                last_told = sentence.index
                if join.is_made and join.recipient and join.recipient.name:
                    story.recipient_vessels.add((sentence.index, join.recipient.at))
        if not found and near and sentence.frame in _TODAY:
            add_details(view, joins, story)
    return joins


def _of_earlier_flap(view: View, join: Join, rule: FactRule, story: Story) -> bool:
    """Tell whether the sentence goes on telling how a flap of an earlier operation was joined ("free ALT 2020, artery ETS on PTA")."""
    return any(
        item.has("SOFTFLAP")
        and story.status(view.sentence, item.start, item.end, rule.file.frames) is Status.HISTORICAL
        for item in view.items(0, join.first)
    )


def _joins_of(view: View, story: Story, *, near: bool, last_joins: bool) -> list[Join]:
    """Return the joins that a sentence tells.

    Args:
        view: The sentence.
        story: What is known of the note.
        near: A join was told shortly before, so that weaker words tell of one more.
        last_joins: The sentence before told a join, so that a pronoun stands for no vessel of it.
    """
    rules = story.language.words.joins
    vessels = vessels_of(view, rules)
    if not vessels:
        return [] if last_joins else of_pronoun(view, story)
    tags = view.tags
    strong = bool(tags & _STRONG) or has_microsuture(view)
    goes_on = near and tags & (rules.moved | rules.inverted | rules.likewise | rules.alike)
    line = near and is_line_of_kind(view)
    joined = strong or "JOIN" in tags or line or _is_field_of_join(view)
    if not (joined or goes_on or view.sentence.phase == "anastomosis"):
        bare = [oriented(view, j, story) for j in links(view, rules)]
        if {j.kind for j in bare} >= {ARTERY, VEIN} and not tags & {"DISSECT", "LEN", "IMG"}:
            return with_technique(view, bare, rules)
        return []
    told: list[Join] = []
    for link in links(view, rules):
        if _plausible(view, link, story, near=near) or _goes_on(view, link, told, rules):
            told.append(link)
    found = [oriented(view, link, story) for link in told]
    if found:
        found = sorted([*found, *left_over(view, vessels, found, story)], key=lambda j: j.first)
        return with_technique(view, found, rules)
    verb = any(
        item.has("JOIN") and (near or item.word.startswith(rules.surely))
        for item in view.sentence.items
    )
    return named_ends(view, vessels, story) if strong or verb or line else []


def _is_field_of_join(view: View) -> bool:
    """Tell whether a sentence is no more than a field with both ends in it ("Artery: dorsalis pedis to anterior tibial")."""
    said = [item for item in view.sentence.items if item.word != "."]
    if len(said) != _FIELD_OF_JOIN or not said[0].has("ARTGEN", "VEINGEN") or said[1].word != ":":
        return False
    if said[3].word != "to":
        return False
    ends = said[2::2]
    arteries = all(item.has("ARTERY", "ARTBARE") for item in ends)
    return arteries or all(item.has("VEIN", "VEINBARE") for item in ends)


def _plausible(view: View, join: Join, story: Story, *, near: bool) -> bool:
    """Refuse links that only tell a course ("traced from the retinaculum into the first dorsal metatarsal artery")."""
    tags, between = view.tags, view.items(join.first, join.after)
    if tags & _STRONG:
        is_course = any(i.has("DISSECT") and not i.has("RAISE") for i in between)
        return not is_course or any(
            i.has("JOIN", "CONFIG", "JN", "SUTURE", "COUPLER") for i in between
        )
    if "SUTURE" in tags or view.sentence.phase == "anastomosis" or _is_field_of_join(view):
        return True
    if near and is_line_of_kind(view):
        return True
    if any(i.has("JOIN") for i in between) or _is_led_by_verb(view, join):
        return True
    rules = story.language.words.joins
    moving = rules.moved_to | rules.inverted | rules.likewise
    return (
        near
        and (any(i.word in moving for i in between) or bool(tags & rules.alike))
        and not any(i.has("DISSECT", "DIVIDE") for i in between)
    )


def _is_led_by_verb(view: View, join: Join) -> bool:
    """Tell whether the verb of joining stands before both vessels ("we sewed the dorsalis pedis to the facial artery")."""
    if join.donor is None or join.recipient is None:
        return False  # "the paddle was sewn to the lingual mucosa"
    for item in reversed(view.items(max(0, join.first - _VERB_BEFORE), join.first)):
        if item.has("JOIN"):
            return True
        if item.word in _MARKS or item.has("DISSECT", "DIVIDE", "RAISE"):
            return False
    return False


def _goes_on(view: View, join: Join, told: Sequence[Join], rules: JoinWords) -> bool:
    """Tell whether two vessels go on with the verb of the join before them ("..., and the comitant vein to the cephalic")."""
    if not told or not join.donor or not join.recipient or told[-1].kind == join.kind:
        return False
    between = view.items(join.donor.at + 1, join.recipient.at)
    before = view.items(told[-1].after, join.donor.at)
    if len(before) > _GOES_ON_WITHIN or rules.parted.isdisjoint(i.word for i in before):
        return False
    return not any(i.has("DISSECT", "DIVIDE", "RAISE") for i in (*before, *between)) and any(
        i.word in rules.phrase_ends for i in between
    )


def _value(join: Join, veins: Mapping[str, str]) -> Anastomosis:
    """Say a join as a fact; ``veins`` names the vein beside an artery."""
    donor, recipient = join.donor_name, join.recipient_name
    if join.kind == VEIN:
        donor, recipient = _as_vein(join.donor, {}), _as_vein(join.recipient, veins)
    technique = "hand-sewn" if join.sewn else None
    if join.coupled and (join.coupler_mm or not join.suture):
        technique = "coupler"
    return Anastomosis(
        vessel=join.kind,
        donor=donor,
        recipient=recipient,
        configuration=join.configuration,
        technique=technique,
        suture=join.suture if technique == "hand-sewn" else None,
        coupler_mm=join.coupler_mm if technique == "coupler" else None,
    )


def _as_vein(vessel: Vessel | None, veins: Mapping[str, str]) -> str | None:
    """Return the vein that is meant where the name is an artery's ("vein to the radial", "vein to the facial")."""
    if vessel is None or vessel.name is None:
        return None
    if vessel.kind == VEIN and not vessel.name.endswith(ARTERY):
        return vessel.name
    return veins.get(vessel.name, "venae comitantes")
