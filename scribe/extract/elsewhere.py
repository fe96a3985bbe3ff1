"""Whether what a sentence tells befell a part of the body that neither gives nor receives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.extract.patterns import Match, View
    from scribe.extract.story import Story
    from scribe.types.mention import Item

_BESIDE = 5  # words about a cause in which the part of the body stands that it befell
_PARTS = ("BONE", "MT", "DIGIT", "LIMB", "TOE", "GTOE")
_ENDS_BESIDE = (",", ";", ".", ":", "(", ")", "and", "but", "=")


def cause_elsewhere(match: Match, view: View, story: Story) -> bool:
    """Tell whether the part of the body beside a cause is one that receives nothing ("the fracture of the fifth metacarpal").

    A part that the note does not tell apart from the recipient, or none at all, says nothing against the cause.
    """
    first, after = match.captured.get("anchor", (match.first, match.after))
    items = view.sentence.items
    near = [*range(first - 1, max(-1, first - _BESIDE - 1), -1)]
    ahead = [*range(after, min(len(items), after + _BESIDE))]
    places = [at for side in (near, ahead) for at in _up_to_mark(side, items)]
    index = view.sentence.index
    named = [(at, c) for at in places if (c := items[at].concept(*_PARTS))]
    regions = {c.region for _, c in named if c.region}
    if not regions or any((index, at) in story.recipient_items for at, _ in named):
        return False
    if story.recipient_regions:
        return regions.isdisjoint(story.recipient_regions)
    return regions <= story.donor_regions


def _up_to_mark(places: Sequence[int], items: Sequence[Item]) -> Iterator[int]:
    """Yield the places of a row up to the first mark that ends what is said together."""
    for at in places:
        if items[at].word in _ENDS_BESIDE:
            return
        yield at
