"""``manifest.json``: what a learned model is, what it was made from, and every number that is not a weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import Field, ValidationError

from scribe.errors import ModelError
from scribe.rules.condition_schema import Share, Strict

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"
_Kind = TypeVar("_Kind", bound=Strict)


class FeatureStamp(Strict):
    """The features that a model was trained on, in the order of a row."""

    version: int
    names: tuple[str, ...]


class WeightsStamp(Strict):
    """The file of numbers that an analysis evaluates."""

    file: Annotated[str, Field(pattern=r"^[a-z_]+\.json$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ArtifactStamp(Strict):
    """The fitted estimator, as skops stored it.

    Attributes:
        untrusted: The types in it that skops does not trust by itself; loading accepts exactly these.
        weights: The numbers read from it.
    """

    file: Annotated[str, Field(pattern=r"^[a-z_]+\.skops$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    untrusted: tuple[str, ...]
    weights: WeightsStamp


class Policy(Strict):
    """How probabilities become an opinion and a confidence.

    Attributes:
        suggest: Least probability of a code that the model alone would suggest.
        none: Least probability of "none" at which the model alone would say so; between the two it would ask.
        open: Least probability of a code that the model alone would leave open.
        hold_back: A code of the table that the model finds less probable than this is not suggested but left open.
        intercept: With ``slope``, the calibration: confidence = logistic(intercept + slope * log odds of the support).
        slope: See ``intercept``.
        clip: Support is kept this far from 0 and from 1.
    """

    suggest: Share
    none: Share
    open: Share
    hold_back: Share
    intercept: float
    slope: float
    clip: Annotated[float, Field(gt=0.0, lt=0.5)]


class Reference(Strict):
    """One row of features with the probability that the estimator gave it when it was made."""

    features: tuple[float, ...]
    probability: Share


class Manifest(Strict):
    """A learned model, apart from its weights.

    Attributes:
        version: Year of the rules it was trained with, and its own number.
        rules: Version and hash of the rule pack of the training.
        libraries: Versions of the libraries that wrote the artifact.
        data: SHA-256 over the notes and labels of the training.
        reference: Rows whose probabilities are checked when the weights are loaded.
    """

    version: str
    features: FeatureStamp
    artifact: ArtifactStamp
    policy: Policy
    rules: dict[str, str]
    libraries: dict[str, str]
    data: str
    reference: Annotated[tuple[Reference, ...], Field(min_length=1)]


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a model whose weights are a file of their own.

    Raises:
        ModelError: It is missing or does not say what it must.
    """
    return read_stored(folder, Manifest)


def read_stored(folder: Path, kind: type[_Kind]) -> _Kind:
    """Read a manifest of a kind.

    Raises:
        ModelError: It is missing or does not say what it must.
    """
    try:
        return kind.model_validate_json((folder / NAME).read_bytes())
    except OSError as error:
        msg = f"the learned model has no {NAME}; reinstall opnote-scribe, or run make train"
        raise ModelError(msg) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "top level"
        msg = f"the learned model's {NAME}, {where}: {first['msg']}; reinstall, or run make train"
        raise ModelError(msg) from error
