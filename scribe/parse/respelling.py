"""Give the words of the field back to a dictation whose recogniser wrote others: "door solace" for dorsalis, "man the bull" for mandible.

A stretch of words is read as the word that it sounds like. So terms and patterns, which know words, find it wherever it stands ("second
meadow tarsal", "anna stow moses of the vein"), and no list has to hold every mishearing of every term. Words of short names ("all nor",
"pettis") are heard only beside a word that goes with them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from scribe.parse.soundalikes import SoundKeys
from scribe.parse.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scribe.rules.language import Language

_LAST: Final = (
    (re.compile(r"(.)\1+"), r"\1"),  # before vowels are dropped: "metatarsal" keeps both its t
    (re.compile(r"^[aeiouy]+"), "A"),
    (re.compile(r"[aeiouyh]+"), ""),
)
_BY_LETTERS, _BY_SOUND = 0.5, 0.5  # what letters and sounds make of the likeness of two words
_BY_PLACE: Final = 0.04  # and a word of the field beside it
_BY_PARTNER: Final = 0.1  # or one that goes with it
_LONGER: Final = 0.02  # what each further word must bring
_SMALL_AT_END: Final = 0.05  # or a small word behind the others ("meta torso was")
_SHORT_KEY: Final = 6  # sounds; shorter words are like too many others
_LEAST_LETTERS: Final = 5
_LEAST_CALLING: Final = 3  # letters
_SAME: Final = 87  # of 100; a word of the field that is so like another needs none beside it to be read ("metatarsal head")
_STEM: Final = 5  # first letters of a word that is only another form of the one it sounds like
_BESIDE: Final = 2  # words on each side that are asked
_MOST_SPELLED: Final = 5  # letters that stand for a name ("f d m a")
_MOST_KNOWN: Final = 50_000
_DIFFERENCES: Final = (
    0,
    0,
    0,
    0,
    0,
    1,
    1,
    1,
    2,
    2,
    2,
)  # sounds that may differ, by how many a word has
_MOST_DIFFERENCES: Final = 3
_LEAST_TO_DIFFER: Final = 8  # letters
_BY_ITS_PARTNER: Final = 1  # sound more that may differ beside a word that goes with it


class _Heard(NamedTuple):
    """A word of the field with how much it is like what was written, and how many words these are."""

    likeness: float
    words: int
    word: str


class Respeller:
    """Finds the words of ``respelled`` in ``patterns/soundalikes.yaml`` by their sound."""

    def __init__(self, language: Language) -> None:
        """Index the words by their first sound and their number of sounds."""
        rules = language.sounds.respelled
        self._rules = rules
        self._keys = SoundKeys(rules.folds, _LAST)
        self._partners = {word: frozenset(partners) for word, partners in rules.beside.items()}
        self._alone = frozenset(rules.words)
        words = dict.fromkeys((*rules.words, *rules.beside))
        self._sounds: dict[str, str] = {}
        self._alike: dict[str, list[tuple[str, float]]] = {}
        self._by_sound: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
        for word in words:
            key = self._sound(word)
            self._by_sound[key[:1], len(key)].append((word, key))
        self._most = _MOST_DIFFERENCES + max(len(self._sound(word)) for word in words)
        self._small = frozenset(language.sounds.edges)
        self._marks = frozenset(language.words.sentences.spoken_marks)
        self._never = frozenset((*rules.ordinary, *language.measures.numbers))
        self._known = frozenset(
            word
            for term in language.terms
            if not term.heard
            for word in term.words.split()
            if len(word) >= _LEAST_LETTERS
        ).union(words)
        self._letters = frozenset(
            term.words
            for term in language.terms
            if not term.heard and term.words.isalpha() and len(term.words) <= _MOST_SPELLED
        )
        calling = frozenset((*rules.called_by, *language.sounds.calls_for_anatomy))
        self._calling = frozenset(
            word
            for term in language.terms
            if not term.heard and term.tag in calling
            for word in term.words.split()
            if len(word) >= _LEAST_CALLING and word not in self._small
        ).union(words)

    def respell(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens with each stretch that sounds like a word of the field as that word; offsets stay those of the note."""
        tokens = self._put_together(tokens)
        made: list[Token] = []
        at = 0
        words = [token.word for token in tokens]
        while at < len(tokens):
            before = {token.word for token in made[-_BESIDE:]}
            heard = self._heard(words, at, before)
            if heard and words[at] in self._small:  # "the doors alice" is "doors alice"
                later = self._heard(words, at + 1, before)
                if later and (later.word == heard.word or later.likeness > heard.likeness):
                    heard = None
            if heard is None:
                made.append(tokens[at])
                at += 1
                continue
            last = at + heard.words - 1
            made.append(Token(heard.word, tokens[at].start, tokens[last].end))
            at = last + 1
        return made

    def _put_together(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens with letters that were spelled out as the word that they are ("g s v", "c t a")."""
        made: list[Token] = []
        at = 0
        while at < len(tokens):
            letters = "".join(
                token.word
                for token in takewhile(
                    lambda token: len(token.word) == 1 and token.word.isalpha(),
                    tokens[at : at + _MOST_SPELLED],
                )
            )
            told = next((n for n in range(len(letters), 1, -1) if letters[:n] in self._letters), 1)
            word = letters[:told] if told > 1 else tokens[at].word
            made.append(Token(word, tokens[at].start, tokens[at + told - 1].end))
            at += told
        return made

    def _heard(self, words: Sequence[str], at: int, before: AbstractSet[str]) -> _Heard | None:
        """Return the word of the field that the words from here on sound like most, behind some words, or None."""
        best: _Heard | None = None
        first = words[at] if at < len(words) else ""
        if not first.isalpha():
            return None
        joined = letters = ""
        for after in range(at + 1, min(at + self._rules.words_at_most, len(words)) + 1):
            word = words[after - 1]
            if not word.isalpha() or word in self._never or (letters and word in self._marks):
                break
            joined = _join(joined, self._sound(word))
            letters += word
            if len(joined) > self._most:
                break
            stretch = words[at:after]
            if len(letters) < _LEAST_LETTERS or not self._is_odd(stretch):
                continue
            beside = {*before, *words[after : after + _BESIDE]}
            for candidate, by_sound in self._like(joined):
                likeness = self._likeness(candidate, by_sound, joined, stretch, beside)
                likeness -= _LONGER * len(stretch)
                likeness -= _SMALL_AT_END * (stretch[-1] in self._small)
                if likeness > (best.likeness if best else 0.0):
                    best = _Heard(likeness, len(stretch), candidate)
        return best

    def _is_odd(self, stretch: Sequence[str]) -> bool:
        """Tell whether a stretch is no everyday saying, and more than small words and words of the field ("and the metatarsal")."""
        if " ".join(stretch) in self._never:
            return False
        whole = len(stretch) > 1 and "".join(stretch) in self._alone
        return whole or not all(word in self._small or word in self._known for word in stretch)

    def _likeness(
        self,
        candidate: str,
        by_sound: float,
        key: str,
        stretch: Sequence[str],
        beside: set[str],
    ) -> float:
        """Return how much a stretch is like a word of the field, or 0 where that is not enough."""
        letters = "".join(stretch)
        if letters == candidate and len(stretch) > 1:  # "dorsal is", "fib ula"
            return 1.0
        known = self._known.intersection(stretch)
        if any(fuzz.ratio(word, candidate) > _SAME for word in known):
            return 0.0
        if len(stretch) == 1 and letters[:_STEM] == candidate[:_STEM]:
            return 0.0
        partnered = not self._partners.get(candidate, frozenset()).isdisjoint(beside)
        if not partnered and candidate not in self._alone:
            return 0.0
        sounds = self._sound(candidate)
        differ = round((1 - by_sound) * len(sounds))
        close = differ <= min(_differences(key), _differences(sounds))
        if not close and not (partnered and self._may_differ(stretch)):
            return 0.0
        by_letters = fuzz.ratio(letters, candidate) / 100
        called = not self._calling.isdisjoint(beside)
        likeness = _BY_LETTERS * by_letters + _BY_SOUND * by_sound
        likeness += (_BY_PLACE if called else 0.0) + (_BY_PARTNER if partnered else 0.0)
        least = self._rules.least
        asked = [least.long if len(sounds) >= _SHORT_KEY else least.short]
        if len(stretch) == 1:
            asked.append(least.alone)
        if not called:
            asked.append(least.uncalled)
        if stretch[0] in self._small or stretch[-1] in self._small:
            asked.append(least.short)
        if known:
            asked.append(least.known)
        return likeness if likeness >= max(asked) else 0.0

    def _may_differ(self, stretch: Sequence[str]) -> bool:
        """Tell whether a stretch is long enough to be a word of the field of which one sound more is wrong."""
        letters = sum(len(word) for word in stretch)
        edges = self._small | self._marks
        return letters >= _LEAST_TO_DIFFER and stretch[0] not in edges and stretch[-1] not in edges

    def _like(self, key: str) -> list[tuple[str, float]]:
        """Return the words of the field that sound so, or nearly so, each with the share of sounds that agree.

        Those that have others they go with may differ by one sound more.
        """
        known = self._alike.get(key)
        if known is None:
            most = _differences(key) + _BY_ITS_PARTNER
            known = []
            for length in range(len(key) - most, len(key) + most + 1):
                for word, other in self._by_sound.get((key[:1], length), ()):
                    more = _BY_ITS_PARTNER if word in self._partners and len(other) > 3 else 0
                    allowed = min(_differences(key), _differences(other)) + more
                    differ = Levenshtein.distance(key, other, score_cutoff=allowed)
                    if differ <= allowed:
                        known.append((word, 1 - differ / len(other)))
            if len(self._alike) > _MOST_KNOWN:
                self._alike.clear()
            self._alike[key] = known
        return known

    def _sound(self, word: str) -> str:
        """Fold a word to its sounds: consonants of one kind alike, vowels silent but for a first one."""
        key = self._sounds.get(word)
        if key is None:
            key = self._keys.of(word)
            if len(self._sounds) > _MOST_KNOWN:
                self._sounds.clear()
            self._sounds[word] = key
        return key


def _join(joined: str, key: str) -> str:
    """Add the sounds of a word to those before it: a first vowel is silent within."""
    return joined + key.lstrip("A") if joined else key


def _differences(key: str) -> int:
    return _DIFFERENCES[len(key)] if len(key) < len(_DIFFERENCES) else _MOST_DIFFERENCES
