"""Weigh everything that was read of a note, where single signs disagree: what was moved, of which donor, and whether one has to ask.

Two multinomial logistic regressions over which facts and signals stand in the note, with which status and where; no word of the note.
``patterns/arbiter.yaml`` says what follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from scribe.errors import ModelError
from scribe.rules.conditions import evaluate
from scribe.suggest.numbers import Logistic, Numbers, odds_of, read_numbers, shares_of
from scribe.types.fact import Dimensions, Evidence, Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Set
    from pathlib import Path

    from scribe.rules.arbiter_schema import ArbiterFile
    from scribe.rules.conditions import Scope
    from scribe.suggest.numbers import Features
    from scribe.suggest.reader.hearing import Key, Sound
    from scribe.types.analysis import Stamp
    from scribe.types.fact import Fact, Value

FEATURES: Final = 2
"""Version of what ``fact_features`` and ``heard_features`` return; raise it with every change there, and train again."""
TITLE: Final = "the arbiter"
OTHER: Final = "other"
"""The class of all donors that have none of their own."""


class ArbiterNumbers(Numbers):
    """Everything that the arbiter's answer depends on, beside ``patterns/arbiter.yaml``.

    Attributes:
        classes: What became of bone and skin; classes that exclude each other.
        donors: Which bone was moved, where one was; the same.
    """

    classes: Annotated[dict[str, Logistic], Field(min_length=2)]
    donors: Annotated[dict[str, Logistic], Field(min_length=2)]

    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each class, and of each donor behind that word."""
        donors = shares_of(self.donors, features)
        return shares_of(self.classes, features) | {
            f"donor {name}": share for name, share in donors.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What the arbiter makes of a note.

    Attributes:
        chances: Probability of each class; together 1.
        donors: Probability of each donor; together 1.
        evidence: By class, the words that speak most for it.
    """

    chances: Mapping[str, float]
    donors: Mapping[str, float]
    evidence: Mapping[str, tuple[Evidence, ...]] = field(repr=False)

    @property
    def best(self) -> str:
        """The most probable class."""
        return max(self.chances, key=lambda name: self.chances[name])

    @property
    def donor(self) -> str:
        """The most probable donor."""
        return max(self.donors, key=lambda name: self.donors[name])


class Arbiter:
    """Weighs facts, signals and what the other models hear."""

    def __init__(
        self, numbers: ArbiterNumbers, rules: ArbiterFile, stamp: Stamp | None = None
    ) -> None:
        """Join the numbers, and what an analysis calls them, with the rules of what follows."""
        self.numbers = numbers
        self.rules = rules
        self.stamp = stamp

    def weigh(
        self, scope: Scope, heard: Mapping[Key, Sound], answers: Mapping[str, float]
    ) -> Weighing | None:
        """Return how probable each class is, or None for a note that is not considered.

        Args:
            scope: All facts and signals of the note.
            heard: What the second reader hears.
            answers: What the judge of skin finds probable; empty where it was not asked.
        """
        if not evaluate(self.rules.considers, scope).holds:
            return None
        features = arbiter_features(scope, heard, answers, self.rules)
        return Weighing(
            chances=shares_of(self.numbers.classes, features),
            donors=shares_of(self.numbers.donors, features),
            evidence=self._evidence(scope),
        )

    def _evidence(self, scope: Scope) -> dict[str, tuple[Evidence, ...]]:
        """Return for each class the first words of the facts that speak most for it."""
        told = [(fact, fact_features(fact, scope.title_sections)) for fact in scope.facts]
        chosen = {}
        for name in self.numbers.classes:
            pulls = [(self._pull(name, features), fact) for fact, features in told]
            ranked = sorted(
                ((pull, fact) for pull, fact in pulls if pull > 0), key=lambda each: -each[0]
            )
            places = dict.fromkeys(fact.evidence[0] for _, fact in ranked)
            chosen[name] = tuple(places)[: self.rules.most_evidence]
        return chosen

    def _pull(self, name: str, features: Features) -> float:
        """Return how much more features speak for a class than for the best other one."""
        odds = {
            each: sum(numbers.weights.get(key, 0.0) * value for key, value in features.items())
            for each, numbers in self.numbers.classes.items()
        }
        return odds.pop(name) - max(odds.values())


def arbiter_features(
    scope: Scope, heard: Mapping[Key, Sound], answers: Mapping[str, float], rules: ArbiterFile
) -> Features:
    """Return everything that the arbiter sees of a note.

    Args:
        scope: All facts and signals.
        heard: What the second reader hears.
        answers: What the judge of skin finds probable.
        rules: Which facts it hears of.
    """
    features: Features = {}
    for fact in scope.facts:
        features |= fact_features(fact, scope.title_sections)
    return features | heard_features(heard, rules.hears) | judge_features(answers)


def fact_features(fact: Fact, titles: Set[str]) -> Features:
    """Return what is seen of one fact or signal: its name, value, status, place and what it falls short of."""
    named, status = f"{fact.name}", fact.status.value
    value = _kind_of(fact.value)
    features = {f"{named}|{status}": 1.0}
    if value is not None:
        is_title = all(place.section in titles for place in fact.evidence)
        features[f"{named}={value}|{status}"] = 1.0
        features[f"{named}={value}|{status}|{'title' if is_title else 'body'}"] = 1.0
    for qualifier in fact.qualifiers:
        features[f"{named}|{qualifier}"] = 1.0
    return features


def heard_features(heard: Mapping[Key, Sound], names: Iterable[str]) -> Features:
    """Return how loudly some facts are heard: each value in words, and of sizes and numbers the loudest."""
    wanted = frozenset(names)
    features: Features = {}
    for (name, value, status), sound in heard.items():
        if name not in wanted:
            continue
        kind = _kind_of(value)
        told = kind if isinstance(value, str | bool | None) else "measured"
        key = f"heard {name}={told}|{status.value}"
        features[key] = max(sound.odds, features.get(key, sound.odds))
    return features


def judge_features(answers: Mapping[str, float]) -> Features:
    """Return what the judge of skin says, as log odds; that it was not asked is a feature, too."""
    if not answers:
        return {"skin judge silent": 1.0}
    return {f"skin judge {name}": odds_of(share) for name, share in answers.items()}


def class_of_donor(donor: Value, rules: ArbiterFile) -> str:
    """Return the class that stands for a donor."""
    return str(donor) if donor in rules.donors else OTHER


def load_arbiter(folder: Path, rules: ArbiterFile) -> Arbiter:
    """Load a stored arbiter.

    Args:
        folder: Holds its manifest and its weights.
        rules: What follows from its answers.

    Raises:
        ModelError: Something is missing or damaged, or the model was trained on other features, or tells other classes than the rules.
    """
    numbers, stamp = read_numbers(folder, ArbiterNumbers, FEATURES, TITLE)
    unknown = sorted({*rules.against, *rules.skin, rules.outside} - numbers.classes.keys())
    unknown += sorted({*rules.donors, OTHER} - numbers.donors.keys())
    if unknown:
        told = ", ".join((*sorted(numbers.classes), *sorted(numbers.donors)))
        msg = f"patterns/arbiter.yaml names {', '.join(unknown)}, which the arbiter does not tell; its classes are {told}"
        raise ModelError(msg)
    return Arbiter(numbers, rules, stamp)


def _kind_of(value: Value) -> str | None:
    """Return a value as a feature names it; None for a number, which says nothing by itself."""
    if isinstance(value, Dimensions | Measure):
        return "bare" if value.length_cm is None else "sized"
    if value is None or isinstance(value, str | bool):
        return str(value)
    return None
