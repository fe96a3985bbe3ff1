"""Sentences of tagged words, made by hand, for what works without the language engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.extract.patterns import View
from scribe.types.mention import Concept, Cue, Item, Sentence, Size

if TYPE_CHECKING:
    from collections.abc import Sequence


def make_items(written: str) -> tuple[Item, ...]:
    """Return the items of words written as ``the BONE=fibula was cut``; ``@`` before a tag gives a number to it.

    ``LEN@6`` is a length of 6 cm, ``SIZE@7x4`` a size, ``SUTURE=9-0_nylon`` a suture; ``/`` parts several tags of one word.
    """
    items: list[Item] = []
    at = 0
    for part in written.split(" "):
        items.append(_item(part, at))
        at = items[-1].end + 1
    return tuple(items)


def make_sentence(written: str, *, cues: Sequence[Cue] = (), **others: Any) -> Sentence:
    """Return a sentence of the description of an operation."""
    items = make_items(written)
    parts: dict[str, Any] = {
        "index": 0,
        "start": 0,
        "end": items[-1].end,
        "paragraph": 0,
        "section": "description",
        "phase": None,
        "frame": "today",
        **others,
    }
    return Sentence(items=items, cues=tuple(cues), **parts)


def make_view(written: str, **others: Any) -> View:
    """Return a sentence as patterns see it."""
    return View(make_sentence(written, **others))


def make_cue(category: str, start: int, end: int, *, reach: tuple[int, int]) -> Cue:
    """Return a cue between two offsets that governs a stretch."""
    return Cue(
        category=category,
        rule="made.up",
        start=start,
        end=end,
        scope_start=reach[0],
        scope_end=reach[1],
    )


def _item(part: str, at: int) -> Item:
    number: float | None = None
    size: Size | None = None
    tags, _, word = part.rpartition("=")
    if "@" in part:
        tags, _, told = part.partition("@")
        word = told
        sides = tuple(float(side) for side in told.split("x"))
        number, size = (sides[0], None) if len(sides) == 1 else (None, Size(sides, unit=True))
    concepts = tuple(Concept(tag, word.replace("_", " ")) for tag in tags.split("/") if tag)
    text = word.replace("_", " ") if tags == "SUTURE" else None
    return Item(
        word=word,
        start=at,
        end=at + len(word),
        concepts=concepts,
        number=number,
        size=size,
        text=text,
    )
