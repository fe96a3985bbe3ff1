"""Rewrite a note piece by piece, and move the quotes of its labels along exactly."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.corpus.generate.labelled import LabelledNote

_WIDEST = 400


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put ``new`` in the place of ``text[start:end]``; an insertion where both are the same."""

    start: int
    end: int
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source, kept as it is (``new`` is None) or replaced."""

    start: int
    end: int
    new: str | None = field(default=None, repr=False)


def edited(note: LabelledNote, edits: Iterable[Edit]) -> LabelledNote | None:
    """Return the note with edits, its quotes moved along; None where a quote cannot follow.

    Edits must not overlap. A quote that holds part of an edit is widened to hold the whole of it.
    """
    pieces: list[Piece] = []
    at = 0
    for edit in sorted(edits):
        pieces += [Piece(at, edit.start), Piece(edit.start, edit.end, edit.new)]
        at = edit.end
    return rebuilt(note, [*pieces, Piece(at, len(note.text))])


def rebuilt(note: LabelledNote, pieces: Sequence[Piece]) -> LabelledNote | None:
    """Return the note made of pieces in their new order, its quotes moved along; None where a quote cannot follow."""
    kept = [p for p in pieces if p.new or p.end > p.start]
    words = [note.text[p.start : p.end] if p.new is None else p.new for p in kept]
    text = "".join(words)
    if text == note.text:
        return None
    begins = [0]
    for word in words:
        begins.append(begins[-1] + len(word))
    facts = []
    for fact in note.gold["facts"]:
        start = note.text.index(fact["quote"])
        place = _moved(kept, begins, start, start + len(fact["quote"]))
        quote = place and _unique(text, *place)
        if not quote:
            return None
        facts.append({**fact, "quote": quote})
    return dataclasses.replace(note, text=text, gold={**note.gold, "facts": facts})


def relabelled(note: LabelledNote, **labels: Any) -> LabelledNote:
    """Return the note with some labels changed."""
    return dataclasses.replace(note, gold={**note.gold, **labels})


def _moved(
    pieces: Sequence[Piece], begins: Sequence[int], start: int, end: int
) -> tuple[int, int] | None:
    """Return where a stretch of the source has come; None where its pieces are no longer side by side."""
    touched = [k for k, p in enumerate(pieces) if p.start < end and p.end > start]
    if not touched or touched != list(range(touched[0], touched[-1] + 1)):
        return None
    if any(pieces[a].end != pieces[b].start for a, b in pairwise(touched)):
        return None
    first, last = pieces[touched[0]], pieces[touched[-1]]
    begin = begins[touched[0]] + (max(start - first.start, 0) if first.new is None else 0)
    finish = begins[touched[-1] + 1] - (max(last.end - end, 0) if last.new is None else 0)
    return (begin, finish) if finish > begin else None


def _unique(text: str, start: int, end: int) -> str | None:
    """Return the words of a stretch, widened word by word until they are found once."""
    while text.count(text[start:end]) > 1:
        if end - start > _WIDEST or (start == 0 and end == len(text)):
            return None
        start = text.rfind(" ", 0, max(start - 1, 0)) + 1
        after = text.find(" ", end + 1)
        end = len(text) if after < 0 else after
    return text[start:end]
