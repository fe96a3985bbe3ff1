"""Facts of an analysis against labels: enough to compare a note with its variant.

Accuracy is measured elsewhere (docs/accuracy.md); here only the difference between a note and its variant counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Told = tuple[str, Any, str]
    """Name, value and status of a fact."""

_JUDGED = ("present", "absent")
_TOLERANCE = 0.05 + 1e-6  # centimetres, millimetres or minutes
_CONTAINED = frozenset({"pedicle.artery", "pedicle.vein", "recipient.site"})
_JOIN = ("vessel", "donor", "recipient")


@dataclass(slots=True)
class Counts:
    """Right, surplus and missed facts; code, item and finding labels that are met."""

    right: int = 0
    surplus: int = 0
    missed: int = 0
    codes: int = 0
    notes: int = 0
    expected: int = 0
    expected_met: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall over facts that are present or absent."""
        whole = 2 * self.right + self.surplus + self.missed
        return 2 * self.right / whole if whole else 0.0

    @property
    def code_share(self) -> float:
        """Share of the notes whose code and decision are both as labelled."""
        return self.codes / self.notes if self.notes else 0.0

    @property
    def expected_share(self) -> float | None:
        """Share of the changed labels (a missing item, a planted conflict) that are met; None where nothing changed."""
        return self.expected_met / self.expected if self.expected else None


def told(analysis: Mapping[str, Any]) -> list[Told]:
    """Return what an analysis tells of facts that are present or absent."""
    return [
        (f["name"], f["value"], f["status"]) for f in analysis["facts"] if f["status"] in _JUDGED
    ]


def count(counts: Counts, gold: Mapping[str, Any], analysis: Mapping[str, Any]) -> None:
    """Add one note to the counts; a label of any status takes the facts that it agrees with."""
    left = told(analysis)
    labels = [(f["name"], f["value"], f["status"]) for f in gold["facts"]]
    for label in labels:
        if label[2] not in _JUDGED:
            continue
        found = next((fact for fact in left if _same(label, fact)), None)
        counts.right += found is not None
        counts.missed += found is None
        if found:
            left.remove(found)
    counts.surplus += sum(not _excused(fact, labels) for fact in left)
    said = analysis["suggestion"]
    counts.notes += 1
    counts.codes += (said["code"], said["decision"]) == (gold["code"], gold["decision"])


def count_changed(
    counts: Counts, before: Mapping[str, Any], gold: Mapping[str, Any], analysis: Mapping[str, Any]
) -> None:
    """Add the labels of items and findings in which a variant differs from its note."""
    judged = gold["code"] or next(iter(gold.get("alternatives") or ()), None)
    items = {
        item["id"]: item["status"]
        for code in analysis["codes"]
        if code["code"] == judged
        for item in code["checklist"]
    }
    kinds = {finding["kind"] for finding in analysis["findings"]}
    old = before.get("checklist", {})
    met = [items.get(k) == v for k, v in gold.get("checklist", {}).items() if old.get(k) != v]
    met += [kind in kinds for kind in gold["findings"] if kind not in before["findings"]]
    counts.expected += len(met)
    counts.expected_met += sum(met)


def _excused(fact: Told, labels: Iterable[Told]) -> bool:
    """Excuse what repeats a label, and a denial that no label gainsays."""
    named = [label for label in labels if label[0] == fact[0]]
    if any(_same(label, fact) for label in named):
        return True
    return fact[2] == "absent" and not any(
        label[2] == "present" and (fact[1] is None or _same_value(*fact[:2], label[1]))
        for label in named
    )


def _same(label: Told, fact: Told) -> bool:
    return (label[0], label[2]) == (fact[0], fact[2]) and _same_value(label[0], label[1], fact[1])


def _same_value(name: str, one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        keys = _JOIN if name == "anastomosis" else tuple(one)
        return all(_same_value("pedicle.artery", one.get(k), other.get(k)) for k in keys)
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _TOLERANCE
    first, second = _folded(one), _folded(other)
    return first == second or (name in _CONTAINED and (first in second or second in first))


def _folded(value: Any) -> str:
    return " ".join(str(value).casefold().replace("-", " ").split())
