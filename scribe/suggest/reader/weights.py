"""The numbers of the second reader: weights of sentences and places, how they are put together, and from when on it speaks."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, ValidationError

from scribe.errors import ModelError
from scribe.rules.condition_schema import Share, Strict
from scribe.suggest.manifest import WeightsStamp, read_stored
from scribe.suggest.reader.features import FEATURES, Features
from scribe.types.analysis import Stamp
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LOWEST: Final = -700.0  # the exponential of more would be too large a number
_TOLERANCE: Final = 1e-6
_HASH_CHARS: Final = 12
_MEND: Final = "reinstall opnote-scribe, or run make train"


class Logistic(Strict):
    """One logistic regression.

    Attributes:
        intercept: Log odds without any feature.
        weights: Log odds that each feature adds; an unknown one adds nothing.
    """

    intercept: float
    weights: dict[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability of a row of features."""
        weights = self.weights
        odds = self.intercept
        for name, value in features.items():
            odds += weights.get(name, 0.0) * value
        return logistic(odds)


class Said(Logistic):
    """Whether a sentence says one value of a fact.

    Attributes:
        name: The fact.
        value: Its value; an empty object is a size that is not given.
        status: ``present`` or ``absent``.
    """

    name: str
    value: str | bool | int | dict[str, float] | None
    status: Status


class Carried(Logistic):
    """Whether a place carries a fact, with the value that stands there.

    Attributes:
        name: The fact.
        values: Words that were labelled as its value.
    """

    name: str
    values: tuple[str, ...]


class ReaderNumbers(Strict):
    """Everything that the second reader's answer depends on, beside ``patterns/second_reader.yaml``.

    Attributes:
        features: Version of the features.
        sentences: One judge a value of a fact.
        places: One judge a fact.
        joint: Puts together what these say of one value of a fact.
        least: From which probability on a fact is added.
    """

    features: int
    sentences: tuple[Said, ...]
    places: tuple[Carried, ...]
    joint: Logistic
    least: Share

    def sha256(self) -> str:
        """Return the hash of the numbers, whatever the layout of their file."""
        written = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()


class ReaderReference(Strict):
    """Features of one candidate with the probability that they gave when the model was made."""

    features: Features
    probability: Share


class ReaderManifest(Strict):
    """``manifest.json`` of the second reader.

    Attributes:
        version: Year of the rules it was trained with, and version of its features.
        weights: The file of its numbers; the hash is of the numbers, not of the layout.
        rules: Version and hash of the rule pack of the training.
        libraries: Versions of the libraries that fitted the numbers.
        data: SHA-256 over the notes and labels of the training.
        reference: Candidates whose probabilities are checked when the model is read.
    """

    version: str
    weights: WeightsStamp
    rules: dict[str, str]
    libraries: dict[str, str]
    data: str
    reference: Annotated[tuple[ReaderReference, ...], Field(min_length=1)]


def logistic(odds: float) -> float:
    """Turn log odds into a probability."""
    return 1 / (1 + math.exp(-max(odds, _LOWEST)))


def load_numbers(folder: Path) -> tuple[ReaderNumbers, Stamp]:
    """Read the numbers of a stored second reader.

    Returns: The numbers, and the version and short hash that an analysis names.

    Raises:
        ModelError: A file is missing or damaged, or the numbers are of other features or give other answers than when they were made.
    """
    manifest = read_stored(folder, ReaderManifest)
    try:
        numbers = ReaderNumbers.model_validate_json((folder / manifest.weights.file).read_bytes())
    except (OSError, ValidationError) as error:
        msg = f"the second reader's {manifest.weights.file} is missing or damaged; {_MEND}"
        raise ModelError(msg) from error
    if numbers.sha256() != manifest.weights.sha256:
        msg = f"the second reader holds other numbers than its hash says; {_MEND}"
        raise ModelError(msg)
    if numbers.features != FEATURES:
        msg = (
            f"the second reader was trained on features {numbers.features}, scribe has features"
            f" {FEATURES}; {_MEND}"
        )
        raise ModelError(msg)
    for each in manifest.reference:
        if abs(numbers.joint.probability(each.features) - each.probability) > _TOLERANCE:
            msg = f"the second reader answers otherwise than when it was made; {_MEND}"
            raise ModelError(msg)
    stamp = Stamp(version=manifest.version, hash=manifest.weights.sha256[:_HASH_CHARS])
    return numbers, stamp
