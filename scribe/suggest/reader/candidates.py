"""Everything that a note might say of the facts that no rule gave, with what the judges of sentences and places find."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scribe.suggest.numbers import Features, odds_of
from scribe.suggest.reader.hearing import Heard, Key, best_rival
from scribe.types.fact import Dimensions, Fact, Measure, Status, Value

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from scribe.rules.second_reader_schema import SecondReaderFile
    from scribe.suggest.reader.hearing import Hearing
    from scribe.types.mention import ParsedNote

_JUDGED: Final = (Status.PRESENT, Status.ABSENT)
_LEAST: Final = 0.1
"""A value that neither a sentence nor a place makes at least so probable is no candidate."""


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
    """Finds what a note may say beside the facts of the rules."""

    def __init__(self, rules: SecondReaderFile) -> None:
        """Take what may be added."""
        self._asked = {name: asked for name, asked in rules.facts.items() if asked.adds}

    def find(
        self,
        parsed: ParsedNote,
        hearing: Hearing,
        facts: Sequence[Fact],
        doubted: Container[tuple[str, Value]] = (),
    ) -> list[Candidate]:
        """Return the candidates of a note, in order of the rule file and then of the note.

        Args:
            parsed: The note.
            hearing: What the judges find in it.
            facts: What the rules give; a fact that they give is no candidate.
            doubted: Name and value of those that are probably wrong; they leave room for another value.
        """
        named: dict[str, list[Fact]] = defaultdict(list)
        trusted: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            named[fact.name].append(fact)
            if (fact.name, fact.value) not in doubted:
                trusted[fact.name].append(fact)
        heard = hearing.by_name()
        return [
            self._candidate(key, each, best_rival(key, heard[name]), trusted[name], parsed)
            for name, asked in self._asked.items()
            if not (asked.one and _told(trusted[name]))
            for key, each in heard.get(name, ())
            if each.best >= _LEAST and self._is_open(key, named[name])
        ]

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
        self, key: Key, heard: Heard, rival: float, named: Sequence[Fact], parsed: ParsedNote
    ) -> Candidate:
        name, value, status = key
        features: Features = {
            f"name={name}": 1.0,
            f"status={status.value}": 1.0,
            **heard.features(rival),
        }
        if any(fact.status in _JUDGED for fact in named):
            features["named"] = 1.0
        if any(_is_bare(fact.value) for fact in named):
            features["unsized"] = 1.0
        if self._asked[name].one:
            features["rival of one"] = odds_of(rival)
            if heard.best >= rival:
                features["best of one"] = 1.0
        index, start, end = heard.where_in(parsed)
        return Candidate(
            name=name,
            value=value,
            status=status,
            features=features,
            sentence=index,
            start=start,
            end=end,
        )


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
