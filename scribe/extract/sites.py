"""The places of a note that name a bone or region: what each is called, and which of them a judge takes for the one that receives the flap.

Rules read the recipient from what surgeons usually say of it. A judge of all places, one by one, reads more; it is given from outside, so
that extraction knows no model.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scribe.extract.rays import ORDINALS, rays_named
from scribe.types.fact import LEARNED
from scribe.types.site import NamedPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import BoneWords
    from scribe.types.mention import Item

SITE_TAGS: Final = ("BONE", "MT", "DIGIT", "SITE", "LIMB", "RAY")
_LIKELY: Final = (
    0.5  # a place that is as likely as not stands for the site, in evidence and in roles
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSite:
    """The site that a judge finds most probable.

    Attributes:
        name: Canonical name.
        rule: Id under which it is reported.
        confidence: That one of its places, at least, names the recipient.
        keys: (sentence, item) of the places that tell it.
        spans: Their offsets.
        regions: Where they are in the body.
        alone: Least confidence where the rules read no site.
        against: Least confidence against what the rules read.
    """

    name: str
    rule: str
    confidence: float
    keys: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    regions: frozenset[str]
    alone: float
    against: float

    def overrules(self, read: str | None) -> bool:
        """Tell whether this site counts rather than what the rules read; a name that is part of the other says the same."""
        if read is None:
            return self.confidence >= self.alone
        is_same = read in self.name or self.name in read
        return not is_same and self.confidence >= self.against


def judged_site(
    rule: FactRule, story: Story, ruled: Mapping[tuple[int, int], float]
) -> JudgedSite | None:
    """Return the most probable recipient, in a note whose donor is known; None without a judge, or without a place to judge."""
    options = rule.file.options.get("judged")
    if story.sites is None or options is None or not story.donor:
        return None
    places = named_places(story, ruled)
    if not places:
        return None
    told: dict[str, list[tuple[float, NamedPlace]]] = defaultdict(list)
    for chance, place in zip(story.sites.chances(story.parsed, places), places, strict=True):
        told[place.name].append((chance, place))
    chances = {name: _any_of(chance for chance, _ in each) for name, each in told.items()}
    best = max(chances, key=lambda name: (chances[name], len(name)))
    most = max(chance for chance, _ in told[best])
    telling = [place for chance, place in told[best] if chance >= min(_LIKELY, most)]
    return JudgedSite(
        name=best,
        rule=f"{LEARNED}{rule.name}",
        confidence=chances[best],
        keys=tuple((place.sentence, place.item) for place in telling),
        spans=tuple(_span(place, story) for place in telling),
        regions=frozenset(place.region for place in telling if place.region),
        alone=options["alone"],
        against=options["against"],
    )


def named_places(story: Story, ruled: Mapping[tuple[int, int], float]) -> list[NamedPlace]:
    """Return every place that names a bone or region."""
    words = story.language.words.bones
    return [
        NamedPlace(
            sentence=view.sentence.index,
            item=at,
            name=site_name(view, at, words)[0],
            tag=concept.tag,
            region=concept.region or "",
            given=(view.sentence.index, at) in story.donor_items,
            donor=concept.donor in story.donor if concept.donor else None,
            grafted=item.has("GRAFTALT"),
            ruled=ruled.get((view.sentence.index, at), 0.0),
            status=story.status(view.sentence, item.start, item.end, (view.sentence.frame,)),
        )
        for view in story.index.holding((frozenset(SITE_TAGS),))
        for at, item in enumerate(view.sentence.items)
        if (concept := item.concept(*SITE_TAGS)) is not None and not item.void
    ]


def _any_of(chances: Iterable[float]) -> float:
    """Return the chance that one of several places, at least, names the recipient."""
    return 1 - math.prod(1 - chance for chance in chances)


def _span(place: NamedPlace, story: Story) -> tuple[int, int]:
    view = story.views[place.sentence]
    _, first, last = site_name(view, place.item, story.language.words.bones)
    return view.item(first).start, view.item(last).end


def site_name(view: View, index: int, rules: BoneWords) -> tuple[str, int, int]:
    """Compose the canonical name of a site with its position, digit or ordinal, and the items it spans."""
    items = view.sentence.items
    if items[index].has("DIGIT") and index + 1 < len(items):
        bone = items[index + 1].concept("BONE")
        index += bone is not None and bone.value in rules.of_a_digit
    concept = items[index].concept(*SITE_TAGS)
    core = concept.value if concept else items[index].word
    first, last = index, index
    words = [core]
    at = index - 1
    while at >= 0 and len(words) < 4:
        word = _modifier(items[at], core, rules)
        if word is None:
            break
        if word:
            words.insert(0, word)
            first = at
        at -= 1
    if len(words) == 1 and core in rules.numbered:
        for at, ray in rays_named(view, index, rules)[:1]:
            words.insert(0, ORDINALS[ray])
            first, last = min(first, at), max(last, at)
    if core.split()[-1] in rules.of_a_digit:
        for ahead in range(index + 1, min(index + 5, len(items))):
            digit = items[ahead].concept("DIGIT")
            if digit and digit.value not in words:
                words.insert(0, digit.value)
                last = ahead
                break
    name = " ".join(dict.fromkeys(" ".join(words).split()))
    return rules.renamed.get(name, name), first, last


def _modifier(item: Item, core: str, rules: BoneWords) -> str | None:
    """Return the word to put before a site's name, "" to step over a word, None to stop."""
    if item.word in rules.among and core in rules.of_a_ray:
        return rules.among[item.word]
    if item.word in rules.positions and item.word not in core:
        return item.word
    if item.has("DIGIT") and core not in rules.alone:
        digit = item.concept("DIGIT")
        name = digit.value if digit else ""
        return rules.rays.get(name, name) if core in rules.of_a_ray else name
    if item.has("ORD") and item.number and core in rules.numbered:
        return ORDINALS.get(int(item.number))
    if item.has("SIDE") and not core:
        return ""
    return None
