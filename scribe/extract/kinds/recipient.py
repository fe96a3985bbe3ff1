"""Which bone or region receives the flap, and which bone is therefore none that gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.extract.rays import rays_of, rebuilt_rays
from scribe.extract.sightings import Sighting, sightings
from scribe.extract.sites import GIVING_TAGS, SITE_TAGS, judged_recipient, site_name
from scribe.rules.fact_schema import FindRule
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule

_SITE_SHARE = 0.75  # a region counts less than a bone that is named beside it


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """One place that says which bone or region receives the flap."""

    name: str
    region: str
    key: tuple[int, int]
    find: FindRule
    span: tuple[int, int]
    is_bone: bool


def extract(rule: FactRule, story: Story) -> None:
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
    rebuilt = rebuilt_rays(story)
    rays = {key: rays_of(key, story) for key in story.donor_items}
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
        concept = story.views[sentence].item(at).concept(*GIVING_TAGS)
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
