"""The number of the metatarsal that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.rays import ORDINALS, rays_named, rays_of, rays_told, rebuilt_rays
from scribe.extract.sightings import sightings
from scribe.extract.story import DONOR, RECIPIENT
from scribe.types.fact import Status

if TYPE_CHECKING:
    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule

_NUMBERED = ("MT", "RAY", "ORD")  # what has the number of a ray, or is one
_BETWEEN = ("ORD", "NUM", "QUANTITY", "RAY", "MT", "LIMB", "BONE")
_NUMBERS = ("ORD", "NUM", "QUANTITY")


def extract(rule: FactRule, story: Story) -> None:
    """Read the number of each metatarsal that is a donor; the ray that is rebuilt gives none while another one does."""
    rebuilt = rebuilt_rays(story)
    found = {ray for key in story.donor_items for ray in rays_of(key, story)}
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
