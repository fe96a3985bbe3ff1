"""Read a note a second time, and add the facts that the rules missed and that are probable enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scribe.rules.conditions import evaluate
from scribe.suggest.numbers import read_numbers
from scribe.suggest.reader.candidates import Candidate, CandidateFinder
from scribe.suggest.reader.doubts import DoubtFeatures
from scribe.suggest.reader.features import FEATURES
from scribe.suggest.reader.hearing import Key, Listener, Sound
from scribe.suggest.reader.weights import ReaderNumbers
from scribe.types.fact import (
    DOUBTED,
    LEARNED,
    LEARNED_SIGNAL,
    OUTRIGHT,
    Dimensions,
    Evidence,
    Fact,
    Measure,
    Status,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from scribe.rules.conditions import Scope
    from scribe.rules.second_reader_schema import SecondReaderFile
    from scribe.suggest.reader.hearing import Hearing
    from scribe.types.analysis import Stamp
    from scribe.types.fact import Barred
    from scribe.types.mention import ParsedNote

_DIGITS = 3
_CLIP = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a second reading finds.

    Attributes:
        added: Facts that the rules missed, in order of the rule file.
        heard: Everything that it hears, right or not.
        doubted: Present facts of the rules that are probably wrong, by name and value, each with how probable it is that it is right.
    """

    added: tuple[Fact, ...] = ()
    heard: Mapping[Key, Sound] = field(default_factory=dict)
    doubted: Mapping[tuple[str, Value], float] = field(default_factory=dict)


class SecondReader:
    """Adds facts that no rule gave, and doubts some that a rule gave; it takes none away."""

    def __init__(
        self, numbers: ReaderNumbers, rules: SecondReaderFile, stamp: Stamp | None = None
    ) -> None:
        """Join the numbers, and what an analysis calls them, with what is asked for."""
        self.numbers = numbers
        self.rules = rules
        self.stamp = stamp
        self._listener = Listener(numbers, rules)
        self._finder = CandidateFinder(rules)
        self._doubts = DoubtFeatures(self._listener, rules)

    def read(self, parsed: ParsedNote, scope: Scope, barred: Barred | None = None) -> Reading:
        """Return the facts that the rules missed, and those of theirs that it doubts.

        Args:
            parsed: The note.
            scope: The facts and signals of the rules.
            barred: Where the rules say that a fact only seems to be told.
        """
        if not evaluate(self.rules.considers, scope).holds:
            return Reading()
        hearing = self._listener.listen(parsed)
        doubted = self._doubted(parsed, hearing, scope)
        probable = self._probable(
            self._finder.find(parsed, hearing, scope.facts, doubted), parsed, scope, barred or {}
        )
        return Reading(
            added=tuple(
                self._fact(candidate, probability, parsed)
                for probability, candidate in self._without_rivals(probable)
            ),
            heard=hearing.sounds(parsed),
            doubted=doubted,
        )

    def _doubted(
        self, parsed: ParsedNote, hearing: Hearing, scope: Scope
    ) -> dict[tuple[str, Value], float]:
        """Return the facts of the rules that are too improbable, each with its probability."""
        told = [
            (fact, self.numbers.right.probability(features))
            for fact, features in self._doubts.find(parsed, hearing, scope.facts)
        ]
        doubted = {
            (fact.name, fact.value): probability
            for fact, probability in told
            if probability < self._doubted_below(fact, probability, told)
            and OUTRIGHT not in fact.qualifiers
        }
        return doubted | dict(self._resting_on(doubted, scope))

    def _doubted_below(
        self, fact: Fact, probability: float, told: Iterable[tuple[Fact, float]]
    ) -> float:
        """Return below which probability a fact is doubted: less where it may contradict another one, and nowhere if it is the likelier."""
        asked = self.rules.facts[fact.name]
        rivals = [
            other for each, other in told if each.name == fact.name and each.value != fact.value
        ]
        if asked.doubted_beside is None or not rivals:
            own = asked.doubted_below
            return self.rules.doubted_below if own is None else own
        return asked.doubted_beside if probability < max(rivals) else 0.0

    def _resting_on(
        self, doubted: Mapping[tuple[str, Value], float], scope: Scope
    ) -> Iterator[tuple[tuple[str, Value], float]]:
        """Yield what was derived from doubted facts alone and has a rival: it is no more probable than they are."""
        for name, asked in self.rules.facts.items():
            if not asked.rests_on or (
                asked.rests_unless and evaluate(asked.rests_unless, scope).holds
            ):
                continue
            for fact in scope.by_name.get(name, ()):
                source = asked.rests_on.get(str(fact.value))
                if (
                    not source
                    or fact.rule != f"{name}.derived"
                    or not self._contradicts(fact, scope)
                ):
                    continue
                told = [
                    each for each in scope.by_name.get(source, ()) if each.status is Status.PRESENT
                ]
                if told and all((each.name, each.value) in doubted for each in told):
                    yield (name, fact.value), max(doubted[each.name, each.value] for each in told)

    def _contradicts(self, fact: Fact, scope: Scope) -> bool:
        """Tell whether a fact has a rival among the facts of the rules, and mostly nobody but the surgeon may choose between them."""
        return self.rules.facts[fact.name].doubted_beside is not None and any(
            other.status is Status.PRESENT and other.value != fact.value
            for other in scope.by_name[fact.name]
        )

    def _probable(
        self, candidates: Iterable[Candidate], parsed: ParsedNote, scope: Scope, barred: Barred
    ) -> list[tuple[float, Candidate]]:
        """Return the candidates that are probable enough to be added, with their probability."""
        chosen = []
        for candidate in candidates:
            probability = self.numbers.joint.probability(candidate.features)
            if (
                probability >= self.numbers.least
                and self._fits(candidate, scope)
                and not _stands_open(candidate, parsed)
                and not _is_barred(candidate, barred)
                and self._is_said(candidate, parsed)
            ):
                chosen.append((probability, candidate))
        return chosen

    def _is_said(self, candidate: Candidate, parsed: ParsedNote) -> bool:
        """Tell whether the sentence holds what this value needs: skin for bone with skin."""
        if candidate.status is Status.ABSENT:
            return True
        needs = self.rules.facts[candidate.name].needs.get(str(candidate.value))
        return needs is None or self._listener.finder.says(
            parsed.sentences[candidate.sentence], needs
        )

    def _fits(self, candidate: Candidate, scope: Scope) -> bool:
        asked = self.rules.facts[candidate.name]
        if asked.where is not None and not evaluate(asked.where, scope).holds:
            return False
        return not any(
            place.start < candidate.end and candidate.start < place.end
            for fact in (scope.by_name.get(asked.rival, ()) if asked.rival else ())
            for place in fact.evidence
        )

    def _without_rivals(
        self, chosen: Sequence[tuple[float, Candidate]]
    ) -> Iterable[tuple[float, Candidate]]:
        """Keep the most probable value of a fact that has one only."""
        best: dict[str, float] = {}
        for probability, candidate in chosen:
            best[candidate.name] = max(probability, best.get(candidate.name, 0.0))
        kept: set[str] = set()
        for probability, candidate in chosen:
            if not self.rules.facts[candidate.name].one:
                yield probability, candidate
            elif probability == best[candidate.name] and candidate.name not in kept:
                kept.add(candidate.name)
                yield probability, candidate

    def _fact(self, candidate: Candidate, probability: float, parsed: ParsedNote) -> Fact:
        start, end = candidate.start, candidate.end
        return Fact(
            name=candidate.name,
            value=candidate.value,
            status=candidate.status,
            confidence=_confidence(probability),
            evidence=(
                Evidence(
                    start=start,
                    end=end,
                    text=parsed.note.text[start:end],
                    section=parsed.sentences[candidate.sentence].section,
                ),
            ),
            rule=f"{LEARNED}{candidate.name}",
        )


def _stands_open(candidate: Candidate, parsed: ParsedNote) -> bool:
    """Tell whether a place of the note is a choice that nobody made, or words that ask to be verified."""
    return any(
        place.start < candidate.end and candidate.start < place.end
        for place in parsed.placeholders
        if place.kind != "blank"
    )


def _is_barred(candidate: Candidate, barred: Barred) -> bool:
    """Tell whether the rules say of a place that it only looks like the fact."""
    return any(
        start < candidate.end and candidate.start < end
        for start, end in barred.get(candidate.name, ())
    )


def with_doubts(
    facts: Sequence[Fact], doubted: Mapping[tuple[str, Value], float]
) -> tuple[Fact, ...]:
    """Return the facts of the rules, those that a second reading doubts as uncertain, unless the note itself doubts the same elsewhere."""
    hedged = {(fact.name, fact.value) for fact in facts if fact.status is Status.UNCERTAIN}
    return tuple(
        replace(
            fact,
            status=Status.UNCERTAIN,
            confidence=_confidence(doubted[fact.name, fact.value]),
            qualifiers=(*fact.qualifiers, DOUBTED),
        )
        if fact.status is Status.PRESENT and (fact.name, fact.value) in doubted.keys() - hedged
        else fact
        for fact in facts
    )


def _confidence(probability: float) -> float:
    return round(min(max(probability, _CLIP), 1 - _CLIP), _DIGITS)


def with_learned(facts: Sequence[Fact], learned: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts of the rules with what was added, each behind the others of its name.

    A fact that the rules give without its size gives way to one that has it.
    """
    if not learned:
        return tuple(facts)
    sized = {(fact.name, fact.status) for fact in learned if not _is_bare(fact)}
    kept = [fact for fact in facts if not (_is_bare(fact) and (fact.name, fact.status) in sized)]
    for fact in learned:
        last = max((at for at, each in enumerate(kept) if each.name == fact.name), default=None)
        kept.insert(_before_signals(kept) if last is None else last + 1, fact)
    return tuple(kept)


def as_signals(learned: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return what was added as signals for the decision table, which may ask because of it but sees no fact that no rule gave."""
    return tuple(
        replace(fact, name=f"{LEARNED_SIGNAL}{fact.name}", signal=True) for fact in learned
    )


def load_second_reader(folder: Path, rules: SecondReaderFile) -> SecondReader:
    """Load a stored second reader.

    Args:
        folder: Holds its manifest and its weights.
        rules: What it is asked for.

    Raises:
        ModelError: Something is missing or damaged, or the model was trained on other features.
    """
    numbers, stamp = read_numbers(folder, ReaderNumbers, FEATURES, "the second reader")
    return SecondReader(numbers, rules, stamp)


def _before_signals(facts: Sequence[Fact]) -> int:
    """Return where a fact of a new name stands: before the signals."""
    return next((at for at, each in enumerate(facts) if each.signal), len(facts))


def _is_bare(fact: Fact) -> bool:
    return isinstance(fact.value, (Dimensions, Measure)) and fact.value.length_cm is None
