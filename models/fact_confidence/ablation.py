"""The confidence that rules state, learned ones, and both: each on facts of a voice that the model was not fitted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from models.fact_confidence.learner import every_feature, fit, only_stated, without_stated
from models.figures import brier, calibration_error, log_loss, ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.fact_confidence.examples import Example
    from scribe.suggest.numbers import Features

STATED: Final = "stated"
LEARNED: Final[dict[str, Callable[[Features], Features]]] = {
    "stretched": only_stated,
    "model": without_stated,
    "both": every_feature,
}
CONTENDERS: Final = (STATED, *LEARNED)
_DIGITS: Final = 4

Sureness = dict[str, list[float]]
"""Confidences by contender, in the order of the examples."""


def leave_one_voice_out(examples: Sequence[Example]) -> Sureness:
    """Return what each contender says of each fact, fitted without the voice of that fact."""
    said: Sureness = {name: [] for name in CONTENDERS}
    for voice in dict.fromkeys(each.voice for each in examples):
        others = [each for each in examples if each.voice != voice]
        own = [each for each in examples if each.voice == voice]
        for name, confidences in ask(others, own).items():
            said[name] += confidences
    return said


def ask(seen: Sequence[Example], asked: Sequence[Example]) -> Sureness:
    """Fit every contender on some facts and ask it about others."""
    said: Sureness = {STATED: [each.stated for each in asked]}
    for name, view in LEARNED.items():
        model = fit(seen, view)
        said[name] = [model.confidence(view(each.features)) for each in asked]
    return said


def figures(examples: Sequence[Example], said: Sureness) -> dict[str, Any]:
    """Return the totals of each contender; no word and no name of a note."""
    right = [each.is_right for each in examples]
    return {
        "facts": len(right),
        "right": sum(right),
        **{name: _totals(sure, right) for name, sure in said.items()},
    }


def _totals(sure: Sequence[float], right: Sequence[bool]) -> dict[str, float | None]:
    rank = ranking(sure, right)
    return {
        "mean_confidence": round(sum(sure) / len(sure), _DIGITS),
        "calibration_error": round(calibration_error(sure, right), _DIGITS),
        "brier": round(brier(sure, right), _DIGITS),
        "log_loss": round(log_loss(sure, right), _DIGITS),
        "ranking": None if rank is None else round(rank, _DIGITS),
    }
