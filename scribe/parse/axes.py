"""Bring the two sides of a size together that a form asks for apart: "Paddle length: 7 cm" and "Paddle width: 4 cm"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scribe.parse.layout import BULLETS
from scribe.types.mention import Concept, Item, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.language import MeasuresFile

_LONG, _WIDE = "long", "wide"
_MARKS = BULLETS | {":", "(", ")", "[", "]", "=", ",", ";", ".", "|"}
_STOPS = frozenset({".", ";"})
_LABEL = 12  # words of a label, marks among them
_BETWEEN = 18  # words between the two sides: the label again, its unit, and marks


def join_axes(items: list[Item], rules: MeasuresFile) -> list[Item]:
    """Return the words of a note with each length and width of one thing as one size.

    Args:
        items: Words of the note, in order.
        rules: ``patterns/measures.yaml``, whose ``axes`` name the sides.
    """
    lengths = [at for at, item in enumerate(items) if item.has("LEN")]
    if len(lengths) < 2:
        return items
    axes = {at: _axis(items, at, rules) for at in lengths}
    made: list[Item] = []
    done = 0
    for at, then in pairwise(lengths):
        if (
            at < done
            or axes[at] != _LONG
            or axes[then] != _WIDE
            or not _same(items, at, then, rules)
        ):
            continue
        made += items[done:at]
        made.append(_size(items[at], items[then]))
        done = then + 1
    return made + items[done:] if made else items


def _axis(items: Sequence[Item], at: int, rules: MeasuresFile) -> str | None:
    """Return the side that a word of the label before a value names, or None."""
    for k in range(at - 1, max(at - 1 - _LABEL, -1), -1):
        item = items[k]
        if item.word in _STOPS or item.has("LEN", "SIZE"):
            return None
        last = item.word.rsplit("_", 1)[-1]
        if last in rules.long_labels:
            return _LONG
        if last in rules.wide_labels:
            return _WIDE
    return None


def _same(items: Sequence[Item], at: int, then: int, rules: MeasuresFile) -> bool:
    """Tell whether between two sides stands nothing but the label of the first again."""
    if then - at > _BETWEEN:
        return False
    label = items[max(0, at - _LABEL) : at]
    words = {part for item in label for part in item.word.split("_")}
    known = words | _MARKS | rules.lengths.keys() | rules.wide_labels
    return all(known.issuperset(item.word.split("_")) for item in items[at + 1 : then])


def _size(first: Item, second: Item) -> Item:
    sides = sorted((first.number or 0.0, second.number or 0.0), reverse=True)
    size = Size(tuple(sides), unit=True)
    return Item(
        f"{first.word}_x_{second.word}", first.start, second.end, (Concept("SIZE", ""),), None, size
    )
