"""What to fix, ask or watch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scribe.types.fact import Evidence

SET_ASIDE = "set_aside"
"""The kind whose evidence is text that does not count: a report to be passed on quotes none of it."""


class Severity(StrEnum):
    """How much a finding matters, most severe first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to fix, ask or watch.

    Attributes:
        kind: A kind of the contract, for example ``missing``.
        severity: How much it matters.
        message: What is wrong, in one or two sentences.
        query: A non-leading question to the surgeon, or None.
        codes: The CPT codes it touches.
        evidence: The words behind it; empty where the note is silent.
        rule: Id of the rule that made it.
    """

    kind: str
    severity: Severity
    message: str
    query: str | None
    codes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    rule: str
