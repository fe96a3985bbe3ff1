"""Read letters that stand for a name which the note spells out elsewhere ("superficial temporal artery ... DPA to STA")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.parse.matcher import Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.tokens import Token
    from scribe.types.mention import Concept

_LEAST = 3  # words of the name: two letters stand for too many things


def with_acronyms(tokens: Sequence[Token], hits: list[Hit], tags: frozenset[str]) -> list[Hit]:
    """Return the hits, with those of letters that no vocabulary has and exactly one name of the note begins with.

    Args:
        tokens: The tokens of the note.
        hits: What the vocabulary found there, in order.
        tags: The tags of names that are written so.
    """
    meant = _letters(hits, tags)
    if not meant:
        return hits
    covered = {k for hit in hits for k in range(hit.first, hit.after)}
    read = [
        Hit(k, k + 1, (concept,))
        for k, token in enumerate(tokens)
        if (concept := meant.get(token.word)) and k not in covered
    ]
    return sorted([*hits, *read], key=lambda hit: hit.first) if read else hits


def _letters(hits: Sequence[Hit], tags: frozenset[str]) -> dict[str, Concept]:
    """Return the first letters of the names of a note, without those that two of them share."""
    meant: dict[str, Concept] = {}
    shared = set()
    for hit in hits:
        for concept in hit.concepts:
            words = concept.value.split()
            if concept.tag not in tags or len(words) < _LEAST:
                continue
            letters = "".join(word[0] for word in words)
            if meant.setdefault(letters, concept).value != concept.value:
                shared.add(letters)
    return {letters: concept for letters, concept in meant.items() if letters not in shared}
