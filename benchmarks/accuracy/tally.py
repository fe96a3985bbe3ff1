"""What is counted, and the ratios that follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Hits:
    """Right, surplus and missed facts."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the reported facts that are right; None when none was reported."""
        return ratio(self.right, self.right + self.surplus)

    @property
    def recall(self) -> float | None:
        """Share of the labelled facts that were reported; None when none is labelled."""
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None when there was nothing to judge."""
        return ratio(2 * self.right, 2 * self.right + self.surplus + self.missed)

    def add(self, other: Hits) -> None:
        """Add the counts of another."""
        self.right += other.right
        self.surplus += other.surplus
        self.missed += other.missed

    def to_dict(self) -> dict[str, Any]:
        """Return counts and ratios as plain data."""
        counts = {"right": self.right, "surplus": self.surplus, "missed": self.missed}
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **counts}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Everything counted over some notes.

    Attributes:
        codes_right: Notes whose code and decision are both the labelled ones.
        wrong_suggestions: Notes for which a code is suggested that is not the labelled one, or none is.
        abstentions: Notes for which no code is suggested, rightly or not.
        needless_abstentions: Those of them that have a labelled code.
        false_met: Checklist items called met that are not.
    """

    notes: int = 0
    codes_right: int = 0
    wrong_suggestions: int = 0
    abstentions: int = 0
    needless_abstentions: int = 0
    traps: int = 0
    traps_fallen: int = 0
    items: int = 0
    items_right: int = 0
    false_met: int = 0
    findings: int = 0
    findings_found: int = 0
    findings_barred: int = 0
    findings_false: int = 0
    facts: dict[str, Hits] = field(default_factory=dict)

    def fact(self, name: str) -> Hits:
        """Return the counts of one fact, new ones if need be."""
        return self.facts.setdefault(name, Hits())

    @property
    def all_facts(self) -> Hits:
        """Return the counts over all facts."""
        total = Hits()
        for hits in self.facts.values():
            total.add(hits)
        return total

    def worst_facts(self, least: int = 1) -> list[tuple[str, Hits]]:
        """Return the facts by F1, worst first.

        Args:
            least: How often a fact must be labelled to be listed.
        """
        rows = [(n, h) for n, h in self.facts.items() if h.right + h.missed >= least]
        return sorted(rows, key=lambda row: (row[1].f1 or 0.0, row[0]))

    def add(self, other: Tally) -> None:
        """Add the counts of other notes."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, hits in other.facts.items():
            self.fact(name).add(hits)

    def to_dict(self) -> dict[str, Any]:
        """Return ratios and counts as plain data; no word of a note."""
        return {
            "code_accuracy": ratio(self.codes_right, self.notes),
            "checklist_accuracy": ratio(self.items_right, self.items),
            "findings_recall": ratio(self.findings_found, self.findings),
            **{name: getattr(self, name) for name in COUNTS},
            "facts": self.all_facts.to_dict(),
            "by_fact": {name: hits.to_dict() for name, hits in self.worst_facts(least=0)},
        }


COUNTS = tuple(name for name in Tally.__dataclass_fields__ if name != "facts")


def ratio(part: int, whole: int) -> float | None:
    """Divide to four digits; None when there is nothing to divide by."""
    return round(part / whole, 4) if whole else None
