"""Tell by the cheapest scan whether a note can be about the family at all: most notes of an archive are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.rules.language import GateGroup


def may_concern(text: str, ways: Iterable[Iterable[GateGroup]]) -> bool:
    """Tell whether a text passes by one of the ways of ``patterns/gate.yaml``, each a list of groups of pieces."""
    pieces = _Pieces(text)
    return any(all(_holds(pieces, group) for group in way) for way in ways)


class _Pieces(dict[str, bool]):
    """Whether a text holds a part of a word; each is looked for once, whichever groups ask for it."""

    def __init__(self, text: str) -> None:
        self._low = text.lower()

    def __missing__(self, piece: str) -> bool:
        self[piece] = found = piece in self._low
        return found


def _holds(pieces: _Pieces, group: GateGroup) -> bool:
    """Tell whether a text holds as many of a group's pieces as it asks for."""
    found = 0
    for piece in group.pieces:
        if pieces[piece]:
            found += 1
            if found >= group.at_least:
                return True
    return False
