"""How answers are held against labels, as data: ``patterns/evaluation.yaml``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from scribe.rules.condition_schema import Share, Strict


class Over(StrEnum):
    """What a figure is a share of: whole notes, things inside notes, or something else."""

    NOTES = "notes"
    THINGS = "things"
    OTHER = "other"


class Better(StrEnum):
    """Which way a figure gets better."""

    HIGH = "high"
    LOW = "low"


class FigureRule(Strict):
    """One figure of an evaluation.

    Attributes:
        label: How tables call it.
        over: What it is counted over; decides how its interval is found.
        better: Which way it gets better.
        headline: Whether it stands in the README, and must not get worse from one version to the next.
        proportion: False where it may be more than 1.
        meaning: One or two sentences for the documentation.
    """

    label: str
    over: Over
    better: Better
    headline: bool = False
    proportion: bool = True
    meaning: str


class Parts(Strict):
    """How a value of several parts is compared.

    Attributes:
        same: Parts that must be equal.
        contained: Parts where one name may contain the other.
        detail: Parts that are counted on their own.
    """

    same: tuple[str, ...]
    contained: tuple[str, ...]
    detail: tuple[str, ...]


class EvaluationFile(Strict):
    """``evaluation.yaml``: when values agree, and what the figures mean."""

    tolerance: Annotated[float, Field(ge=0)]
    contained: tuple[str, ...]
    parts: dict[str, Parts]
    same_names: dict[str, str]
    resamples: Annotated[int, Field(ge=100)]
    seed: int
    bins: Annotated[int, Field(ge=2)]
    slack: Share
    least_labels: int
    figures: dict[str, FigureRule]

    @property
    def headline(self) -> tuple[str, ...]:
        """The figures of the README."""
        return tuple(name for name, rule in self.figures.items() if rule.headline)
