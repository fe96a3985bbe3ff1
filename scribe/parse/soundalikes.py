"""Recognise terms that a speech recogniser heard as other words ("doors alice peed us" for dorsalis pedis) or spelled its own way.

A stretch of words counts only where no term of the vocabulary was found, its sound is that of a term, and, for a short one, the words
beside it call for anatomy; so a common English word never becomes anatomy by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from scribe.errors import RulePackError
from scribe.parse.matcher import Hit
from scribe.types.mention import Concept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scribe.parse.tokens import Token
    from scribe.rules.language import FoldRule, Language
    from scribe.rules.vocabulary import Term


# Keys are made of these: letters only, "A" for a first vowel, no other vowel, nothing twice.
_FIRST = ((re.compile(r"[^a-z]"), ""),)
_LAST = (
    (re.compile(r"^[aeiouy]+"), "A"),
    (re.compile(r"[aeiouy]+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_HEAD = 4  # sounds of a word that are held against the heads of the terms
_MOST_WORDS_KNOWN = 50_000


class SoundKeys:
    """Fold words to their sound by ``folds`` of ``patterns/soundalikes.yaml``."""

    def __init__(
        self, folds: Sequence[FoldRule], last: Sequence[tuple[re.Pattern[str], str]] = _LAST
    ) -> None:
        """Compile the folds.

        Args:
            folds: Letters of one sound.
            last: What becomes of vowels and of what stands twice, behind the folds.

        Raises:
            RulePackError: The letters of one are no regular expression.
        """
        try:
            spelled = [(re.compile(fold.letters), fold.sound) for fold in folds]
        except re.error as error:
            msg = f"soundalikes.yaml: folds: {error.pattern!r} is no expression ({error.msg})"
            raise RulePackError(msg) from error
        self._folds = (*_FIRST, *spelled, *last)

    def of(self, word: str) -> str:
        """Fold a word: a first vowel alike, the others silent, doubled letters single, letters of one sound the same."""
        for pattern, fold in self._folds:
            word = pattern.sub(fold, word)
        return word


class SoundMatcher:
    """Find mis-heard terms in dictated notes."""

    def __init__(self, language: Language) -> None:
        """Index the vocabulary by sound."""
        self._rules = language.sounds
        self._sound = SoundKeys(self._rules.folds)
        self._edges = frozenset(self._rules.edges)
        self._common = frozenset(self._rules.common)
        self._exact: dict[str, list[Concept]] = defaultdict(list)
        self._near: dict[str, list[Concept]] = defaultdict(list)
        self._spelled: dict[str, list[tuple[str, Concept]]] = defaultdict(list)
        allowed = self._rules.spelled_differences
        self._wrong_letters = [
            max((n for least, n in allowed.items() if length >= least), default=0)
            for length in range(max(allowed, default=0) + 1)
        ]
        self._strong = frozenset(
            (*self._rules.tags, *self._rules.spelled_tags, *self._rules.as_written)
        )
        self._calling = frozenset(self._rules.calls_for_anatomy)
        for term in language.terms:
            self._index_spelling(term)
            if term.tag not in self._rules.tags or term.heard or len(term.words) < 5:
                continue
            key = self._sound.of(term.words.replace(" ", ""))
            concept = Concept(term.tag, term.value, term.region, term.donor, heard=True)
            least = (
                self._rules.long_key if term.tag in self._rules.long_only else self._rules.short_key
            )
            if len(key) >= least and all(c != concept for c in self._exact[key]):
                self._exact[key].append(concept)
            if len(key) >= self._rules.near_key:
                for shorter in _deletions(key):
                    self._near[shorter].append(concept)
        self._spelled_starts = _beginnings(self._spelled) - {""}
        self._edge = self._rules.near_key // 2
        self._heads = frozenset(key[: self._edge] for key in self._exact)
        self._tails = frozenset(key[-self._edge :] for key in self._exact)
        self._begun = _beginnings((*self._exact, *self._near, *self._spelled))
        self._heads_of_terms = frozenset(key for key in self._begun if len(key) <= _HEAD)
        self._cache: dict[str, tuple[str, bool]] = {}
        self._can_grow: dict[str, bool] = {}

    def _index_spelling(self, term: Term) -> None:
        """Keep a term that may be recognised by its letters although one or two of them are wrong."""
        letters = term.words.replace(" ", "")
        if (
            term.tag in self._rules.spelled_tags
            and not term.heard
            and self._wrong_letters_of(letters)
            and letters.isalpha()
        ):
            key = self._sound.of(letters)
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
        for first, after, concepts in hits:
            tags = [concept.tag for concept in concepts]
            strong = after - first > 1 or not self._strong.isdisjoint(tags)
            called = not self._calling.isdisjoint(tags)
            for k in range(first, after):
                taken[k] = strong
                calls[k] = called
        cache = self._cache
        keys = [cache.get(token.word) or self._known(token.word) for token in tokens]
        starts = self._spelled_starts
        begins = [
            at
            for at, (key, may_begin) in enumerate(keys)
            if may_begin and not taken[at] and (spoken or key in starts)
        ]
        found: list[Hit] = []
        behind = 0
        for at in begins:
            if at < behind:
                continue
            longest = self._longest(tokens, keys, taken, calls, at, spoken=spoken)
            if longest is not None:
                found.append(longest)
                behind = longest.after
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

    def _known(self, word: str) -> tuple[str, bool]:
        """Return the sound of a word, and whether a mis-heard term may begin with it."""
        known = self._cache.get(word)
        if known is None:
            key = self._sound.of(word)
            known = (key, self._may_begin(word, key))
            if len(self._cache) > _MOST_WORDS_KNOWN:
                self._cache.clear()
            self._cache[word] = known
        return known

    def _may_begin(self, word: str, key: str) -> bool:
        """Tell whether the sound of a term begins like a word, or would without one sound of the word."""
        if word in self._edges or not word.isalpha():
            return False
        heads = (key[:_HEAD], *(shorter[:_HEAD] for shorter in _deletions(key[: _HEAD + 1])))
        return not self._heads_of_terms.isdisjoint(heads)

    def _longest(
        self,
        tokens: Sequence[Token],
        keys: list[tuple[str, bool]],
        taken: list[bool],
        calls: list[bool],
        at: int,
        *,
        spoken: bool,
    ) -> Hit | None:
        joined = letters = ""
        best: Hit | None = None
        inner_edge = False
        most = self._rules.words_at_most if spoken else self._rules.spelled_words_at_most
        for after in range(at + 1, min(at + most, len(tokens)) + 1):
            word = tokens[after - 1].word
            if taken[after - 1] or not (word.isalpha() or word == "'"):
                break
            joined = _join(joined, keys[after - 1][0])
            if not (self._may_grow(joined) if spoken else joined in self._spelled_starts):
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

    def _may_grow(self, joined: str) -> bool:
        """Tell whether a mis-heard term may sound so, or begin so: as a term does, or with one sound too many."""
        known = self._can_grow.get(joined)
        if known is None:
            if len(self._can_grow) > _MOST_WORDS_KNOWN:
                self._can_grow.clear()
            known = joined in self._begun or not self._begun.isdisjoint(_deletions(joined))
            self._can_grow[joined] = known
        return known

    def _concepts(self, key: str, calls: list[bool], at: int, after: int) -> list[Concept]:
        exact = self._exact.get(key)
        if exact and (len(key) >= self._rules.long_key or self._called(calls, at, after)):
            return exact
        if len(key) >= self._rules.near_key and after - at > 1:
            near = self._near.get(key) or self._without_a_sound(key)
            if near:
                return list(dict.fromkeys(near))
        return []

    def _without_a_sound(self, key: str) -> list[Concept] | None:
        """Return the terms of which a key has one sound too many; a sound more leaves the head or the tail of a key as it is."""
        if key[: self._edge] not in self._heads and key[-self._edge :] not in self._tails:
            return None
        for shorter in _deletions(key):
            if len(shorter) >= self._rules.near_key and shorter in self._exact:
                return self._exact[shorter]
        return None

    def _as_spelled(self, key: str, letters: str) -> list[Concept]:
        """Return the meanings of terms of this sound that differ by no more than a letter or two."""
        spelled = self._spelled.get(key)
        if not spelled:
            return []
        most = self._wrong_letters_of(letters)
        if not most:
            return []
        return list(
            dict.fromkeys(
                concept
                for term, concept in spelled
                if letters[0] == term[0]
                and Levenshtein.distance(letters, term, score_cutoff=most) <= most
            )
        )

    def _wrong_letters_of(self, letters: str) -> int:
        """Return how many wrong letters a term of this length may have."""
        return self._wrong_letters[min(len(letters), len(self._wrong_letters) - 1)]

    def _called(self, calls: list[bool], at: int, after: int) -> bool:
        reach = self._rules.reach
        return any(calls[max(0, at - reach) : at]) or any(calls[after : after + reach])


def _join(joined: str, key: str) -> str:
    """Add the key of a word to those before it: a vowel within is silent, and a sound does not sound twice."""
    if not joined:
        return key
    more = key.lstrip("A")
    return joined + (more[1:] if more[:1] == joined[-1] else more)


def _beginnings(keys: Iterable[str]) -> frozenset[str]:
    """Return the keys, and all that they begin with."""
    begun: set[str] = {""}
    for key in keys:
        while key not in begun:
            begun.add(key)
            key = key[:-1]
    return frozenset(begun)


def _deletions(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key[:k] + key[k + 1 :] for k in range(len(key))))
