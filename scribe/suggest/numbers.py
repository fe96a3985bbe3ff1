"""Learned models whose numbers are evaluated in plain Python: their two files, and what is checked when they are read.

Some thousand numbers need no library: they are read as JSON, and nothing heavy is loaded for them.
"""

from __future__ import annotations

import hashlib
import json
import math
from abc import abstractmethod
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

from pydantic import Field, ValidationError

from scribe.errors import ModelError
from scribe.rules.condition_schema import Share, Strict
from scribe.suggest.manifest import WeightsStamp, read_stored
from scribe.types.analysis import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WEIGHTS: Final = "weights.json"
_LOWEST: Final = -700.0  # the exponential of more would be too large a number
_TOLERANCE: Final = 1e-6
_HASH_CHARS: Final = 12
_MEND: Final = "reinstall opnote-scribe, or run make train"

Features = dict[str, float]
"""What is not 0, by name."""


class Logistic(Strict):
    """One logistic regression.

    Attributes:
        intercept: Log odds without any feature.
        weights: Log odds that each feature adds; an unknown one adds nothing.
    """

    intercept: float
    weights: dict[str, float]

    def odds(self, features: Mapping[str, float]) -> float:
        """Return the log odds of a row of features."""
        weights = self.weights
        odds = self.intercept
        for name, value in features.items():
            odds += weights.get(name, 0.0) * value
        return odds

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability of a row of features."""
        return logistic(self.odds(features))


class Numbers(Strict):
    """Everything that the answer of a model depends on, beside its file in ``patterns/``.

    Attributes:
        features: Version of the features that it was fitted to.
    """

    features: int

    @abstractmethod
    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return every probability that the model gives a row of features, by name."""

    def sha256(self) -> str:
        """Return the hash of the numbers, whatever the layout of their file."""
        written = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()


class NumbersReference(Strict):
    """One row of features with the answers that it got when the model was made."""

    features: Features
    answers: dict[str, Share]


class NumbersManifest(Strict):
    """``manifest.json`` of such a model.

    Attributes:
        version: Year of the rules it was trained with, and version of its features.
        weights: The file of its numbers; the hash is of the numbers, not of the layout.
        rules: Version and hash of the rule pack of the training.
        libraries: Versions of the libraries that fitted the numbers.
        data: SHA-256 over what it was trained on.
        reference: Rows whose answers are checked when the model is read.
    """

    version: str
    weights: WeightsStamp
    rules: dict[str, str]
    libraries: dict[str, str]
    data: str
    reference: Annotated[tuple[NumbersReference, ...], Field(min_length=1)]


_Kind = TypeVar("_Kind", bound=Numbers)


def read_numbers(folder: Path, kind: type[_Kind], features: int, title: str) -> tuple[_Kind, Stamp]:
    """Read the numbers of a stored model.

    Args:
        folder: Holds its manifest and its numbers.
        kind: Of the numbers.
        features: Version of the features that this scribe has.
        title: What the model is called in an error.

    Returns: The numbers, and the version and short hash that an analysis names.

    Raises:
        ModelError: A file is missing or damaged, or the numbers are of other features or give other answers than when they were made.
    """
    manifest = read_stored(folder, NumbersManifest)
    stamp = manifest.weights
    try:
        numbers = kind.model_validate_json((folder / stamp.file).read_bytes())
    except (OSError, ValidationError) as error:
        msg = f"the {stamp.file} of {title} is missing or damaged; {_MEND}"
        raise ModelError(msg) from error
    if numbers.sha256() != stamp.sha256:
        msg = f"{title} holds other numbers than its hash says; {_MEND}"
        raise ModelError(msg)
    if numbers.features != features:
        msg = f"{title} was trained on features {numbers.features}, scribe has features {features}; {_MEND}"
        raise ModelError(msg)
    for each in manifest.reference:
        told = numbers.answers(each.features)
        is_same = told.keys() == each.answers.keys() and all(
            abs(told[name] - share) <= _TOLERANCE for name, share in each.answers.items()
        )
        if not is_same:
            msg = f"{title} answers otherwise than when it was made; {_MEND}"
            raise ModelError(msg)
    return numbers, Stamp(version=manifest.version, hash=stamp.sha256[:_HASH_CHARS])


def logistic(odds: float) -> float:
    """Turn log odds into a probability."""
    return 1 / (1 + math.exp(-max(odds, _LOWEST)))
