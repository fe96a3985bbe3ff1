"""The places of a note that name a bone or region: what each is called, and which of them a judge takes for the donor or the recipient.

Rules read both from what surgeons usually say of them. A judge of all places, one by one, reads more; it is given from outside, so that
extraction knows no model.
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
    from collections.abc import Mapping, Sequence

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.option_schema import JudgedDonor
    from scribe.rules.words_schema import BoneWords
    from scribe.types.mention import Concept, Item

SITE_TAGS: Final = ("BONE", "MT", "DIGIT", "SITE", "LIMB", "RAY")
GIVING_TAGS = ("MT", "BONE", "GTOE", "TOE", "RAY", "ORD")
"""What a bone that gives, or a part of one, is tagged as."""
_DONOR_TAGS: Final = ("MT", "BONE", "GTOE", "RAY")
_LIKELY: Final = (
    0.5  # a place that is as likely as not stands for the site, in evidence and in roles
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSite:
    """The site that a judge finds most probable.

    Attributes:
        name: Canonical name.
        rule: Id under which it is reported.
        chance: That one of its places, at least, is right.
        places: Those that tell it.
        spans: Their offsets.
    """

    name: str
    rule: str
    chance: float
    places: tuple[NamedPlace, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def keys(self) -> tuple[tuple[int, int], ...]:
        """The (sentence, item) of each place."""
        return tuple((place.sentence, place.item) for place in self.places)

    @property
    def regions(self) -> frozenset[str]:
        """Where in the body the places are."""
        return frozenset(place.region for place in self.places if place.region)


def judged_donor(rule: FactRule, story: Story, places: Sequence[NamedPlace]) -> JudgedSite | None:
    """Return the bone that was most probably taken, for notes whose donor no rule reads.

    Args:
        rule: The rule of the donor; from which chance on a bone counts stands in its options.
        story: What is known of the note.
        places: Those of ``possible_donors`` that may be asked about.

    Returns: The bone, or None where none is probable enough.
    """
    options = rule.file.options.get("judged")
    if story.sites is None or options is None or not places or not _is_told(options, story):
        return None
    site = _most_probable(rule, places, story.sites.donors(story.parsed, places), story)
    return site if site.chance >= options["least"] else None


def _is_told(options: JudgedDonor, story: Story) -> bool:
    """Tell whether a sentence holds all tags of one of the rows that the rule asks for beside a donor."""
    return any(story.index.holding([frozenset((tag,)) for tag in row]) for row in options["beside"])


def judged_recipient(
    rule: FactRule, story: Story, ruled: Mapping[tuple[int, int], float], read: str | None
) -> JudgedSite | None:
    """Return the site that most probably receives the flap, in a note whose donor is known.

    Args:
        rule: The rule of the recipient; from which chance on a site counts stands in its options.
        story: What is known of the note.
        ruled: Weight of the rule that takes a place for the recipient, by place.
        read: What the rules read; a name that is part of it, or holds it, says the same.

    Returns: The site, or None where none is probable enough, alone or against the rules.
    """
    options = rule.file.options.get("judged")
    if story.sites is None or options is None or not story.donor:
        return None
    places = [
        place
        for place in named_places(story, ruled)
        if not place.given and not story.is_barred(rule.name, place.sentence, place.item)
    ]
    if not places:
        return None
    site = _most_probable(rule, places, story.sites.recipients(story.parsed, places), story)
    if read is None:
        return site if site.chance >= options["alone"] else None
    is_same = read in site.name or site.name in read
    return None if is_same or site.chance < options["against"] else site


def _most_probable(
    rule: FactRule, places: Sequence[NamedPlace], judged: Sequence[float], story: Story
) -> JudgedSite:
    told: dict[str, list[tuple[float, NamedPlace]]] = defaultdict(list)
    for chance, place in zip(judged, places, strict=True):
        told[place.name].append((chance, place))
    chances = {name: _any_of([chance for chance, _ in each]) for name, each in told.items()}
    best = max(chances, key=lambda name: (chances[name], len(name)))
    most = max(chance for chance, _ in told[best])
    telling = [place for chance, place in told[best] if chance >= min(_LIKELY, most)]
    return JudgedSite(
        name=best,
        rule=f"{LEARNED}{rule.name}",
        chance=chances[best],
        places=tuple(telling),
        spans=tuple(_span(place, story) for place in telling),
    )


def possible_donors(story: Story) -> list[NamedPlace]:
    """Return every place that names a bone which surgeons transfer with its vessels."""
    return [
        NamedPlace(
            sentence=view.sentence.index,
            item=at,
            name=donor,
            tag=concept.tag,
            region=concept.region or "",
            given=False,
            donor=None,
            grafted=item.has("GRAFTALT"),
            ruled=0.0,
            status=story.status(view.sentence, item.start, item.end, (view.sentence.frame,)),
        )
        for view in story.index.holding((frozenset(_DONOR_TAGS),))
        for at, item in enumerate(view.sentence.items)
        if (concept := item.concept(*_DONOR_TAGS)) is not None and not item.void
        if (donor := _donor_of(concept)) is not None
    ]


def _donor_of(concept: Concept) -> str | None:
    """Return the contract's value for a bone; a ray without a bone's name is a metatarsal, a toe's own name its value."""
    if concept.tag == "GTOE":
        return concept.value
    return "metatarsal" if concept.tag == "RAY" else concept.donor


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


def _any_of(chances: Sequence[float]) -> float:
    """Return the chance that one of several places, at least, is right.

    Only likely places add up: what is often named as a landmark is none the more the site.
    """
    likely = [chance for chance in chances if chance >= _LIKELY]
    return 1 - math.prod(1 - chance for chance in likely) if likely else max(chances)


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
    return None
