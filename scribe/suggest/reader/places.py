"""Places of a note that could carry a fact, each with the value that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from scribe.rules.second_reader_schema import Carrier
from scribe.types.fact import Dimensions, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from scribe.rules.second_reader_schema import Asked, SecondReaderFile
    from scribe.types.mention import Item, Sentence


_LARGEST: Final = 1000.0  # minutes or centimetres; nothing that is asked for is larger


class Place(NamedTuple):
    """One item that could carry a fact.

    Attributes:
        name: The fact.
        value: What it would be.
        at: Index of the item in its sentence.
        own: The value as the features name it; of a measure, how many sides it has.
    """

    name: str
    value: Value
    at: int
    own: str


class PlaceFinder:
    """Finds the places of a sentence by ``second_reader.yaml`` and by the values that were labelled."""

    def __init__(self, rules: SecondReaderFile, values: Mapping[str, tuple[str, ...]]) -> None:
        """Index what may carry which fact.

        Args:
            rules: What is asked for, and where nothing is carried.
            values: The facts that are looked for, each with the words that were labelled as its value.
        """
        self._silent_frames = frozenset(rules.silent_frames)
        self._silent_cues = frozenset(rules.silent_cues)
        self._by_value: dict[str, list[str]] = {}
        self._by_tag: dict[str, list[tuple[str, Asked]]] = {}
        for name, each in rules.facts.items():
            if name not in values:
                continue
            for tag in each.tags:
                self._by_tag.setdefault(tag, []).append((name, each))
            if each.carrier is Carrier.WORDS:
                for value in values[name]:
                    self._by_value.setdefault(value, []).append(name)

    def find(self, sentence: Sentence) -> Iterator[Place]:
        """Yield the places of a sentence, in its order.

        What a spoken correction took back carries nothing, nor what a cue denies, plans, doubts or moves to another day or limb.
        """
        if sentence.frame in self._silent_frames:
            return
        for at, item in enumerate(sentence.items):
            if item.concepts and not item.void and not self._is_silenced(item, sentence):
                yield from dict.fromkeys(self._of(item, at))

    def says(self, sentence: Sentence, tags: Collection[str]) -> bool:
        """Tell whether a sentence holds a word with one of these tags that stands for something: nothing denies it or takes it back."""
        return any(
            concept.tag in tags
            for item in sentence.items
            if item.concepts and not item.void and not self._is_silenced(item, sentence)
            for concept in item.concepts
        )

    def _is_silenced(self, item: Item, sentence: Sentence) -> bool:
        start, end = item.start, item.end
        return any(
            cue.category in self._silent_cues
            and cue.governs(start, end)
            and not (cue.start < end and start < cue.end)
            for cue in sentence.cues
        )

    def _of(self, item: Item, at: int) -> Iterator[Place]:
        for concept in item.concepts:
            for value in {concept.value: None, concept.donor: None}:
                for name in self._by_value.get(value or "", ()):
                    yield Place(name, value, at, value or "")
            for name, asked in self._by_tag.get(concept.tag, ()):
                if asked.carrier is Carrier.WORDS:
                    yield Place(name, concept.value, at, concept.value)
                    continue
                value_there = _measured(asked, item)
                if value_there is not None:
                    sides = len(item.size.sides) if item.size else 1
                    yield Place(name, value_there, at, str(sides))


def _measured(asked: Asked, item: Item) -> Value:
    """Return the measure of an item as the fact states it; None where it does not fit."""
    sides = item.size.sides if item.size else () if item.number is None else (item.number,)
    if not sides or not 0 < sides[0] < _LARGEST:
        return None
    if asked.carrier is Carrier.DIMENSIONS:
        return Dimensions(length_cm=sides[0], width_cm=sides[1] if len(sides) > 1 else None)
    if asked.carrier is Carrier.MEASURE:
        return Measure(length_cm=sides[0])
    if len(sides) > 1:
        return None
    number = int(sides[0]) if sides[0] == int(sides[0]) else sides[0]
    return number if not asked.among or number in asked.among else None
