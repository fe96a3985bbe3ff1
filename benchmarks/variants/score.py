"""Totals over notes and their variants, as ``scribe.evaluate`` judges them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scribe.evaluate.answer import answer_of
from scribe.evaluate.counts import Hits, divide
from scribe.evaluate.judge_answer import is_code_right
from scribe.evaluate.judge_facts import judge_facts
from scribe.evaluate.labels import JUDGED
from scribe.evaluate.labels_schema import LabelFile
from scribe.evaluate.match import Matcher
from scribe.rules.pack import load_evaluation

if TYPE_CHECKING:
    from models.corpus.generate.labelled import LabelledNote
    from scribe.evaluate.answer import Answer
    from scribe.evaluate.labels import Labels
    from scribe.pipeline import Analyzer

    Told = tuple[str, Any, str]
    """Name, value and status of a fact."""


@dataclass(slots=True)
class Counts:
    """Right, surplus and missed facts; code, item and finding labels that are met."""

    facts: Hits = field(default_factory=Hits)
    codes: int = 0
    notes: int = 0
    expected: int = 0
    expected_met: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall over facts that are present or absent."""
        return self.facts.f1 or 0.0

    @property
    def code_share(self) -> float:
        """Share of the notes whose code and decision are both as labelled."""
        return divide(self.codes, self.notes) or 0.0

    @property
    def expected_share(self) -> float | None:
        """Share of the changed labels (a missing item, a planted conflict) that are met; None where nothing changed."""
        return divide(self.expected_met, self.expected)


class Judge:
    """Analyses a note and judges it by its labels."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Take what analyses; the rules of comparing are those of ``scribe evaluate``."""
        self._analyzer = analyzer
        self._matcher = Matcher(load_evaluation())

    def answer(self, note: LabelledNote) -> Answer:
        """Return what scribe answers for a note."""
        analysis = self._analyzer.analyze(note.text, note_id="variant")
        return answer_of(analysis.to_dict(), note.text)

    def count(self, counts: Counts, note: LabelledNote, answer: Answer) -> None:
        """Add one note to the counts."""
        labels = labels_of(note)
        judged = judge_facts(labels, answer, note.text, self._matcher)
        counts.facts += sum(judged.facts.values(), Hits())
        counts.notes += 1
        counts.codes += is_code_right(labels, answer)

    def count_changed(
        self, counts: Counts, before: LabelledNote, variant: LabelledNote, answer: Answer
    ) -> None:
        """Add the labels of items and findings in which a variant differs from its note."""
        old, new = labels_of(before), labels_of(variant)
        items = answer.checklists.get(new.judged_code or "", {})
        kinds = {each.kind for each in answer.findings}
        met = [
            name in items and items[name].status == status
            for name, status in new.checklist.items()
            if old.checklist.get(name) != status
        ]
        met += [kind in kinds for kind in new.findings if kind not in old.findings]
        counts.expected += len(met)
        counts.expected_met += sum(met)


def labels_of(note: LabelledNote) -> Labels:
    """Return the labels of a note as the judges take them."""
    return LabelFile.model_validate_json(json.dumps(dict(note.gold))).as_labels()


def told(answer: Answer) -> list[Told]:
    """Return what an answer tells of facts that are present or absent."""
    return [
        (fact.name, fact.value, fact.status.value) for fact in answer.facts if fact.status in JUDGED
    ]


def changed(clean: Answer, variant: Answer) -> int:
    """Count the facts of a note that its variant does not tell with the very same value and status."""
    left = [_written(each) for each in told(variant)]
    lost = 0
    for each in told(clean):
        fact = _written(each)
        if fact in left:
            left.remove(fact)
        else:
            lost += 1
    return lost


def _written(fact: Told) -> str:
    return json.dumps(fact, sort_keys=True)
