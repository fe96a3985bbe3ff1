"""What a note documents: facts, their values, their status and the words that say them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Barred: TypeAlias = "Mapping[str, tuple[tuple[int, int], ...]]"
"""Offsets of words that only look like a fact, by its name."""


class Status(StrEnum):
    """How the note asserts a fact about this operation."""

    PRESENT = "present"
    ABSENT = "absent"
    PLANNED = "planned"
    HISTORICAL = "historical"
    UNCERTAIN = "uncertain"


LEARNED = "learned."
"""How the rule ids begin of what a learned reader or judge adds."""
LEARNED_SIGNAL = "signal.learned."
"""How the signals begin by which the decision table knows of it."""

DOUBTED = "doubted"
"""Qualifier of a fact of the rules that a learned reader finds improbable."""
OUTRIGHT = "outright"
"""Qualifier of a fact of a rule whose words leave no room for doubt; no learned reader calls it improbable."""

MOST_EVIDENCE = 12
"""The most places that a fact or a finding shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The exact words that say something.

    Attributes:
        start: Offset of the first code point.
        end: Offset after the last code point.
        text: ``note.text[start:end]``.
        section: Canonical section that holds the words, or None.
    """

    start: int
    end: int
    text: str = field(repr=False)
    section: str | None

    def __post_init__(self) -> None:
        """Refuse offsets that do not fit the words."""
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            msg = f"evidence {self.start}-{self.end} does not fit its {len(self.text)} code points"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """A size in centimetres, larger side first; None where the note gives none."""

    length_cm: float | None = None
    width_cm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A length in centimetres, or None where the note gives none."""

    length_cm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anastomosis:
    """One join of a flap structure to a recipient structure; None where the note is silent.

    Attributes:
        vessel: ``artery``, ``vein`` or ``nerve``.
        donor: Canonical name on the side of the flap.
        recipient: Canonical name on the side of the recipient.
        configuration: ``end-to-end`` or ``end-to-side``.
        technique: ``hand-sewn`` or ``coupler``.
        suture: For example ``9-0 nylon``.
        coupler_mm: Ring size in millimetres.
    """

    vessel: str
    donor: str | None = None
    recipient: str | None = None
    configuration: str | None = None
    technique: str | None = None
    suture: str | None = None
    coupler_mm: float | None = None


Value = str | int | float | bool | Dimensions | Measure | Anastomosis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One distinct (name, value, status) with every place that says it.

    Attributes:
        name: A name of the rule pack (``patterns/facts`` or ``patterns/signals``).
        value: Canonical value, units as in the contract.
        status: How it is asserted.
        confidence: 0 to 1.
        evidence: The places, in order of the note; never empty.
        rule: Id of the rule that gave the strongest evidence.
        qualifiers: What makes it fall short, for example ``no_result`` (a test without its result) or ``hedged``.
        signal: True for what only steers the assessment and is no fact of the contract.
    """

    name: str
    value: Value
    status: Status
    confidence: float
    evidence: tuple[Evidence, ...]
    rule: str
    qualifiers: tuple[str, ...] = ()
    signal: bool = False

    @property
    def is_doubted(self) -> bool:
        """True where a rule gave it and a learned reader finds it improbable."""
        return DOUBTED in self.qualifiers

    @property
    def is_learned(self) -> bool:
        """True where no rule gave it but a learned reader or judge did."""
        return self.rule.startswith(LEARNED)
