"""Follow the story: which limb is being worked on, and when the pedicle was divided and the vessels joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.kinds import side
from scribe.extract.limbs import bone_role, limb_roles
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Anastomosis, Status

if TYPE_CHECKING:
    from scribe.extract.patterns import View

_OFF_WITHIN = 5  # words behind the clamps that say that they came off
_DONE_WITHIN = 3  # words about an anastomosis that say that it was done


def follow(story: Story) -> None:
    """Set the focus of each sentence and the times of division and joining."""
    _times(story)
    story.focus = [None] * len(story.views)
    side.survey(story)
    story.focus = []
    focus: str | None = None
    told_phase: str | None = None
    moved = story.joined_at is not None or story.divided_at is not None
    for view in story.views:
        sentence = view.sentence
        if sentence.phase == "donor":
            focus = DONOR
        elif sentence.phase in ("recipient", "inset"):
            focus = RECIPIENT
        elif (
            sentence.phase in ("anastomosis", "closure", "confirmation")
            and sentence.phase != told_phase
        ):
            focus = None
        told_phase = sentence.phase
        seen = _seen(view, story)
        focus = seen or focus
        of_bone = bone_role(view, story)
        here = seen or of_bone or focus
        if focus is None and moved and sentence.frame in ("today", "loose") and of_bone == DONOR:
            focus = DONOR  # what goes on behind the bone that is taken, until another limb is named
        story.focus.append(here if sentence.frame in ("today", "loose") else seen)


def _seen(view: View, story: Story) -> str | None:
    """Return the limb that a sentence itself names, the last one where it names both."""
    roles = limb_roles(view, story)
    seen = roles[-1] if roles else None
    if (
        seen is None
        and view.tags & {"PADDLE", "OSTEOT"}
        and view.tags & {"RAISE", "DESIGN", "OSTEOT"}
        and "INSET" not in view.tags
    ):
        return DONOR
    return seen


def _times(story: Story) -> None:
    """Set when the pedicle was divided and when blood began to flow; joins are known by now."""
    told = [
        c.start
        for c in story.candidates
        if isinstance(c.value, Anastomosis)
        and c.status is Status.PRESENT
        and story.views[c.sentence].sentence.frame in ("today", "loose")
    ]
    story.joined_at = min(told, default=None)
    for view in story.views:
        sentence = view.sentence
        if sentence.frame not in ("today", "loose"):
            continue
        if story.divided_at is None and _divides(view):
            story.divided_at = sentence.start
        if story.released_at is None and "TOURN" not in view.tags and _releases(view, story):
            story.released_at = sentence.start
    if story.joined_at is None:
        story.joined_at = story.released_at


def _releases(view: View, story: Story) -> bool:
    """Tell whether a sentence says that the clamps came off, or that the joins were done."""
    if "RELEASE" in view.tags:
        return True
    rules, items = story.language.words.tests, view.sentence.items
    if any(c.category in ("NEGATED", "PLANNED") for c in view.sentence.cues):
        return False
    for at, item in enumerate(items):
        if item.word in rules.clamps:
            near = items[at + 1 : at + 1 + _OFF_WITHIN]
            if any(i.word in rules.off for i in near):
                return True
        if item.concepts and item.has("JN"):
            near = items[max(0, at - _DONE_WITHIN) : at + 1 + _DONE_WITHIN]
            if any(i.word in rules.done for i in near if i is not item):
                return True
    return False


def _divides(view: View) -> bool:
    return (
        bool(view.tags & {"PEDICLE", "VESSGEN", "FLAP"})
        and "DIVIDE" in view.tags
        and not any(c.category in ("NEGATED", "PLANNED") for c in view.sentence.cues)
    )
