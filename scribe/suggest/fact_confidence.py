"""How probable it is that a fact is right: a logistic regression whose numbers all stand in its manifest.

A few hundred numbers need no library: they are read as JSON, and nothing heavy is loaded for them.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from scribe.errors import ModelError
from scribe.rules.condition_schema import Share, Strict
from scribe.suggest.manifest import read_stored
from scribe.types.analysis import Stamp
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from scribe.types.fact import Fact

FEATURES: Final = 1
"""Version of what ``fact_features`` returns; raise it with every change there, and train again."""
_MOST_RIVALS: Final = 3
_MOST_OTHERS: Final = 2
_TOLERANCE: Final = 1e-6
_HASH_CHARS: Final = 12
_MEND: Final = "reinstall opnote-scribe, or run make train"

Features = dict[str, float]
"""What is not 0, by name."""


class Numbers(Strict):
    """Everything that a confidence depends on.

    Attributes:
        features: Version of the features.
        statuses: Of the facts that are judged; facts of another status keep the confidence of their rule.
        clip: Confidences, of the rule and learned, are kept this far from 0 and from 1.
        intercept: Log odds of a fact without any feature.
        weights: Log odds that each feature adds.
    """

    features: int
    statuses: tuple[Status, ...]
    clip: Annotated[float, Field(gt=0.0, lt=0.5)]
    intercept: float
    weights: dict[str, float]

    def sha256(self) -> str:
        """Return the hash of the numbers, whatever the layout of their file."""
        written = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()


class Reference(Strict):
    """Features of one fact with the confidence that they gave when the model was made."""

    features: Features
    confidence: Share


class FactManifest(Strict):
    """``manifest.json`` of the learned confidence of facts.

    Attributes:
        version: Year of the rules it was trained with, and its own number.
        sha256: Of the numbers.
        rules: Version and hash of the rule pack of the training.
        libraries: Versions of the libraries that fitted the numbers.
        data: SHA-256 over the notes and labels of the training.
        reference: Facts whose confidences are checked when the model is read.
    """

    version: str
    numbers: Numbers
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    rules: dict[str, str]
    libraries: dict[str, str]
    data: str
    reference: Annotated[tuple[Reference, ...], Field(min_length=1)]


class FactConfidence:
    """Turns the confidence that rules state into the share of such facts that was right among the labelled notes."""

    def __init__(self, numbers: Numbers) -> None:
        """Take the numbers as they are."""
        self.numbers = numbers

    def judge(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """Return the facts, each with its learned confidence.

        Signals, facts of other statuses and facts that were never labelled keep the confidence of their rule.
        """
        numbers = self.numbers
        return tuple(
            replace(fact, confidence=self.confidence(features))
            if fact.status in numbers.statuses and _named(fact.name) in numbers.weights
            else fact
            for fact, features in zip(facts, fact_features(facts, numbers.clip), strict=True)
        )

    def confidence(self, features: Mapping[str, float]) -> float:
        """Return the confidence of a fact with these features; unknown ones add nothing."""
        numbers = self.numbers
        weights = numbers.weights
        odds = numbers.intercept
        for name, value in features.items():
            odds += weights.get(name, 0.0) * value
        sure = 1 / (1 + math.exp(-odds))
        return round(min(max(sure, numbers.clip), 1 - numbers.clip), 3)


def load_fact_confidence(folder: Path) -> tuple[FactConfidence, Stamp]:
    """Read a stored model.

    Returns: The model, and the version and short hash that an analysis names.

    Raises:
        ModelError: The manifest is missing or damaged, or its numbers are of other features or give other answers than when they were made.
    """
    manifest = read_stored(folder, FactManifest)
    if manifest.numbers.sha256() != manifest.sha256:
        msg = f"the confidence of facts holds other numbers than its hash says; {_MEND}"
        raise ModelError(msg)
    if manifest.numbers.features != FEATURES:
        msg = (
            f"the confidence of facts was trained on features {manifest.numbers.features}, scribe has"
            f" features {FEATURES}; {_MEND}"
        )
        raise ModelError(msg)
    model = FactConfidence(manifest.numbers)
    for each in manifest.reference:
        if abs(model.confidence(each.features) - each.confidence) > _TOLERANCE:
            msg = f"the confidence of facts answers otherwise than when it was made; {_MEND}"
            raise ModelError(msg)
    stamp = Stamp(version=manifest.version, hash=manifest.sha256[:_HASH_CHARS])
    return model, stamp


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
