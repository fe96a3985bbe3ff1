"""The donor of a note in which no rule reads one: what is left to go by, the surest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scribe.extract.kinds.last_resort import last_resort, of_foot, told_as_taken
from scribe.extract.sites import judged_donor, possible_donors
from scribe.rules.fact_schema import FindRule
from scribe.types.fact import LEARNED, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.types.site import NamedPlace

Key = tuple[int, int]
"""Sentence and item of a bone."""

_LAST_RESORT: Final = FindRule(id="last_resort", pattern="BONE", weight=0.5, confidence=0.6)
_TOLD_AS_TAKEN: Final = FindRule(id="told_as_taken", pattern="BONE", weight=0.5, confidence=0.6)
_JUDGED: Final = FindRule(id="judged", pattern="BONE", weight=0.5)
_FALLBACKS: Final = (_LAST_RESORT, _TOLD_AS_TAKEN)
_SURE: Final = 0.8
_BY_WEIGHT: Final = 0.05
_MOST: Final = 0.99


@dataclass(frozen=True, slots=True)
class Given:
    """One place that says a bone was given.

    Attributes:
        value: The contract's value of the donor.
        region: Where it is in the body.
        status: What the words around make of it.
        find: The rule that says so.
        span: Offsets of the words.
        chance: What a judge gives it, where a judge says so.
    """

    value: str
    region: str | None
    status: Status
    find: FindRule
    span: tuple[int, int]
    chance: float | None = None

    @property
    def confidence(self) -> float:
        """How sure it is: by the weight of its rule, or as the judge says."""
        if self.chance is not None:
            return self.chance
        if self.find in _FALLBACKS:
            return self.find.confidence
        return min(_MOST, _SURE + _BY_WEIGHT * self.find.weight)

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """What the decision table must know of it."""
        return () if self.chance is None else ("judged",)

    def rule_id(self, rule: FactRule) -> str:
        """Return the id under which it is reported."""
        if self.chance is not None:
            return f"{LEARNED}{rule.name}"
        return f"{rule.name}.{self.find.id}" if self.find in _FALLBACKS else self.find.id


def unread_donor(rule: FactRule, story: Story) -> Iterator[tuple[Key, Given]]:
    """Yield the places of the donor where no rule reads one as given today.

    By its dissected vessels; by what is told beside a bone; else by the judge of sites.
    """
    for find, resort in ((_LAST_RESORT, last_resort), (_TOLD_AS_TAKEN, told_as_taken)):
        found = list(resort(rule, story))
        for key, value, region in found:
            span = story.span(key[0], key[1], key[1] + 1)
            yield key, Given(value, region, Status.PRESENT, find, span)
        if found:
            return
    yield from _judged(rule, story)


def _judged(rule: FactRule, story: Story) -> Iterator[tuple[Key, Given]]:
    judged = judged_donor(
        rule, story, [p for p in possible_donors(story) if _may_be(p, rule, story)]
    )
    if judged is None:
        return
    for place, key, span in zip(judged.places, judged.keys, judged.spans, strict=True):
        region, chance = place.region, judged.chance
        yield key, Given(judged.name, region, Status.PRESENT, _JUDGED, span, chance=chance)


def _may_be(place: NamedPlace, rule: FactRule, story: Story) -> bool:
    """Tell whether a place may name the donor: no rule bars it, its sentence tells of no other operation, and a ray is the foot's."""
    view = story.views[place.sentence]
    if story.is_barred(rule.name, place.sentence, place.item):
        return False
    if not view.tags.isdisjoint(rule.file.options.get("told", {}).get("never_beside", ())):
        return False
    return place.tag != "RAY" or of_foot(view, place.item, story)
