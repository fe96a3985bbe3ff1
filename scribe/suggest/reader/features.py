"""What the second reader sees of a sentence, and of one place in it: words, tags, context and position."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.suggest.numbers import Features
    from scribe.types.mention import Item, ParsedNote, Sentence

FEATURES: Final = 4
"""Version of what this module and ``doubts`` return; raise it with every change here, and train again."""
_AT: Final = 3  # items on each side whose distance counts
_NEAR: Final = 5  # items on each side that are told from the rest of the sentence
_BESIDE: Final = 40  # items on each side that are seen at all; a sentence may be as long as a note
_TENTHS: Final = 10
_LONG_CM: Final = 20.0  # no side of a flap or gap is longer
_NUMBER: Final = "#"


class Surroundings:
    """The features of the sentences of one note, each worked out when it is first asked for."""

    def __init__(self, parsed: ParsedNote) -> None:
        """Begin with a note."""
        self.parsed = parsed
        self._around: dict[int, Features] = {}
        self._names: dict[int, list[list[str]]] = {}

    def sentence(self, sentence: Sentence) -> Features:
        """Return what is seen of a sentence: what is around it, then what it holds."""
        return self.around(sentence) | self.within(sentence)

    def within(self, sentence: Sentence) -> Features:
        """Return what a sentence itself holds."""
        features: Features = {}
        words: list[str] = []
        heads: list[str] = []
        for item in sentence.items:
            if item.void:
                continue
            own = words_of(item)
            words += own
            heads.append(item.concepts[0].tag if item.concepts else own[0])
            for concept in item.concepts:
                features[f"tag={concept.tag}"] = 1.0
                features[f"value={concept.tag}={concept.value}"] = 1.0
        for word in words:
            features[f"word={word}"] = 1.0
        for one, other in itertools.pairwise(words):
            features[f"words={one} {other}"] = 1.0
        for one, other in itertools.pairwise(heads):
            features[f"heads={one} {other}"] = 1.0
        return features

    def place(self, sentence: Sentence, at: int, own: str) -> Features:
        """Return what is seen of one item of a sentence: what is around the sentence, then what stands at the item.

        Args:
            sentence: That holds it.
            at: Index of the item.
            own: What it would say: its value, or what kind of measure it is.
        """
        return self.around(sentence) | self.at(sentence, at, own)

    def at(self, sentence: Sentence, at: int, own: str) -> Features:
        """Return what stands at one item of a sentence.

        Args:
            sentence: That holds it.
            at: Index of the item.
            own: What it would say: its value, or what kind of measure it is.
        """
        item = sentence.items[at]
        names = self._names_in(sentence)
        before = names[max(0, at - _BESIDE) : at]
        after = names[at + 1 : at + 1 + _BESIDE]
        features = _neighbours("before", before[::-1])
        features |= _neighbours("after", after)
        for name in dict.fromkeys(itertools.chain.from_iterable((*before, *after))):
            features[f"beside={name}"] = 1.0
        features[f"own={own}"] = 1.0
        features[f"own={own} in {sentence.frame}"] = 1.0
        features[f"own={own} at {sentence.phase}"] = 1.0
        for concept in item.concepts:
            features[f"tagged={concept.tag}"] = 1.0
        for cue in sentence.cues:
            if cue.governs(item.start, item.end):
                features[f"governed={cue.category}"] = 1.0
        size = item.size.sides[0] if item.size else item.number
        if size is not None:
            features["size"] = min(size, _LONG_CM) / _LONG_CM
        return features

    def around(self, sentence: Sentence) -> Features:
        """Return what does not depend on the words of the sentence itself; each of it is 1."""
        known = self._around.get(sentence.index)
        if known is None:
            known = self._around[sentence.index] = self._look_around(sentence)
        return known

    def _names_in(self, sentence: Sentence) -> list[list[str]]:
        """Return the tags or words of every item; a sentence may hold many places."""
        known = self._names.get(sentence.index)
        if known is None:
            known = self._names[sentence.index] = [*map(_names, sentence.items)]
        return known

    def _look_around(self, sentence: Sentence) -> Features:
        features = {
            f"section={sentence.section}": 1.0,
            f"phase={sentence.phase}": 1.0,
            f"frame={sentence.frame}": 1.0,
            f"tenth={_TENTHS * sentence.index // len(self.parsed.sentences)}": 1.0,
            f"headings={self.parsed.has_headings}": 1.0,
        }
        for cue in sentence.cues:
            features[f"cue={cue.category}"] = 1.0
        return features


def _neighbours(side: str, names: Sequence[Sequence[str]]) -> Features:
    """Return what stands on one side, nearest first."""
    features: Features = {}
    for distance, of_item in enumerate(names[:_NEAR], start=1):
        for name in of_item:
            features[f"{side}={name}"] = 1.0
            if distance <= _AT:
                features[f"{side}{distance}={name}"] = 1.0
    return features


def words_of(item: Item) -> list[str]:
    """Return the words of an item; every number and size is the same one."""
    if item.number is not None or item.size is not None:
        return [_NUMBER]
    return item.word.split("_")


def _names(item: Item) -> list[str]:
    """Return the tags of an item, or its words where it has none."""
    if item.concepts:
        return [f"<{concept.tag}>" for concept in item.concepts]
    return words_of(item)
