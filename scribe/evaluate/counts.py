"""What is counted in one note, and what is told of a miss."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scribe.evaluate.answer import Span

if TYPE_CHECKING:
    from scribe.types.fact import Status

Pair = tuple[int, int]
"""So many of so many, of one figure in one note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Right, surplus and missed, of one fact, status or answer."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    def __add__(self, other: Hits) -> Hits:
        """Add the counts of another."""
        return Hits(
            right=self.right + other.right,
            surplus=self.surplus + other.surplus,
            missed=self.missed + other.missed,
        )

    @property
    def labelled(self) -> int:
        """How often it is labelled."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """Share of what is reported that is right; None when nothing was."""
        return divide(self.right, self.right + self.surplus)

    @property
    def recall(self) -> float | None:
        """Share of what is labelled that was reported; None when nothing is."""
        return divide(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None when there was nothing to judge."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None if precision is recall else 0.0
        both = precision + recall
        return 2 * precision * recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing that is not as labelled, and where to look.

    Attributes:
        kind: What went wrong: ``missed``, ``surplus``, ``status``, ``trap``, ``code``, ``item``, ``finding``,
            ``false finding``, ``elsewhere`` or ``bad span``.
        name: The fact, item or kind of finding.
        expected: What is labelled, in words of the contract.
        got: What is reported.
        span: Where the note says it; None where nothing there does.
    """

    kind: str
    name: str
    expected: str
    got: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What one judge found in one note.

    Attributes:
        pairs: Counts by figure.
        facts: Counts by fact.
        statuses: Counts by status; surplus only for those that labels list in full.
        confusion: How often which status was labelled and which reported.
        items: How often which status of an item was labelled and which reported.
        sureness: Confidence of each judged fact that was reported, and whether it is right.
        misses: One for each thing that is not as labelled.
    """

    pairs: dict[str, Pair] = field(default_factory=dict)
    facts: dict[str, Hits] = field(default_factory=dict)
    statuses: dict[str, Hits] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    items: Counter[tuple[str, str]] = field(default_factory=Counter)
    sureness: tuple[tuple[float, bool], ...] = ()
    misses: tuple[Miss, ...] = ()


def divide(part: float, whole: float) -> float | None:
    """Divide; None when there is nothing to divide by."""
    return part / whole if whole else None


def said(value: Any, status: Status) -> str:
    """Write a fact's value and status on one line; parts that are not given are left out."""
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if each is not None}
    return f"{json.dumps(value, ensure_ascii=False)} {status}"
