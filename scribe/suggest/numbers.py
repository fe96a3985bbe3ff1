"""How learned models are stored: their numbers, which are evaluated in plain Python, and what is checked when they are read.

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
from scribe.types.analysis import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST: Final = "manifest.json"
WEIGHTS: Final = "weights.json"
_LOWEST: Final = -700.0  # the exponential of more would be too large a number
_TOLERANCE: Final = 1e-6
_CLIP: Final = 1e-4  # log odds end here
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


def shares_of(classes: Mapping[str, Logistic], features: Mapping[str, float]) -> dict[str, float]:
    """Return the probability of each of several classes that exclude each other; together 1."""
    odds = {name: each.odds(features) for name, each in classes.items()}
    most = max(odds.values())
    shares = {name: math.exp(value - most) for name, value in odds.items()}
    whole = sum(shares.values())
    return {name: share / whole for name, share in shares.items()}


class Multinomial(Numbers):
    """One multinomial logistic regression: classes that exclude each other.

    Attributes:
        classes: Log odds of a class, up to a number that all classes share.
    """

    classes: Annotated[dict[str, Logistic], Field(min_length=2)]

    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each class."""
        return shares_of(self.classes, features)


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class WeightsStamp(Strict):
    """The file of numbers that an analysis evaluates; the hash is of the numbers, not of the layout."""

    file: Annotated[str, Field(pattern=r"^[a-z_]+\.json$")]
    sha256: Sha256


class EstimatorStamp(Strict):
    """The fitted estimator as skops stored it, where one is shipped beside its numbers.

    Attributes:
        untrusted: The types in it that skops does not trust by itself; who opens it accepts exactly these.
    """

    file: Annotated[str, Field(pattern=r"^[a-z_]+\.skops$")]
    sha256: Sha256
    untrusted: tuple[str, ...]


class Reference(Strict):
    """One row of features with the answers that it got when the model was made."""

    features: Features
    answers: dict[str, Share]


class Manifest(Strict):
    """``manifest.json``: what a model is and what it was made from.

    Attributes:
        version: Year of the rules it was trained with, and version of its features.
        weights: The file of its numbers.
        estimator: What the numbers were read from, where it is shipped, too.
        rules: Version and hash of the rule pack of the training.
        libraries: Versions of the libraries that fitted the numbers.
        data: SHA-256 over what it was trained on.
        reference: Rows whose answers are checked when the model is read.
    """

    version: str
    weights: WeightsStamp
    estimator: EstimatorStamp | None = None
    rules: dict[str, str]
    libraries: dict[str, str]
    data: str
    reference: Annotated[tuple[Reference, ...], Field(min_length=1)]


_Kind = TypeVar("_Kind", bound=Strict)
_Numbers = TypeVar("_Numbers", bound=Numbers)


def read_numbers(
    folder: Path, kind: type[_Numbers], features: int, title: str
) -> tuple[_Numbers, Stamp]:
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
    manifest = read_manifest(folder, title)
    stamp = manifest.weights
    numbers = _read(folder / stamp.file, kind, title)
    if manifest.estimator is not None:
        read_checked(folder / manifest.estimator.file, manifest.estimator.sha256, title)
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


def read_manifest(folder: Path, title: str) -> Manifest:
    """Read the manifest of a stored model.

    Raises:
        ModelError: It is missing or does not say what it must.
    """
    return _read(folder / MANIFEST, Manifest, title)


def read_checked(path: Path, sha256: str, title: str) -> bytes:
    """Read a file of a model, if it is the one that is meant.

    Raises:
        ModelError: It is missing or has another hash.
    """
    content = _bytes_of(path, title)
    if hashlib.sha256(content).hexdigest() != sha256:
        msg = f"the {path.name} of {title} is not the file that the manifest names; {_MEND}"
        raise ModelError(msg)
    return content


def _read(path: Path, kind: type[_Kind], title: str) -> _Kind:
    content = _bytes_of(path, title)
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "top level"
        msg = f"the {path.name} of {title}, {where}: {first['msg']}; {_MEND}"
        raise ModelError(msg) from error


def _bytes_of(path: Path, title: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{title} has no {path.name}; {_MEND}"
        raise ModelError(msg) from error


def logistic(odds: float) -> float:
    """Turn log odds into a probability."""
    return 1 / (1 + math.exp(-max(odds, _LOWEST)))


def odds_of(probability: float) -> float:
    """Return log odds that are never without end."""
    kept = min(max(probability, _CLIP), 1 - _CLIP)
    return math.log(kept / (1 - kept))
