"""What would come of holding back facts that the learned confidence finds unlikely: tried, and not done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.fact_confidence.learner import fit
from models.labelled import by_voice, judge_notes, user_figures, voices_of
from scribe.suggest.fact_confidence import FactConfidence
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.fact_confidence.examples import Example
    from scribe.evaluate.labels import LabelledNote
    from scribe.pipeline import Analyzer
    from scribe.suggest.fact_confidence import FactNumbers
    from scribe.types.fact import Fact

THRESHOLDS: Final = (0.0, 0.3, 0.5, 0.7)


class _Veto(FactConfidence):
    """Calls a present fact uncertain when its learned confidence is below a threshold."""

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
    notes: Sequence[LabelledNote], examples: Sequence[Example], rules: Analyzer
) -> dict[str, dict[str, float | None]]:
    """Return what a user would get, by threshold; each voice is judged by a model that was fitted on the others.

    Args:
        notes: With labels.
        examples: Their facts.
        rules: An analyzer that asks the models which stand before this one.
    """
    numbers = {
        voice: fit([each for each in examples if each.voice != voice]).numbers
        for voice in voices_of(notes)
    }
    told = {}
    for least in THRESHOLDS:
        outcomes = []
        for voice, own in by_voice(notes):
            veto = replace(rules.models, fact_confidence=_Veto(numbers[voice], least))
            outcomes += judge_notes(rules.with_models(veto), own)
        told[f"{least:.1f}"] = user_figures(outcomes)
    return told
