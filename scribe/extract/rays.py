"""Read which ray a metatarsal is: the number before it ("second and third metatarsals") or behind it ("MT2")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.patterns import View
    from scribe.rules.words_schema import BoneWords
    from scribe.types.mention import Item

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def rays_named(view: View, index: int, rules: BoneWords) -> list[tuple[int, int]]:
    """Return (item, ray) of the ordinals that number a metatarsal: "second and third metatarsals", "MT2", "metatarsal no. 2"."""
    items = view.sentence.items
    rays = _before(items, index, rules) or _behind(items, index, rules)
    return [(at, ray) for at, ray in rays if 1 <= ray <= 5]


def _before(items: Sequence[Item], index: int, rules: BoneWords) -> list[tuple[int, int]]:
    rays: list[tuple[int, int]] = []
    for at in range(index - 1, -1, -1):
        item = items[at]
        if item.has("ORD"):
            if item.number and not item.void:
                rays.append((at, int(item.number)))
        elif _is_written_onto(items, at):
            rays.append((at, int(item.number or 0)))
        elif not (
            item.has("RAY") or item.word in rules.ray or (rays and item.word in rules.listing)
        ):
            break
    return rays


def _is_written_onto(items: Sequence[Item], at: int) -> bool:
    """Tell whether a number stands right before its bone without a blank, as in "2MT"."""
    return (
        items[at].has("NUM", "QUANTITY")
        and items[at].number in (1, 2, 3, 4, 5)
        and at + 1 < len(items)
        and items[at + 1].start == items[at].end
    )


def _behind(items: Sequence[Item], index: int, rules: BoneWords) -> list[tuple[int, int]]:
    at = index + 1
    while at < len(items) and items[at].word in rules.before_number:
        at += 1
    if at >= len(items) or not items[at].has("NUM", "ORD", "QUANTITY"):
        return []
    if items[at].number not in (1, 2, 3, 4, 5) or items[at].start - items[at - 1].end > 1:
        return []
    rays = [(at, int(items[at].number or 0))]
    while at + 2 < len(items) and items[at + 1].word in rules.listing and items[at + 2].has("NUM"):
        at += 2
        rays.append((at, int(items[at].number or 0)))
    return rays
