"""Whether figures are good enough: against limits that the user sets, or against figures of an earlier run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scribe.errors import GoldError
from scribe.evaluate.as_data import SCHEMA
from scribe.rules.evaluation_schema import Better

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scribe.rules.evaluation_schema import EvaluationFile

_EXACT = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The least that a figure must be, or the most where less is better."""

    figure: str
    value: float


def read_limit(text: str, rules: EvaluationFile) -> Limit:
    """Read ``FIGURE=VALUE``.

    Raises:
        ValueError: It is no figure or no number; the message says what is.
    """
    name, _, number = text.partition("=")
    if name not in rules.figures:
        msg = f"{name!r} is none of {', '.join(rules.figures)}"
        raise ValueError(msg)
    try:
        return Limit(figure=name, value=float(number))
    except ValueError:
        msg = f"{text!r} is not FIGURE=NUMBER, for example {name}=0.95"
        raise ValueError(msg) from None


def broken_limits(
    now: Mapping[str, Any], limits: Iterable[Limit], rules: EvaluationFile
) -> list[str]:
    """Say which limits are broken, in which group of notes.

    Args:
        now: The evaluation as plain data.
        limits: Those to keep; a figure that could not be measured keeps none.
        rules: Which way a figure gets better.
    """
    said = []
    for split, group in now["groups"].items():
        for limit in limits:
            value = group["figures"][limit.figure]["value"]
            is_high = rules.figures[limit.figure].better is Better.HIGH
            if value is None or _worse(value, limit.value, is_high=is_high) > _EXACT:
                side = "under" if is_high else "over"
                said.append(f"{split}: {limit.figure} is {value}, {side} {limit.value:g}")
    return said


def steps_back(
    before: Mapping[str, Any], now: Mapping[str, Any], rules: EvaluationFile
) -> list[str]:
    """Say which headline figures got worse by more than the slack of the rules, in which group of notes.

    Args:
        before: An earlier evaluation as plain data.
        now: The present one.
        rules: Headline figures, slack, and which way a figure gets better.
    """
    said = []
    for split, group in before["groups"].items():
        figures = now["groups"].get(split, {}).get("figures", {})
        for name in rules.headline:
            old = group["figures"].get(name, {}).get("value")
            new = figures.get(name, {}).get("value")
            if old is None:
                continue
            is_high = rules.figures[name].better is Better.HIGH
            if new is None or _worse(new, old, is_high=is_high) > rules.slack + _EXACT:
                said.append(f"{split}: {name} was {old}, is {new}")
    return said


def read_evaluation(path: Path) -> dict[str, Any]:
    """Read figures that ``scribe evaluate --format json`` wrote.

    Raises:
        GoldError: The file cannot be read or is something else.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        data = None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        msg = f"{path}: holds no figures; give a file that scribe evaluate --format json wrote"
        raise GoldError(msg)
    return data


def _worse(value: float, than: float, *, is_high: bool) -> float:
    return than - value if is_high else value - than
