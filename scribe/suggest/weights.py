"""``weights.json``: the numbers of a fitted model, read from its artifact once, so that an analysis needs no library to score a pair."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, FiniteFloat, ValidationError

from scribe.errors import ModelError
from scribe.rules.condition_schema import Strict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scribe.suggest.manifest import Manifest

MEND = "reinstall opnote-scribe, or run make train"
NAME = "weights.json"


class Weights(Strict):
    """A logistic regression with a sigmoid over its score.

    The probability of a row is ``logistic(-(slope * score + offset))`` with ``score = intercept + sum(coefficient * feature)``.

    Attributes:
        of: SHA-256 of the artifact that the numbers were read from.
        coefficients: One a feature, in the order of a row.
        intercept: What a row of zeros scores.
        slope: Of the sigmoid, as scikit-learn writes it: negative where a higher score is more probable.
        offset: Of the sigmoid.
    """

    of: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    coefficients: Annotated[tuple[FiniteFloat, ...], Field(min_length=1)]
    intercept: FiniteFloat
    slope: FiniteFloat
    offset: FiniteFloat

    def probability(self, row: Sequence[float]) -> float:
        """Return the probability that the code of a row is the one that the note documents.

        Raises:
            ValueError: The row has another number of features.
        """
        products = [c * each for c, each in zip(self.coefficients, row, strict=True) if each]
        return _logistic(-(self.slope * (self.intercept + math.fsum(products)) + self.offset))


def read_weights(folder: Path, manifest: Manifest) -> Weights:
    """Read the numbers of a model.

    Raises:
        ModelError: The file is missing, is not the one that the manifest names, or is of another artifact or of other features.
    """
    stamp = manifest.artifact.weights
    content = read_checked(folder, stamp.file, stamp.sha256)
    try:
        weights = Weights.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "top level"
        msg = f"the learned model's {stamp.file}, {where}: {first['msg']}; {MEND}"
        raise ModelError(msg) from error
    if weights.of != manifest.artifact.sha256:
        msg = f"{stamp.file} was read from another file than {manifest.artifact.file}; {MEND}"
        raise ModelError(msg)
    if len(weights.coefficients) != len(manifest.features.names):
        msg = f"{stamp.file} has {len(weights.coefficients)} coefficients for {len(manifest.features.names)} features; {MEND}"
        raise ModelError(msg)
    return weights


def read_checked(folder: Path, file: str, sha256: str) -> bytes:
    """Read a file of a model, if it is the one that is meant.

    Raises:
        ModelError: It is missing or has another hash.
    """
    try:
        content = (folder / file).read_bytes()
    except OSError as error:
        msg = f"the learned model has no {file}; {MEND}"
        raise ModelError(msg) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        msg = f"{file} is not the file that the manifest names; {MEND}"
        raise ModelError(msg)
    return content


def _logistic(odds: float) -> float:
    """Return 1 / (1 + exp(-odds)) without an overflow."""
    if odds >= 0:
        return 1 / (1 + math.exp(-odds))
    grown = math.exp(odds)
    return grown / (1 + grown)
