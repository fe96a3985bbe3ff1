"""Analyse one labelled note and let every judge look at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from scribe.evaluate.answer import answer_of
from scribe.evaluate.counts import Judged
from scribe.evaluate.judge_answer import is_code_right, judge_checklist, judge_code, judge_findings
from scribe.evaluate.judge_facts import judge_facts, judge_spans, judge_traps
from scribe.evaluate.labels import LabelledNote
from scribe.evaluate.match import Matcher
from scribe.types.analysis import Engine

if TYPE_CHECKING:
    from scribe.evaluate.answer import Answer
    from scribe.evaluate.counts import Pair
    from scribe.pipeline import Analyzer
    from scribe.rules.evaluation_schema import EvaluationFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out for one note.

    Attributes:
        note: The note with its labels.
        labelled: The labelled code, or decision where there is none.
        answered: What scribe says instead or as well.
        confidence: Of that answer.
        is_right: Whether code and decision are as labelled.
        judged: What each judge found.
        seconds: How long the analysis took.
        engine: What made it.
    """

    note: LabelledNote
    labelled: str
    answered: str
    confidence: float
    is_right: bool
    judged: tuple[Judged, ...]
    seconds: float = field(compare=False)
    engine: Engine | None

    @property
    def pairs(self) -> dict[str, Pair]:
        """Counts by figure, of all judges."""
        return {name: pair for each in self.judged for name, pair in each.pairs.items()}


class Evaluator:
    """Judges notes by their labels; keep one for all of them."""

    def __init__(self, analyzer: Analyzer, rules: EvaluationFile) -> None:
        """Take what analyses, and the rules of comparing.

        Args:
            analyzer: Makes the analyses.
            rules: When values agree.
        """
        self._analyzer = analyzer
        self._matcher = Matcher(rules)
        self._twins = {code: spec.twin for code, spec in analyzer.pack.codes.items()}

    def judge_note(self, note: LabelledNote) -> Outcome:
        """Analyse a note and judge the answer."""
        started = perf_counter()
        analysis = self._analyzer.analyze_note(note.note)
        seconds = perf_counter() - started
        answer = answer_of(analysis.to_dict(), note.note.text)
        return self.judge_answer(note, answer, seconds=seconds, engine=analysis.engine)

    def judge_answer(
        self,
        note: LabelledNote,
        answer: Answer,
        *,
        seconds: float = 0.0,
        engine: Engine | None = None,
    ) -> Outcome:
        """Judge an answer that is already there."""
        labels = note.labels
        return Outcome(
            note=note,
            labelled=labels.answer,
            answered=answer.short,
            confidence=answer.confidence,
            is_right=is_code_right(labels, answer),
            judged=(
                judge_code(labels, answer, self._twins),
                judge_facts(labels, answer, note.note.text, self._matcher),
                judge_traps(labels, answer, self._matcher),
                judge_checklist(labels, answer),
                judge_findings(labels, answer),
                judge_spans(answer),
            ),
            seconds=seconds,
            engine=engine,
        )
