"""Judge code, checklist and findings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scribe.evaluate.answer import first_of
from scribe.evaluate.counts import Judged, Miss
from scribe.types.checklist import ItemStatus
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.evaluate.answer import Answer
    from scribe.evaluate.labels import Labels

ABSENT_ITEM = "not asked"


def judge_code(labels: Labels, answer: Answer, twins: Mapping[str, str | None]) -> Judged:
    """Judge code and decision.

    Args:
        labels: What people say.
        answer: What scribe says.
        twins: For each code the one of the same donor with the other skin state.
    """
    is_suggested = answer.decision == Decision.SUGGEST
    is_right = is_code_right(labels, answer)
    is_wrong = is_suggested and answer.code != labels.code
    has_code = labels.code is not None
    is_twin = is_wrong and labels.code is not None and twins.get(labels.code) == answer.code
    miss = Miss(kind="code", name="code", expected=labels.answer, got=answer.short, span=None)
    return Judged(
        pairs={
            "code_accuracy": (is_right, 1),
            "wrong_suggestions": (is_wrong, 1),
            "twin_mistakes": (is_twin, 1),
            "abstentions": (not is_suggested, 1),
            "needless_abstentions": (has_code and not is_suggested, int(has_code)),
        },
        misses=() if is_right else (miss,),
    )


def is_code_right(labels: Labels, answer: Answer) -> bool:
    """Tell whether code and decision are both as labelled."""
    return (answer.code, answer.decision) == (labels.code, labels.decision)


def judge_checklist(labels: Labels, answer: Answer) -> Judged:
    """Judge the items of the labelled code; for a query, of the first open one."""
    reported = answer.checklists.get(labels.judged_code or "", {})
    right = false_met = 0
    items: Counter[tuple[str, str]] = Counter()
    misses = []
    for name, status in labels.checklist.items():
        item = reported.get(name)
        got = item.status if item else ABSENT_ITEM
        items[status.value, got] += 1
        right += got == status
        false_met += got == ItemStatus.MET != status
        if got != status:
            place = first_of(item.spans) if item else None
            misses.append(Miss(kind="item", name=name, expected=status.value, got=got, span=place))
    of = len(labels.checklist)
    return Judged(
        pairs={"checklist_accuracy": (right, of), "false_met": (false_met, of)},
        items=items,
        misses=tuple(misses),
    )


def judge_findings(labels: Labels, answer: Answer) -> Judged:
    """Judge the findings; kinds that the labels neither ask for nor bar are not judged."""
    kinds = {each.kind for each in answer.findings}
    lost = [kind for kind in labels.findings if kind not in kinds]
    false = [kind for kind in labels.no_findings if kind in kinds]
    alarms = [each for each in answer.findings if each.kind in labels.no_findings]
    unheard = (
        Miss(kind="finding", name=kind, expected="reported", got="not reported", span=None)
        for kind in lost
    )
    raised = (
        Miss(
            kind="false finding",
            name=each.kind,
            expected="not reported",
            got="reported",
            span=first_of(each.spans),
        )
        for each in alarms
    )
    return Judged(
        pairs={
            "findings_recall": (len(labels.findings) - len(lost), len(labels.findings)),
            "false_findings": (len(false), len(labels.no_findings)),
            "false_alarms": (len(alarms), 1) if labels.is_complete else (0, 0),
        },
        misses=(*unheard, *raised),
    )
