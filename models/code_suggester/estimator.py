"""The fitted estimator as skops stores it: writing it, opening it distrustfully, and reading its numbers.

An analysis does not open it: it evaluates ``weights.json``, whose numbers were read from here. Training does, and the test that both
answer alike.
"""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING, Any, Final

from skops.io import dumps, get_untrusted_types, loads

from scribe.errors import ModelError
from scribe.suggest.numbers import EstimatorStamp, Logistic, read_checked
from scribe.suggest.second_opinion import TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ESTIMATOR: Final = "model.skops"
_MEND: Final = "run make train"


def store_estimator(folder: Path, estimator: Any) -> EstimatorStamp:
    """Write a fitted estimator, and return what a manifest says of it."""
    content = dumps(estimator)
    (folder / ESTIMATOR).write_bytes(content)
    return EstimatorStamp(
        file=ESTIMATOR,
        sha256=hashlib.sha256(content).hexdigest(),
        untrusted=tuple(sorted(get_untrusted_types(data=content))),
    )


def load_estimator(folder: Path, stamp: EstimatorStamp) -> Any:
    """Load a fitted estimator.

    Args:
        folder: Holds it.
        stamp: What the manifest says of it.

    Raises:
        ModelError: The file is missing, is not the one that the manifest names, holds types that it does not name, or cannot be read.
    """
    content = read_checked(folder / stamp.file, stamp.sha256, TITLE)
    expected = sorted(stamp.untrusted)
    try:
        found = sorted(get_untrusted_types(data=content))
        if found != expected:
            msg = f"{stamp.file} holds other types than the manifest names; {_MEND}"
            raise ModelError(msg)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other library versions: its answers are checked
            return loads(content, trusted=expected)
    except ModelError:
        raise
    except Exception as error:  # skops names no common error for a damaged file
        msg = f"{stamp.file} cannot be read by the installed libraries; {_MEND}"
        raise ModelError(msg) from error


def logistic_of(estimator: Any, names: Sequence[str]) -> Logistic:
    """Return the numbers of a fitted estimator, one logistic regression under one sigmoid, which together are one regression.

    Args:
        estimator: As it was fitted.
        names: Of its features, in the order of a row.

    Raises:
        ModelError: It is of another kind, or has another number of features.
    """
    try:
        (calibrated,) = estimator.calibrated_classifiers_
        (sigmoid,) = calibrated.calibrators
        regression = calibrated.estimator
        (coefficients,) = regression.coef_.tolist()
        (intercept,) = regression.intercept_.tolist()
        slope, offset = float(sigmoid.a_), float(sigmoid.b_)
        # scikit-learn writes the sigmoid as 1 / (1 + exp(slope * score + offset)).
        return Logistic(
            intercept=-(slope * intercept + offset),
            weights={name: -slope * each for name, each in zip(names, coefficients, strict=True)},
        )
    except (AttributeError, TypeError, ValueError) as error:
        msg = f"{TITLE} is no logistic regression of its features under one sigmoid; {_MEND}"
        raise ModelError(msg) from error


def probabilities(estimator: Any, rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return what the estimator itself says of rows of features."""
    return tuple(float(pair[1]) for pair in estimator.predict_proba([list(row) for row in rows]))
