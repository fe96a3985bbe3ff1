"""Open the artifact of a model, distrustfully: the estimator as scikit-learn fitted it and skops stored it.

An analysis does not: it evaluates ``weights.json``, whose numbers were read from here. Training, and the test that both answer alike, do.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from scribe.errors import ModelError
from scribe.suggest.weights import MEND, Weights, read_checked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def load_estimator(path: Path, sha256: str, untrusted: Sequence[str]) -> Any:
    """Load the fitted estimator of a model.

    Args:
        path: The artifact.
        sha256: Its hash, as the manifest names it.
        untrusted: The types in it that skops does not trust by itself, as the manifest names them.

    Raises:
        ModelError: The file is missing, is not the one that the manifest names, holds types that it does not name, or cannot be read.
    """
    content = read_checked(path.parent, path.name, sha256)
    from skops.io import get_untrusted_types, loads

    expected = sorted(untrusted)
    try:
        found = sorted(get_untrusted_types(data=content))
        if found != expected:
            msg = f"{path.name} holds other types than the manifest names; {MEND}"
            raise ModelError(msg)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other library versions: its answers are checked
            return loads(content, trusted=expected)
    except ModelError:
        raise
    except Exception as error:  # skops names no common error for a damaged file
        msg = f"{path.name} cannot be read by the installed libraries; {MEND}"
        raise ModelError(msg) from error


def weights_of(estimator: Any, sha256: str) -> Weights:
    """Return the numbers of a fitted estimator: one logistic regression under one sigmoid.

    Args:
        estimator: As ``load_estimator`` gives it.
        sha256: Hash of the file that it came from.

    Raises:
        ModelError: It is of another kind.
    """
    try:
        (calibrated,) = estimator.calibrated_classifiers_
        (sigmoid,) = calibrated.calibrators
        regression = calibrated.estimator
        (coefficients,) = regression.coef_.tolist()
        (intercept,) = regression.intercept_.tolist()
        slope, offset = float(sigmoid.a_), float(sigmoid.b_)
    except (AttributeError, TypeError, ValueError) as error:
        msg = f"the learned model is no logistic regression under one sigmoid; {MEND}"
        raise ModelError(msg) from error
    return Weights(
        of=sha256,
        coefficients=tuple(coefficients),
        intercept=intercept,
        slope=slope,
        offset=offset,
    )


def probabilities(estimator: Any, rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return what the estimator itself says of rows of features."""
    return tuple(float(pair[1]) for pair in estimator.predict_proba([list(row) for row in rows]))
