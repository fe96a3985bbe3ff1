"""Recognise terms that a speech recogniser heard as other words ("doors alice peed us" for dorsalis pedis) or spelled its own way.

A stretch of words counts only where no term of the vocabulary was found, its sound is that of a term, and, for a short one, the words
beside it call for anatomy; so a common English word never becomes anatomy by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from scribe.parse.matcher import Hit
from scribe.types.mention import Concept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.language import Language, Term

_FOLDS = (
    (re.compile(r"[^a-z]"), ""),
    (re.compile(r"p?ph"), "f"),
    (re.compile(r"tch|sch"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|[cq]"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"[zj]"), "s"),
    (re.compile(r"(?<=[aeiou])h|w(?=[^aeiou]|$)|(?<!^)gh|(?<=^)wr|(?<=^)kn"), ""),
    (re.compile(r"^[aeiouy]+"), "A"),
    (re.compile(r"[aeiouy]+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_RUNS = re.compile(r"(.)\1+")


def sound_key(word: str) -> str:
    """Fold a word to its sound: a first vowel alike, the others silent, doubled letters single, letters of one sound the same."""
    for pattern, fold in _FOLDS:
        word = pattern.sub(fold, word)
    return word


class SoundMatcher:
    """Find mis-heard terms in dictated notes."""

    def __init__(self, language: Language) -> None:
        """Index the vocabulary by sound."""
        self._rules = language.sounds
        self._edges = frozenset(self._rules.edges)
        self._common = frozenset(self._rules.common)
        self._exact: dict[str, list[Concept]] = defaultdict(list)
        self._near: dict[str, list[Concept]] = defaultdict(list)
        self._spelled: dict[str, list[tuple[str, Concept]]] = defaultdict(list)
        self._strong = frozenset({*self._rules.tags, *self._rules.spelled_tags})
        for term in language.terms:
            self._index_spelling(term)
            if term.tag not in self._rules.tags or term.heard or len(term.words) < 5:
                continue
            key = sound_key(term.words.replace(" ", ""))
            concept = Concept(term.tag, term.value, term.region, term.donor, heard=True)
            least = (
                self._rules.long_key if term.tag in self._rules.long_only else self._rules.short_key
            )
            if len(key) >= least and all(c != concept for c in self._exact[key]):
                self._exact[key].append(concept)
            if len(key) >= self._rules.near_key:
                for shorter in _deletions(key):
                    self._near[shorter].append(concept)
        self._spelled_starts = frozenset(k[:n] for k in self._spelled for n in range(1, len(k) + 1))
        self._cache: dict[str, str] = {}

    def _index_spelling(self, term: Term) -> None:
        """Keep a term that may be recognised by its letters although one or two of them are wrong."""
        letters = term.words.replace(" ", "")
        if (
            term.tag in self._rules.spelled_tags
            and not term.heard
            and self._wrong_letters(letters)
            and letters.isalpha()
        ):
            key = sound_key(letters)
            if len(key) >= self._rules.spelled_key:
                concept = Concept(term.tag, term.value, term.region, term.donor, heard=True)
                self._spelled[key].append((letters, concept))

    def find(
        self, tokens: Sequence[Token], hits: Sequence[Hit], *, spoken: bool = True
    ) -> list[Hit]:
        """Return hits for mis-heard terms, none overlapping each other.

        Args:
            tokens: The words of the note.
            hits: The terms found as written.
            spoken: False for a typed note, in which a term is recognised by its letters only, never by its sound.
        """
        taken = [False] * len(tokens)
        calls = [False] * len(tokens)
        for hit in hits:
            strong = hit.after - hit.first > 1 or any(c.tag in self._strong for c in hit.concepts)
            for k in range(hit.first, hit.after):
                taken[k] = strong
                calls[k] = any(c.tag in self._rules.calls_for_anatomy for c in hit.concepts)
        keys = [self._key(token.word) for token in tokens]
        found: list[Hit] = []
        at = 0
        starts = self._spelled_starts
        while at < len(tokens):
            if not spoken and keys[at] not in starts:
                at += 1
                continue
            longest = self._longest(tokens, keys, taken, calls, at, spoken=spoken)
            if longest is None:
                at += 1
            else:
                found.append(longest)
                at = longest.after
        return found

    def without_common(self, tokens: Sequence[Token], hits: Sequence[Hit]) -> list[Hit]:
        """Drop, from a typed note, terms that are common words unless a speech recogniser wrote them."""
        kept: list[Hit] = []
        for hit in hits:
            if hit.after - hit.first == 1 and tokens[hit.first].word in self._common:
                concepts = tuple(c for c in hit.concepts if not c.heard)
                if concepts:
                    kept.append(Hit(hit.first, hit.after, concepts))
            else:
                kept.append(hit)
        return kept

    def _key(self, word: str) -> str:
        key = self._cache.get(word)
        if key is None:
            key = self._cache[word] = sound_key(word)
            if len(self._cache) > 50_000:
                self._cache.clear()
        return key

    def _longest(
        self,
        tokens: Sequence[Token],
        keys: list[str],
        taken: list[bool],
        calls: list[bool],
        at: int,
        *,
        spoken: bool,
    ) -> Hit | None:
        if taken[at] or tokens[at].word in self._edges or not tokens[at].word.isalpha():
            return None
        joined = letters = ""
        best: Hit | None = None
        inner_edge = False
        most = self._rules.words_at_most if spoken else self._rules.spelled_words_at_most
        for after in range(at + 1, min(at + most, len(tokens)) + 1):
            word = tokens[after - 1].word
            if taken[after - 1] or not (word.isalpha() or word == "'"):
                break
            joined = _RUNS.sub(
                r"\1", joined + (keys[after - 1].lstrip("A") if joined else keys[after - 1])
            )
            if not spoken and joined not in self._spelled_starts:
                break
            letters += word
            inner_edge = inner_edge or (after > at + 1 and tokens[after - 2].word in self._edges)
            if word in self._edges or (after == at + 1 and word in self._common):
                continue
            concepts = self._concepts(joined, calls, at, after) if spoken else []
            if not concepts and not inner_edge and after - at <= self._rules.spelled_words_at_most:
                concepts = self._as_spelled(joined, letters)
            if concepts:
                best = Hit(at, after, tuple(concepts))
        return best

    def _concepts(self, key: str, calls: list[bool], at: int, after: int) -> list[Concept]:
        exact = self._exact.get(key)
        if exact and (len(key) >= self._rules.long_key or self._called(calls, at, after)):
            return exact
        if len(key) >= self._rules.near_key and after - at > 1:
            near = self._near.get(key) or next(
                (
                    self._exact[k]
                    for k in _deletions(key)
                    if k in self._exact and len(k) >= self._rules.near_key
                ),
                None,
            )
            if near:
                return list(dict.fromkeys(near))
        return []

    def _as_spelled(self, key: str, letters: str) -> list[Concept]:
        """Return the meanings of terms of this sound that differ by no more than a letter or two."""
        most = self._wrong_letters(letters)
        if not most:
            return []
        return list(
            dict.fromkeys(
                concept
                for term, concept in self._spelled.get(key, ())
                if letters[0] == term[0]
                and Levenshtein.distance(letters, term, score_cutoff=most) <= most
            )
        )

    def _wrong_letters(self, letters: str) -> int:
        """Return how many wrong letters a term of this length may have."""
        allowed = self._rules.spelled_differences
        return max((n for least, n in allowed.items() if len(letters) >= least), default=0)

    def _called(self, calls: list[bool], at: int, after: int) -> bool:
        reach = self._rules.reach
        return any(calls[max(0, at - reach) : at]) or any(calls[after : after + reach])


def _deletions(key: str) -> set[str]:
    return {key[:k] + key[k + 1 :] for k in range(len(key))}
