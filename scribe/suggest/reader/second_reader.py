"""Read a note a second time, and add the facts that the rules missed and that are probable enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from scribe.rules.conditions import evaluate
from scribe.suggest.numbers import read_numbers
from scribe.suggest.reader.candidates import Candidate, CandidateFinder
from scribe.suggest.reader.features import FEATURES
from scribe.suggest.reader.weights import ReaderNumbers
from scribe.types.fact import (
    LEARNED,
    LEARNED_SIGNAL,
    Dimensions,
    Evidence,
    Fact,
    Measure,
    Status,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scribe.rules.conditions import Scope
    from scribe.rules.second_reader_schema import SecondReaderFile
    from scribe.types.analysis import Stamp
    from scribe.types.fact import Barred
    from scribe.types.mention import ParsedNote

DOUBTED: Final = "doubted"
"""Qualifier of a fact of the rules that a second reading does not bear out."""
_DIGITS = 3
_CLIP = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a second reading finds.

    Attributes:
        added: Facts that the rules missed, in order of the rule file.
        doubted: Present facts of the rules that nothing in the note makes probable, by name and value.
    """

    added: tuple[Fact, ...] = ()
    doubted: frozenset[tuple[str, Value]] = frozenset()


class SecondReader:
    """Adds facts that no rule gave, and doubts some that a rule gave; it takes none away."""

    def __init__(
        self, numbers: ReaderNumbers, rules: SecondReaderFile, stamp: Stamp | None = None
    ) -> None:
        """Join the numbers, and what an analysis calls them, with what is asked for."""
        self.numbers = numbers
        self.rules = rules
        self.stamp = stamp
        self._finder = CandidateFinder(numbers, rules)
        self._checked = frozenset(
            name for name, asked in rules.facts.items() if asked.doubted_below
        )

    def candidates(self, parsed: ParsedNote, facts: Sequence[Fact]) -> list[Candidate]:
        """Return everything that the note might say beside the facts of the rules, however improbable."""
        return self._finder.find(parsed, facts)

    def read(self, parsed: ParsedNote, scope: Scope, barred: Barred | None = None) -> Reading:
        """Return the facts that the rules missed, and those of theirs that it doubts.

        Args:
            parsed: The note.
            scope: The facts and signals of the rules.
            barred: Where the rules say that a fact only seems to be told.
        """
        if not evaluate(self.rules.considers, scope).holds:
            return Reading()
        joint, least = self.numbers.joint, self.numbers.least
        beside, again = self._finder.find_and_check(parsed, scope.facts, self._checked)
        chosen: list[tuple[float, Candidate]] = []
        for candidate in beside:
            probability = joint.probability(candidate.features)
            if (
                probability >= least
                and self._fits(candidate, scope)
                and not _stands_open(candidate, parsed)
                and not _is_barred(candidate, barred or {})
            ):
                chosen.append((probability, candidate))
        return Reading(
            added=tuple(
                self._fact(candidate, probability, parsed)
                for probability, candidate in self._without_rivals(chosen)
            ),
            doubted=frozenset(
                (candidate.name, candidate.value)
                for candidate in again
                if candidate.status is Status.PRESENT
                and joint.probability(candidate.features)
                < self.rules.facts[candidate.name].doubted_below
            ),
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
            confidence=round(min(max(probability, _CLIP), 1 - _CLIP), _DIGITS),
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


def with_doubts(facts: Sequence[Fact], doubted: frozenset[tuple[str, Value]]) -> tuple[Fact, ...]:
    """Return the facts of the rules, those that a second reading doubts as uncertain, unless the note itself doubts the same elsewhere."""
    hedged = {(fact.name, fact.value) for fact in facts if fact.status is Status.UNCERTAIN}
    return tuple(
        replace(fact, status=Status.UNCERTAIN, qualifiers=(*fact.qualifiers, DOUBTED))
        if fact.status is Status.PRESENT and (fact.name, fact.value) in doubted - hedged
        else fact
        for fact in facts
    )


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
