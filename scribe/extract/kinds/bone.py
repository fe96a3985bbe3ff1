"""Which bone is given and which is rebuilt.

A metatarsal may be donor, recipient, osteotomised, fixed or a landmark; only what is done to it tells (traps T01 to T06 of the
domain facts).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.extract.kinds.last_resort import (
    is_lost,
    near_other_operation,
    of_foot,
    sick_bones,
    with_own_vessels,
)
from scribe.extract.kinds.unread_donor import Given, unread_donor
from scribe.extract.rays import ORDINALS, rays_named, rays_told
from scribe.extract.sightings import Sighting, sightings
from scribe.extract.sites import SITE_TAGS, judged_recipient, site_name
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.rules.fact_schema import FindRule
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scribe.extract.patterns import View
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import BoneWords

_BONE_TAGS = ("MT", "BONE", "GTOE", "TOE", "RAY", "ORD")
_NUMBERED = ("MT", "RAY", "ORD")  # what has the number of a ray, or is one
_BETWEEN = ("ORD", "NUM", "QUANTITY", "RAY", "MT", "LIMB", "BONE")
_NUMBERS = ("ORD", "NUM", "QUANTITY")
_VESSELS_WEIGHT = 2.0  # what the dissection of its own vessels adds to a bone
_SITE_SHARE = 0.75  # a region counts less than a bone that is named beside it


def extract_donor(rule: FactRule, story: Story) -> None:
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
    concept = item.concept(*_BONE_TAGS)
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
    if is_lost(view, match.first, index, story.language.words.bones):
        return None
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


def extract_ray(rule: FactRule, story: Story) -> None:
    """Read the number of each metatarsal that is a donor; the ray that is rebuilt gives none while another one does."""
    rebuilt = _rebuilt_rays(story)
    found = {ray for key in story.donor_items for ray in _rays_of(key, story)}
    barred = rebuilt if found - rebuilt else set()
    told_in_body = False
    for sentence, index in sorted(story.donor_items):
        view = story.views[sentence]
        item = view.item(index)
        if not item.has(*_NUMBERED):
            continue
        if _other_limb(view, index, story) or story.is_barred(rule.name, sentence, index):
            continue
        named = rays_named(view, index, story.language.words.bones)
        # A toe or a neighbour is told beside a number as well ("the second, next to the hallux ray"), so it counts only alone.
        told = [] if found else rays_told(view, index, rule.file.options)
        for first, ray in named or told:
            if ray in barred:
                continue
            span = view.item(min(first, index)).start, view.item(max(first, index)).end
            # The bone is known to be the donor, so a denial beside it speaks of something else.
            status = story.status(
                view.sentence, item.start, item.end, rule.file.frames, ("NEGATED",)
            )
            if status is not None:
                story.add(rule, f"{rule.name}.ordinal", ray, status, sentence, span, 0.95)
            if status is Status.PRESENT:
                story.donor_rays.add(ray)
                told_in_body = told_in_body or view.sentence.frame != "title"
    if not story.donor_rays:
        _add_ray_beside(rule, story)
    if not told_in_body and any(_is_ray(story, *key) for key in story.donor_items):
        _add_keyed_rays(rule, story)


def _add_ray_beside(rule: FactRule, story: Story) -> None:
    """Take the only ray numbered in the sentence of a donor metatarsal for its own ("Second toe ray: the metatarsal was cut")."""
    words = story.language.words.bones
    for sentence, index in sorted(story.donor_items):
        view = story.views[sentence]
        if view.sentence.frame not in ("today", "loose") or not _is_ray(story, sentence, index):
            continue
        told = {
            ray: min(first, at)
            for at in view.places(("MT", "RAY"))
            if (sentence, at) not in story.donor_items
            and not _other_limb(view, at, story)
            and not story.is_barred(rule.name, sentence, at)
            for first, ray in rays_named(view, at, words) or rays_told(view, at, rule.file.options)
        }
        if len(told) != 1:
            continue
        ray, at = next(iter(told.items()))
        item = view.item(at)
        status = story.status(view.sentence, item.start, item.end, rule.file.frames)
        if status is Status.PRESENT:
            span = story.span(sentence, min(at, index), max(at, index) + 1)
            story.add(rule, f"{rule.name}.beside", ray, status, sentence, span, 0.8)
            story.donor_rays.add(ray)
            return


def _rays_of(key: tuple[int, int], story: Story) -> set[int]:
    sentence, index = key
    return {ray for _, ray in rays_named(story.views[sentence], index, story.language.words.bones)}


def _is_ray(story: Story, sentence: int, index: int) -> bool:
    return story.views[sentence].item(index).has(*_NUMBERED)


def _add_keyed_rays(rule: FactRule, story: Story) -> None:
    """Read the number that a template asks for in a field of its own ("Ray: II and III")."""
    for find, view, match in sightings(rule, story):
        for item in view.items(*match.captured["rays"]):
            if item.number is None or item.number not in ORDINALS or not item.has(*_NUMBERS):
                continue
            status = story.status(view.sentence, item.start, item.end, rule.file.frames)
            if status is None:
                continue
            index, span = (
                view.sentence.index,
                story.span(view.sentence.index, match.first, match.after),
            )
            story.add(rule, find.id, int(item.number), status, index, span, find.confidence)
            if status is Status.PRESENT:
                story.donor_rays.add(int(item.number))


def _rebuilt_rays(story: Story) -> set[int]:
    """Return the numbers of the metatarsals that receive the flap."""
    return {
        number
        for number, word in ORDINALS.items()
        if any(site.startswith(f"{word} metatarsal") for site in story.recipient)
    }


def _other_limb(view: View, index: int, story: Story) -> bool:
    """Tell whether a side just before a metatarsal is known not to be the donor's."""
    donor, recipient = story.sides.get(DONOR, set()), story.sides.get(RECIPIENT, set())
    for k in range(index - 1, max(-1, index - 6), -1):
        item = view.item(k)
        concept = item.concept("SIDE")
        if concept:
            return concept.value in recipient and concept.value not in donor
        if item.concepts and not item.has(*_BETWEEN):
            return False  # "left a cuff on the second metatarsal" names no side
    return False


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """One place that says which bone or region receives the flap."""

    name: str
    region: str
    key: tuple[int, int]
    find: FindRule
    span: tuple[int, int]
    is_bone: bool


def extract_recipient(rule: FactRule, story: Story) -> None:
    """Find the bone or region that receives the flap and remember it in the story."""
    weights: dict[str, float] = defaultdict(float)
    places: list[_Rebuilt] = []
    for sighting in sightings(rule, story):
        place = _rebuilt(sighting, rule, story)
        if place is not None:
            places.append(place)
            weights[place.name] += place.find.weight * (1.0 if place.is_bone else _SITE_SHARE)
    best = _best_site(weights) if weights else None
    judged = judged_recipient(rule, story, _strongest(places), best)
    if judged is not None:
        story.recipient = (judged.name,)
        story.recipient_regions = judged.regions
        story.recipient_items |= set(judged.keys)
        _release_rebuilt(story)
        for key, span in zip(judged.keys, judged.spans, strict=True):
            story.add(rule, judged.rule, judged.name, Status.PRESENT, key[0], span, judged.chance)
        return
    if best is None:
        return
    core = _core(best)
    related = {n for n in weights if n in best or best in n or _core(n) == core}
    story.recipient = (best,)
    region_of = {place.name: place.region for place in places}
    story.recipient_regions = frozenset(region_of[n] for n in related if region_of[n])
    _release_rebuilt(story)
    for place in places:
        if place.name in related:
            story.recipient_items.add(place.key)
        if place.name == best:
            confidence = min(0.97, 0.75 + 0.06 * place.find.weight)
            story.add(
                rule, place.find.id, best, Status.PRESENT, place.key[0], place.span, confidence
            )


def _strongest(places: Iterable[_Rebuilt]) -> dict[tuple[int, int], float]:
    """Return the weight of the strongest rule at each place."""
    weights: dict[tuple[int, int], float] = {}
    for place in places:
        weights[place.key] = max(place.find.weight, weights.get(place.key, 0.0))
    return weights


def _rebuilt(sighting: Sighting, rule: FactRule, story: Story) -> _Rebuilt | None:
    """Return the site that a match says receives the flap; a donor receives nothing."""
    find, view, match = sighting
    index = match.captured["bone"][0]
    item = view.item(index)
    concept = item.concept(*SITE_TAGS)
    key = (view.sentence.index, index)
    if item.has("GRAFTALT") or _is_source(view, index, story):
        return None  # a place that gives conventional grafts
    if concept is None or key in story.donor_items or story.is_barred(rule.name, *key):
        return None
    frames = find.frames or rule.file.frames
    status = story.status(view.sentence, item.start, item.end, frames, ("NEGATED", *find.ignore))
    if status is not Status.PRESENT:
        return None
    name, first, last = site_name(view, index, story.language.words.bones)
    span = view.item(first).start, view.item(last).end
    is_bone = item.has("BONE", "MT", "DIGIT")
    return _Rebuilt(name, concept.region or "", key, find, span, is_bone)


def _is_source(view: View, index: int, story: Story) -> bool:
    """Tell whether a bone is where an earlier graft came from ("grafted from the ipsilateral calcaneus")."""
    words = story.language.words.bones
    near = [item.word for item in view.items(max(0, index - 3), index)]
    return bool({"GRAFT", "GRAFTALT", "COVER"} & view.tags) and not words.sources.isdisjoint(near)


def _release_rebuilt(story: Story) -> None:
    """Take the ray that is rebuilt out of the donors, while another ray is given."""
    _release_sawn(story)
    rebuilt = _rebuilt_rays(story)
    rays = {key: _rays_of(key, story) for key in story.donor_items}
    if not rebuilt or all(r <= rebuilt for r in rays.values()):
        return
    for key, found in rays.items():
        if found and found <= rebuilt:
            del story.donor_items[key]
            story.recipient_items.add(key)


def _release_sawn(story: Story) -> None:
    """Take the bone that is rebuilt out of the donors, while another bone is given: it was sawn to be replaced."""
    sawn = {d for d in story.donor for site in story.recipient if site.endswith(d)}
    if not sawn or sawn >= set(story.donor):
        return
    story.donor = tuple(d for d in story.donor if d not in sawn)
    story.candidates = [
        c for c in story.candidates if not (c.name == story.donor_fact and c.value in sawn)
    ]
    for sentence, at in list(story.donor_items):
        concept = story.views[sentence].item(at).concept(*_BONE_TAGS)
        if concept is not None and concept.donor in sawn:
            del story.donor_items[(sentence, at)]
            story.recipient_items.add((sentence, at))
            story.donor_regions -= {concept.region or ""}


def _core(name: str) -> str:
    return name.split()[-1]


def _best_site(weights: Mapping[str, float]) -> str:
    """Prefer the name with most support; names that say the same bone more fully share their support."""
    total = {
        n: sum(w for m, w in weights.items() if m in n or n in m) + 0.01 * len(n) for n in weights
    }
    return max(total, key=lambda n: (round(total[n], 3), len(n)))
