"""The labelled notes as ``scribe evaluate`` judges them, and the figures of an analyzer that somebody wants to try on them."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from models.voices import CORPUS
from scribe.evaluate.counts import Hits
from scribe.evaluate.figures import measure_figures
from scribe.evaluate.outcome import Evaluator
from scribe.evaluate.read import read_labelled
from scribe.pipeline import Analyzer, load_models
from scribe.rules.pack import load_evaluation
from scribe.suggest.models import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scribe.evaluate.labels import LabelledNote, Split
    from scribe.evaluate.outcome import Outcome
    from scribe.rules.evaluation_schema import EvaluationFile
    from scribe.rules.pack import RulePack

USER_FIGURES: Final = (
    "facts_f1",
    "facts_precision",
    "facts_recall",
    "unasserted_recall",
    "status_errors",
    "traps_fallen",
    "checklist_accuracy",
    "findings_recall",
    "false_findings",
    "code_accuracy",
    "wrong_suggestions",
    "ece",
    "fact_ece",
)
"""What a user gets; a model is judged by these and not by its own accuracy."""
_DIGITS: Final = 4


@cache
def rules_of_comparing() -> EvaluationFile:
    """Return the rules by which answers are held against labels."""
    return load_evaluation()


def analyzer_before(part: str, pack: RulePack) -> Analyzer:
    """Return an analyzer that asks only the models that an analysis asks before one of them.

    What it extracts is what that model sees in an analysis, so that is what it learns from; and no model is needed to train one that
    stands before it.

    Args:
        part: Its name among the parts of ``Models``.
        pack: The rules.
    """
    return Analyzer(pack, models=load_models(pack, PARTS[: PARTS.index(part)]))


def labelled_notes(split: Split, pack: RulePack) -> tuple[LabelledNote, ...]:
    """Return the labelled notes of a group, in order of folder and name."""
    return tuple(note for note in read_labelled([CORPUS], pack) if note.split is split)


def judge_notes(analyzer: Analyzer, notes: Iterable[LabelledNote]) -> list[Outcome]:
    """Analyse the notes and judge the answers by their labels."""
    evaluator = Evaluator(analyzer, rules_of_comparing())
    return [evaluator.judge_note(note) for note in notes]


def by_voice(notes: Iterable[LabelledNote]) -> Iterator[tuple[str, list[LabelledNote]]]:
    """Yield the notes of each voice, for what was learned without it; they stay in their order."""
    for voice, own in groupby(notes, key=lambda note: note.voice):
        yield voice, list(own)


def user_figures(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Return what a user gets, in totals."""
    figures = measure_figures(outcomes, rules_of_comparing())
    return {
        name: None if figures[name].value is None else round(figures[name].value or 0.0, _DIGITS)
        for name in USER_FIGURES
    }


def fact_figures(outcomes: Sequence[Outcome], names: Iterable[str]) -> dict[str, float | None]:
    """Return the F1 of some facts, in totals."""
    told = {}
    for name in names:
        hits = sum(
            (each.facts.get(name, Hits()) for note in outcomes for each in note.judged), Hits()
        )
        told[name] = None if hits.f1 is None else round(hits.f1, _DIGITS)
    return told


def voices_of(notes: Iterable[LabelledNote]) -> list[str]:
    """Return the voices, in order."""
    return sorted({note.voice for note in notes})


def plain(value: Any) -> Any:
    """Return the value of a fact as labels write it: an object for a size or a join."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
