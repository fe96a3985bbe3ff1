"""Read letters that stand for a name which the note spells out elsewhere ("superficial temporal artery ... DPA to STA")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.parse.matcher import Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.words_schema import VesselWords
    from scribe.types.mention import Concept

_NEAR = 80  # characters of a line on either side that tell whether all of it is in capitals
_LEAST = 3  # words of the name: two letters stand for too many things


def with_acronyms(
    text: str, tokens: Sequence[Token], hits: list[Hit], words: VesselWords
) -> list[Hit]:
    """Return the hits, and among them letters that stand in no vocabulary and are the first letters of exactly one name of the note.

    Args:
        text: The whole note.
        tokens: Its tokens.
        hits: What the vocabulary found there, in order.
        words: The tags of names that are written so, and the words that such letters stand behind.
    """
    meant = _letters(hits, words.by_letters)
    if not meant:
        return hits
    covered = {k for hit in hits for k in range(hit.first, hit.after)}
    read = [
        Hit(k, k + 1, (concept,))
        for k, token in enumerate(tokens)
        if (concept := meant.get(token.word))
        and k not in covered
        and _are_letters(text, tokens, k, words.letters_behind)
    ]
    return sorted([*hits, *read], key=lambda hit: hit.first) if read else hits


def _are_letters(text: str, tokens: Sequence[Token], at: int, behind: frozenset[str]) -> bool:
    """Tell whether a token is written as letters that stand for a name are, and not as a word or the name of a person."""
    token = tokens[at]
    written = text[token.start : token.end]
    if not (written.isupper() or written.islower()):
        return False
    if written.isupper() and not _line_around(text, token).isupper():
        return True
    before = tokens[at - 1].word if at else ""
    return before in behind or (before == ":" and _ends_line(text, tokens, at))


def _line_around(text: str, token: Token) -> str:
    """Return what of the line around a token tells whether it is all in capitals."""
    before = text[max(0, token.start - _NEAR) : token.start].rpartition("\n")[2]
    return before + text[token.start : token.end + _NEAR].partition("\n")[0]


def _ends_line(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether no word stands behind a token on its line."""
    if at + 1 == len(tokens):
        return True
    next_one = tokens[at + 1]
    return "\n" in text[tokens[at].end : next_one.start] or not next_one.word[:1].isalnum()


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
