"""Follow the story: which limb is being worked on, and when the pedicle was divided and the vessels joined."""

from __future__ import annotations

from scribe.extract.patterns import View
from scribe.extract.story import DONOR, RECIPIENT, Story

_TODAY = ("today", "loose", "title")


def follow(story: Story) -> None:
    """Set the focus of each sentence and the times of division and joining."""
    _times(story)
    focus: str | None = None
    section_start = -1
    for view in story.views:
        sentence = view.sentence
        if sentence.phase == "donor":
            focus = DONOR
        elif sentence.phase in ("recipient", "inset"):
            focus = RECIPIENT
        elif sentence.phase in ("anastomosis", "closure", "confirmation") and sentence.phase != section_start:
            focus = None
        seen = _seen(view, story)
        focus = seen or focus
        story.focus.append(focus if sentence.frame in ("today", "loose") else seen)


def _seen(view: View, story: Story) -> str | None:
    """Return the limb that a sentence itself names, the last one where it names both."""
    both = story.donor_regions & story.recipient_regions
    seen: str | None = None
    for item in view.sentence.items:
        if item.has("DONOR"):
            seen = DONOR
        elif item.has("RECIP"):
            seen = RECIPIENT
        elif item.has("LIMB", "SITE", "DIGIT"):
            concept = item.concept("LIMB", "SITE", "DIGIT")
            region = concept.region if concept else None
            if region in both or region is None:
                continue
            if region in story.donor_regions:
                seen = DONOR
            elif region in story.recipient_regions:
                seen = RECIPIENT
    if seen is None and view.tags & {"PADDLE", "OSTEOT"} and view.tags & {"RAISE", "DESIGN", "OSTEOT"} and "INSET" not in view.tags:
        return DONOR
    return seen


def _times(story: Story) -> None:
    for view in story.views:
        sentence = view.sentence
        if sentence.frame not in ("today", "loose"):
            continue
        if story.divided_at is None and _divides(view):
            story.divided_at = sentence.start
        if story.joined_at is None and _joins(view):
            story.joined_at = sentence.start


def _divides(view: View) -> bool:
    return bool(view.tags & {"PEDICLE", "VESSGEN", "FLAP"}) and "DIVIDE" in view.tags and not any(c.category in ("NEGATED", "PLANNED") for c in view.sentence.cues)


def _joins(view: View) -> bool:
    tags = view.tags
    if any(cue.category in ("PLANNED", "HISTORICAL") for cue in view.sentence.cues):
        return False
    vessels = sum(item.has("ARTERY", "VEIN", "ARTBARE", "VEINBARE", "ARTGEN", "VEINGEN") for item in view.sentence.items)
    if tags & {"CONFIG", "COUPLER"} and vessels:
        return True
    if "RELEASE" in tags and "TOURN" not in tags:
        return True
    return vessels >= 2 and bool(tags & {"JOIN", "JN", "SUTURE"}) and not tags & {"DISSECT"}
