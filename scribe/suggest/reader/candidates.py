"""Everything that a note might say of the facts that no rule gave, with what the judges of sentences and places find."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scribe.rules.second_reader_schema import Carrier
from scribe.suggest.numbers import Features, logistic
from scribe.suggest.reader.features import Surroundings
from scribe.suggest.reader.judges import Judges
from scribe.suggest.reader.places import PlaceFinder
from scribe.types.fact import Dimensions, Fact, Measure, Status, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scribe.rules.second_reader_schema import SecondReaderFile
    from scribe.suggest.reader.weights import ReaderNumbers, Said
    from scribe.types.mention import ParsedNote, Sentence

_JUDGED: Final = (Status.PRESENT, Status.ABSENT)
_CLIP: Final = 1e-4
_LEAST: Final = 0.1
"""A value that neither a sentence nor a place makes at least so probable is no candidate."""
_UNHEARD: Final = -9.0

Key = tuple[str, Value, Status]


@dataclass(slots=True)
class _Heard:
    """What one value of a fact has for it: how many places, the best two, and the best sentence; and where these are."""

    places: int = 0
    first: float = 0.0
    second: float = 0.0
    place: tuple[int, int, int] | None = None
    sentence: float = 0.0
    where: int = 0

    @property
    def best(self) -> float:
        return max(self.sentence, self.first)

    def hear(self, probability: float, place: tuple[int, int, int]) -> None:
        """Take one more place."""
        self.places += 1
        if probability > self.first:
            self.first, self.second, self.place = probability, self.first, place
        else:
            self.second = max(self.second, probability)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value of a fact that the note may say.

    Attributes:
        name: The fact.
        value: Its value.
        status: ``present`` or ``absent``.
        features: What is known for and against it.
        sentence: Index of the sentence that says it best.
        start: Offset of the words that carry it.
        end: Offset after them.
    """

    name: str
    value: Value
    status: Status
    features: Features
    sentence: int
    start: int
    end: int


class CandidateFinder:
    """Finds candidates with the judges of one model."""

    def __init__(self, numbers: ReaderNumbers, rules: SecondReaderFile) -> None:
        """Join the judges with what they are asked."""
        self._asked = rules.facts
        self._said = [(each, _value_of(each, rules)) for each in numbers.sentences]
        self._sentences = Judges(numbers.sentences)
        self._carried = {each.name: at for at, each in enumerate(numbers.places)}
        self._places = Judges(numbers.places)
        self._finder = PlaceFinder(rules, {each.name: each.values for each in numbers.places})

    def find(self, parsed: ParsedNote, facts: Sequence[Fact]) -> list[Candidate]:
        """Return the candidates of a note, in order of the rule file and then of the note.

        Args:
            parsed: The note.
            facts: What the rules give; a fact that they give is no candidate.
        """
        return self.find_and_check(parsed, facts, frozenset())[0]

    def find_and_check(
        self, parsed: ParsedNote, facts: Sequence[Fact], checked: frozenset[str]
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Return the candidates of a note, and those of some facts as they were if the rules had said nothing.

        Args:
            parsed: The note.
            facts: What the rules give; a fact that they give is no candidate.
            checked: Names of the facts that are looked at as if no rule had given them.
        """
        named: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            named[fact.name].append(fact)
        asked = {
            name for name, each in self._asked.items() if not (each.one and _told(named[name]))
        }
        again = checked & named.keys()
        if not asked | again:
            return [], []
        by_name: dict[str, list[tuple[Key, _Heard]]] = defaultdict(list)
        for key, each in self._listen(parsed, asked | again).items():
            by_name[key[0]].append((key, each))
        return (
            self._candidates({name: by_name[name] for name in asked}, named, parsed),
            self._candidates({name: by_name[name] for name in again}, {}, parsed),
        )

    def _candidates(
        self,
        heard: Mapping[str, list[tuple[Key, _Heard]]],
        named: Mapping[str, Sequence[Fact]],
        parsed: ParsedNote,
    ) -> list[Candidate]:
        return [
            self._candidate(key, each, _rival(key, heard[name]), named.get(name, ()), parsed)
            for name in self._asked
            for key, each in heard.get(name, ())
            if each.best >= _LEAST and self._is_open(key, named.get(name, ()))
        ]

    def _listen(self, parsed: ParsedNote, asked: set[str]) -> dict[Key, _Heard]:
        heard: dict[Key, _Heard] = defaultdict(_Heard)
        surroundings = Surroundings(parsed)
        judges = [at for at, (said, _) in enumerate(self._said) if said.name in asked]
        best = [-math.inf] * len(self._said)
        where = [0] * len(self._said)
        for sentence in parsed.sentences:
            around, within = surroundings.around(sentence), surroundings.within(sentence)
            odds = self._sentences.odds(around, within)
            for at in judges:
                if odds[at] > best[at]:
                    best[at], where[at] = odds[at], sentence.index
            self._hear_places(sentence, surroundings, asked, heard)
        for at in judges:
            said, value = self._said[at]
            one = heard[said.name, value, said.status]
            one.sentence, one.where = logistic(best[at]), where[at]
        return heard

    def _hear_places(
        self,
        sentence: Sentence,
        surroundings: Surroundings,
        asked: set[str],
        heard: dict[Key, _Heard],
    ) -> None:
        rows: dict[tuple[int, str], list[float]] = {}
        for place in self._finder.find(sentence):
            if place.name not in asked:
                continue
            row = rows.get((place.at, place.own))
            if row is None:
                row = rows[place.at, place.own] = self._places.odds(
                    surroundings.around(sentence), surroundings.at(sentence, place.at, place.own)
                )
            probability = logistic(row[self._carried[place.name]])
            item = sentence.items[place.at]
            one = heard[place.name, place.value, Status.PRESENT]
            one.hear(probability, (sentence.index, item.start, item.end))

    def _is_open(self, key: Key, named: Sequence[Fact]) -> bool:
        """Tell whether the rules leave room for it: they do not say it, whatever its status, and no size is said where they give one."""
        name, value, _ = key
        if any(self._is_same(name, value, fact.value) for fact in named):
            return False
        return _is_sized(value) or not any(
            _is_bare(fact.value) for fact in named if fact.status in _JUDGED
        )

    def _is_same(self, name: str, one: Value, other: Value) -> bool:
        if self._asked[name].contained and isinstance(one, str) and isinstance(other, str):
            return one in other or other in one
        return one == other

    def _candidate(
        self, key: Key, heard: _Heard, rival: float, named: Sequence[Fact], parsed: ParsedNote
    ) -> Candidate:
        name, value, status = key
        is_top = heard.best >= rival
        features: Features = {
            f"name={name}": 1.0,
            f"status={status.value}": 1.0,
            "place": _odds(heard.first) if heard.places else _UNHEARD,
            "second place": _odds(heard.second) if heard.places > 1 else _UNHEARD,
            "sentence": _odds(heard.sentence),
            "best": _odds(heard.best),
            "rival": _odds(rival),
            "places": float(heard.places),
        }
        flags = {
            "no place": not heard.places,
            "is best": is_top,
            "named": any(fact.status in _JUDGED for fact in named),
            "unsized": any(_is_bare(fact.value) for fact in named),
        }
        features.update({flag: 1.0 for flag, holds in flags.items() if holds})
        if self._asked[name].one:
            features["rival of one"] = _odds(rival)
            if is_top:
                features["best of one"] = 1.0
        index, start, end = _where(heard, parsed)
        return Candidate(
            name=name,
            value=value,
            status=status,
            features=features,
            sentence=index,
            start=start,
            end=end,
        )


def _value_of(said: Said, rules: SecondReaderFile) -> Value:
    """Return the value of a judge of sentences; an empty object stands for a size that is not given."""
    if isinstance(said.value, dict):
        is_wide = rules.facts[said.name].carrier is Carrier.DIMENSIONS
        return Dimensions() if is_wide else Measure()
    return said.value


def _rival(key: Key, named: Iterable[tuple[Key, _Heard]]) -> float:
    return max((each.best for other, each in named if other != key), default=0.0)


def _told(facts: Iterable[Fact]) -> bool:
    """Tell whether the rules give a fact, with its size if it has one; a value that is denied leaves the others open."""
    return any(
        fact.status in _JUDGED
        and not _is_bare(fact.value)
        and not (fact.status is Status.ABSENT and isinstance(fact.value, str))
        for fact in facts
    )


def _is_bare(value: Value) -> bool:
    """Tell whether a value is a size that is not given."""
    return isinstance(value, (Dimensions, Measure)) and value.length_cm is None


def _is_sized(value: Value) -> bool:
    return isinstance(value, (Dimensions, Measure)) and value.length_cm is not None


def _where(heard: _Heard, parsed: ParsedNote) -> tuple[int, int, int]:
    """Return sentence and offsets of what carries a candidate best: a place, else the sentence."""
    if heard.place is not None and heard.first >= min(heard.sentence, 1 / 2):
        return heard.place
    sentence = parsed.sentences[heard.where]
    return sentence.index, sentence.start, sentence.end


def _odds(probability: float) -> float:
    kept = min(max(probability, _CLIP), 1 - _CLIP)
    return math.log(kept / (1 - kept))
