"""What the judges of sentences and places make of a note, before anything follows from it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from scribe.rules.second_reader_schema import Carrier
from scribe.suggest.numbers import Features, logistic, odds_of
from scribe.suggest.reader.features import Surroundings
from scribe.suggest.reader.judges import Judges
from scribe.suggest.reader.places import PlaceFinder
from scribe.suggest.reader.weights import APART
from scribe.types.fact import Dimensions, Measure, Status, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.rules.second_reader_schema import SecondReaderFile
    from scribe.suggest.reader.weights import ReaderNumbers, Said
    from scribe.types.mention import ParsedNote, Sentence

UNHEARD: Final = -9.0
"""Log odds of what nothing in the note says."""

Key = tuple[str, Value, Status]
"""Name, value and status of what a note may say."""


class Sound(NamedTuple):
    """How loudly a note says one value of a fact: log odds, and the offsets of the words that say it best."""

    odds: float
    start: int
    end: int


class HeardPlace(NamedTuple):
    """One place that may carry a fact, with the log odds that it does."""

    name: str
    value: Value
    odds: float


@dataclass(slots=True)
class Heard:
    """What one value of a fact has for it: how many places, the best two, and the best sentence; and where these are."""

    places: int = 0
    first: float = 0.0
    second: float = 0.0
    place: tuple[int, int, int] | None = None
    sentence: float = 0.0
    where: int = 0

    @property
    def best(self) -> float:
        """The probability of the best place or sentence."""
        return max(self.sentence, self.first)

    def where_in(self, parsed: ParsedNote) -> tuple[int, int, int]:
        """Return index of the sentence and offsets of what carries a value best: a place, else the sentence."""
        if self.place is not None and self.first >= min(self.sentence, 1 / 2):
            return self.place
        sentence = parsed.sentences[self.where]
        return sentence.index, sentence.start, sentence.end

    def hear(self, probability: float, place: tuple[int, int, int]) -> None:
        """Take one more place."""
        self.places += 1
        if probability > self.first:
            self.first, self.second, self.place = probability, self.first, place
        else:
            self.second = max(self.second, probability)

    def features(self, rival: float) -> Features:
        """Return what is known for a value, and for the best other one of the same fact."""
        features = {
            "place": odds_of(self.first) if self.places else UNHEARD,
            "second place": odds_of(self.second) if self.places > 1 else UNHEARD,
            "sentence": odds_of(self.sentence),
            "best": odds_of(self.best),
            "rival": odds_of(rival),
            "places": float(self.places),
        }
        if not self.places:
            features["no place"] = 1.0
        if self.best >= rival:
            features["is best"] = 1.0
        return features


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everything that was heard of one note.

    Attributes:
        values: By what the note may say.
        sentences: Log odds of every judge of sentences, for each sentence.
        places: The places that were judged, by index of the sentence.
    """

    values: dict[Key, Heard] = field(default_factory=lambda: defaultdict(Heard))
    sentences: list[list[float]] = field(default_factory=list)
    places: dict[int, list[HeardPlace]] = field(default_factory=lambda: defaultdict(list))

    def sounds(self, parsed: ParsedNote) -> dict[Key, Sound]:
        """Return how loudly the note says each value, and where."""
        return {
            key: Sound(odds_of(each.best), *each.where_in(parsed)[1:])
            for key, each in self.values.items()
        }

    def by_name(self) -> dict[str, list[tuple[Key, Heard]]]:
        """Return what was heard by the name of the fact."""
        named: dict[str, list[tuple[Key, Heard]]] = defaultdict(list)
        for key, each in self.values.items():
            named[key[0]].append((key, each))
        return named


class Listener:
    """Asks the judges of one model."""

    def __init__(self, numbers: ReaderNumbers, rules: SecondReaderFile) -> None:
        """Join the judges with what they are asked."""
        self.said = [(each, _value_of(each, rules)) for each in numbers.sentences]
        self._sentences = Judges(numbers.sentences)
        self._carried = {each.name: at for at, each in enumerate(numbers.places)}
        self._places = Judges(numbers.places)
        self.finder = PlaceFinder(rules, {each.name: each.values for each in numbers.places})

    def listen(self, parsed: ParsedNote) -> Hearing:
        """Hear what a note says of the facts that are asked for or listened for."""
        hearing = Hearing()
        surroundings = Surroundings(parsed)
        for sentence in parsed.sentences:
            around, within = surroundings.around(sentence), surroundings.within(sentence)
            hearing.sentences.append(self._sentences.odds(around, within))
            self._hear_places(sentence, surroundings, hearing)
        for at, (said, value) in enumerate(self.said):
            if said.name == APART:
                continue
            one = hearing.values[said.name, value, said.status]
            heard = [odds[at] for odds in hearing.sentences]
            best = max(heard, default=-math.inf)
            one.sentence, one.where = logistic(best), heard.index(best) if heard else 0
        return hearing

    def _hear_places(
        self,
        sentence: Sentence,
        surroundings: Surroundings,
        hearing: Hearing,
    ) -> None:
        rows: dict[tuple[int, str], list[float]] = {}
        for place in self.finder.find(sentence):
            row = rows.get((place.at, place.own))
            if row is None:
                row = rows[place.at, place.own] = self._places.odds(
                    surroundings.around(sentence), surroundings.at(sentence, place.at, place.own)
                )
            odds = row[self._carried[place.name]]
            item = sentence.items[place.at]
            one = hearing.values[place.name, place.value, Status.PRESENT]
            one.hear(logistic(odds), (sentence.index, item.start, item.end))
            hearing.places[sentence.index].append(HeardPlace(place.name, place.value, odds))


def best_rival(key: Key, named: Iterable[tuple[Key, Heard]]) -> float:
    """Return the probability of the best other value of the same fact."""
    return max((each.best for other, each in named if other != key), default=0.0)


def _value_of(said: Said, rules: SecondReaderFile) -> Value:
    """Return the value of a judge of sentences; an empty object stands for a size that is not given."""
    if isinstance(said.value, dict):
        is_wide = rules.facts[said.name].carrier is Carrier.DIMENSIONS
        return Dimensions() if is_wide else Measure()
    return said.value
