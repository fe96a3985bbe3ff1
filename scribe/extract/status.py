"""Decide how a place of the note asserts what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scribe.types.mention import Placeholder, Sentence

_DROPPED = frozenset({"consent", "heading", "aside"})
_BY_FRAME = {"plan": Status.PLANNED, "history": Status.HISTORICAL}
_DOUBT_BEHIND = 30  # characters behind what is doubted
DOUBT_PAST = 20
"""Characters past the end of a sentence where a doubt may still be meant for it."""
_ORDER = ("ELSEWHERE", "UNCERTAIN", "PLANNED", "ANSWERED", "NEGATED", "HISTORICAL")


def resolve_status(
    sentence: Sentence,
    start: int,
    end: int,
    *,
    frames: Collection[str],
    statuses: Mapping[str, Status | None],
    placeholders: Collection[Placeholder] = (),
    ignore: Collection[str] = (),
) -> Status | None:
    """Return the status of what stands between two offsets, or None where the place says nothing.

    Args:
        sentence: The sentence.
        start: Offset of the words whose context decides.
        end: Offset after them.
        frames: Frames in which the fact may be present.
        statuses: Status by cue category; None for a category that makes what it governs no fact.
        placeholders: Open text of the note.
        ignore: Cue categories that do not matter to this rule.
    """
    if sentence.frame in _DROPPED and sentence.frame not in frames:
        return None
    open_text = (
        {p.kind for p in placeholders if _concerns(p, sentence, start, end)} if placeholders else ()
    )
    if "unchecked" in open_text:
        return None
    if "copied" in open_text:
        return Status.HISTORICAL
    if "choice" in open_text or "doubt" in open_text:
        return Status.UNCERTAIN
    categories = {
        cue.category
        for cue in sentence.cues
        if cue.governs(start, end) and not (cue.start < end and cue.end > start)
    }
    for category in _ORDER if categories else ():
        if category in categories and category not in ignore:
            status = statuses[category]
            return (
                None
                if status is Status.ABSENT
                and sentence.frame in _BY_FRAME
                and sentence.frame not in frames
                else status
            )
    if sentence.frame in frames:
        return Status.PRESENT
    return _BY_FRAME.get(sentence.frame)


def _concerns(place: Placeholder, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether open text says something of what stands between two offsets."""
    if place.kind in ("unchecked", "copied"):
        return place.start <= start < place.end
    if place.kind == "choice":
        return place.start < end and start < place.end
    return (
        place.kind == "doubt"
        and end <= place.start <= end + _DOUBT_BEHIND
        and place.start <= sentence.end + DOUBT_PAST
    )
