"""What would come of holding back facts that the learned confidence finds unlikely: tried, and not done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.fact_confidence.learner import fit
from models.labelled import judge_notes, user_figures, voices_of
from scribe.pipeline import Analyzer
from scribe.resources import model_folder
from scribe.suggest.fact_confidence import FactConfidence
from scribe.suggest.second_opinion import load_second_opinion
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.fact_confidence.examples import Example
    from scribe.evaluate.labels import LabelledNote
    from scribe.suggest.fact_confidence import FactNumbers
    from scribe.types.fact import Fact

THRESHOLDS: Final = (0.0, 0.3, 0.5, 0.7)


class _Vetoing(Analyzer):
    """An analyzer that calls a present fact uncertain when its learned confidence is below a threshold."""

    def __init__(self, least: float, models: Mapping[str, FactConfidence]) -> None:
        super().__init__(second_opinion=False)
        self._second, _ = load_second_opinion(model_folder("code_suggester"), self.pack)
        self._models = models
        self._least = least

    def turn_to(self, note: LabelledNote) -> None:
        """Take the model that was fitted without the voice of a note."""
        self._confidence = _Veto(self._models[note.voice].numbers, self._least)


class _Veto(FactConfidence):
    def __init__(self, numbers: FactNumbers, least: float) -> None:
        super().__init__(numbers)
        self._least = least

    def judge(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        return tuple(
            replace(fact, status=Status.UNCERTAIN)
            if fact.status is Status.PRESENT and not fact.signal and fact.confidence < self._least
            else fact
            for fact in super().judge(facts)
        )


def veto_figures(
    notes: Sequence[LabelledNote], examples: Sequence[Example]
) -> dict[str, dict[str, float | None]]:
    """Return what a user would get, by threshold; each voice is judged by a model that was fitted on the others."""
    models = {
        voice: fit([each for each in examples if each.voice != voice]) for voice in voices_of(notes)
    }
    told = {}
    for least in THRESHOLDS:
        analyzer = _Vetoing(least, models)
        told[f"{least:.1f}"] = user_figures(judge_notes(analyzer, notes, before=analyzer.turn_to))
    return told
