"""A fact in the making: one place that says it."""

from __future__ import annotations

from dataclasses import dataclass

from scribe.types.fact import Status, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One place of the note that may say a fact.

    Attributes:
        name: The fact.
        value: Canonical value.
        status: How it is asserted here.
        confidence: 0 to 1.
        start: Offset of the first code point of the evidence.
        end: Offset after the last.
        rule: Id of the rule.
        sentence: Index of its sentence.
        qualifiers: What makes it fall short.
    """

    name: str
    value: Value
    status: Status
    confidence: float
    start: int
    end: int
    rule: str
    sentence: int
    qualifiers: tuple[str, ...] = ()
