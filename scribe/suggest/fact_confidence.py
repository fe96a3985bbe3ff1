"""How probable it is that a fact is right: a logistic regression over which rule found it, how often, and how sure."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from scribe.suggest.numbers import Logistic, Numbers, read_numbers
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from scribe.suggest.numbers import Features
    from scribe.types.analysis import Stamp
    from scribe.types.fact import Fact

FEATURES: Final = 1
"""Version of what ``fact_features`` returns; raise it with every change there, and train again."""
_MOST_RIVALS: Final = 3
_MOST_OTHERS: Final = 2
_DIGITS: Final = 3


class FactNumbers(Numbers):
    """Everything that a confidence depends on.

    Attributes:
        statuses: Of the facts that are judged; facts of another status keep the confidence of their rule.
        clip: Confidences, of the rule and learned, are kept this far from 0 and from 1.
        right: The regression.
    """

    statuses: tuple[Status, ...]
    clip: Annotated[float, Field(gt=0.0, lt=0.5)]
    right: Logistic

    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability that a fact is right, from its features."""
        return {"right": self.right.probability(features)}


class FactConfidence:
    """Turns the confidence that rules state into the share of such facts that was right among the labelled notes."""

    def __init__(self, numbers: FactNumbers, stamp: Stamp | None = None) -> None:
        """Take the numbers as they are, and what an analysis calls them."""
        self.numbers = numbers
        self.stamp = stamp

    def judge(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """Return the facts, each with its learned confidence.

        Signals, facts of other statuses and facts that were never labelled keep the confidence of their rule; what a judge gave keeps
        the judge's.
        """
        numbers = self.numbers
        return tuple(
            replace(fact, confidence=self.confidence(features))
            if fact.status in numbers.statuses
            and not fact.is_learned
            and _named(fact.name) in numbers.right.weights
            else fact
            for fact, features in zip(facts, fact_features(facts, numbers.clip), strict=True)
        )

    def confidence(self, features: Mapping[str, float]) -> float:
        """Return the confidence of a fact with these features; unknown ones add nothing."""
        clip = self.numbers.clip
        return round(min(max(self.numbers.right.probability(features), clip), 1 - clip), _DIGITS)


def load_fact_confidence(folder: Path) -> FactConfidence:
    """Read a stored model.

    Raises:
        ModelError: A file is missing or damaged, or the numbers are of other features or give other answers than when they were made.
    """
    return FactConfidence(*read_numbers(folder, FactNumbers, FEATURES, "the confidence of facts"))


def fact_features(facts: Iterable[Fact], clip: float) -> list[Features]:
    """Return what the learned confidence sees of each fact: which rule found it, how often, and how sure; no word of the note.

    Args:
        facts: All facts of one note; how many values compete for one name counts.
        clip: Confidence of a rule is kept this far from 0 and from 1.
    """
    told = tuple(facts)
    values = Counter((fact.name, fact.status) for fact in told)
    names = Counter(fact.name for fact in told)
    return [
        _features(fact, values[fact.name, fact.status], names[fact.name], clip) for fact in told
    ]


def _features(fact: Fact, rivals: int, named: int, clip: float) -> Features:
    stated = min(max(fact.confidence, clip), 1 - clip)
    features = {
        "stated": math.log(stated / (1 - stated)),
        _named(fact.name): 1.0,
        f"status={fact.status.value}": 1.0,
        f"rule={fact.rule}": 1.0,
        f"values={min(rivals, _MOST_RIVALS)}": 1.0,
    }
    if len(fact.evidence) > 1:
        features["places"] = math.log(len(fact.evidence))
    if named > rivals:
        features["other_status"] = float(min(named - rivals, _MOST_OTHERS))
    for qualifier in fact.qualifiers:
        features[f"qualifier={qualifier}"] = 1.0
    return features


def _named(name: str) -> str:
    return f"name={name}"
