"""Judge one analysis by the labels of its note; what the labels leave open is not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.gold import GoldNote, Labelled
from benchmarks.accuracy.match import same_value
from benchmarks.accuracy.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

_JUDGED = ("present", "absent")


def judge(gold: GoldNote, analysis: dict[str, Any]) -> Tally:
    """Count what is right and wrong in one analysis.

    Args:
        gold: The note with its labels.
        analysis: The object of ``docs/contract.md``.
    """
    tally = Tally(notes=1)
    facts = [
        Labelled(name=f["name"], value=f["value"], status=f["status"]) for f in analysis["facts"]
    ]
    _judge_code(gold, analysis["suggestion"], tally)
    _judge_facts(gold, facts, tally)
    _judge_traps(gold, facts, tally)
    _judge_checklist(gold, analysis["codes"], tally)
    _judge_findings(gold, {f["kind"] for f in analysis["findings"]}, tally)
    return tally


def _judge_code(gold: GoldNote, suggestion: dict[str, Any], tally: Tally) -> None:
    code, decision = suggestion["code"], suggestion["decision"]
    suggested = decision == "suggest"
    tally.codes_right += code == gold.code and decision == gold.decision
    tally.wrong_suggestions += suggested and code != gold.code
    tally.abstentions += not suggested
    tally.needless_abstentions += not suggested and gold.code is not None


def _judge_facts(gold: GoldNote, facts: list[Labelled], tally: Tally) -> None:
    """Pair labels with reported facts one to one; the rest is missed, or surplus unless excused."""
    left = list(facts)
    for label in gold.facts:
        found = next((fact for fact in left if _same(label, fact)), None)
        if found is not None:
            left.remove(found)
        if label.status in _JUDGED:
            hits = tally.fact(label.name)
            hits.right += found is not None
            hits.missed += found is None
    for fact in left:
        if fact.status in _JUDGED and not fact.name.startswith("report."):
            tally.fact(fact.name).surplus += not _excused(fact, gold.facts)


def _same(label: Labelled, fact: Labelled) -> bool:
    return (label.name, label.status) == (fact.name, fact.status) and same_value(
        label.name, label.value, fact.value
    )


def _excused(fact: Labelled, labels: Iterable[Labelled]) -> bool:
    """Excuse what repeats a label in other words, and a denial that no label gainsays."""
    named = [label for label in labels if label.name == fact.name]
    if any(_same(label, fact) for label in named):
        return True
    return fact.status == "absent" and not any(
        label.status == "present"
        and (fact.value is None or same_value(fact.name, label.value, fact.value))
        for label in named
    )


def _judge_traps(gold: GoldNote, facts: list[Labelled], tally: Tally) -> None:
    present = [fact for fact in facts if fact.status == "present"]
    tally.traps += len(gold.traps)
    for trap in gold.traps:
        tally.traps_fallen += any(
            fact.name == trap.name
            and (trap.any_value or same_value(trap.name, trap.value, fact.value))
            for fact in present
        )


def _judge_checklist(gold: GoldNote, codes: list[dict[str, Any]], tally: Tally) -> None:
    statuses = {
        item["id"]: item["status"]
        for code in codes
        if code["code"] == gold.judged_code
        for item in code["checklist"]
    }
    for item, status in gold.checklist.items():
        tally.items += 1
        tally.items_right += statuses.get(item) == status
        tally.false_met += status != "met" and statuses.get(item) == "met"


def _judge_findings(gold: GoldNote, kinds: set[str], tally: Tally) -> None:
    tally.findings += len(gold.findings)
    tally.findings_found += sum(kind in kinds for kind in gold.findings)
    tally.findings_barred += len(gold.no_findings)
    tally.findings_false += sum(kind in kinds for kind in gold.no_findings)
