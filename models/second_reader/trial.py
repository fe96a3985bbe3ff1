"""What a user gets with the second reader, and what would come of other uses of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.labelled import by_voice, judge_notes, user_figures
from scribe.suggest.reader.second_reader import SecondReader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.second_reader.learner import Tried
    from scribe.evaluate.labels import LabelledNote
    from scribe.evaluate.outcome import Outcome
    from scribe.pipeline import Analyzer, Models
    from scribe.suggest.reader.weights import ReaderNumbers

DOUBTS: Final = (0.2, 0.3, 0.4, 0.5)


def with_reader(rules: Analyzer, numbers: ReaderNumbers) -> Models:
    """Return the models of an analyzer with a reader of one's choice."""
    return replace(rules.models, second_reader=SecondReader(numbers, rules.pack.second_reader))


def what_users_get(
    notes: Sequence[LabelledNote], numbers: ReaderNumbers, rules: Analyzer
) -> dict[str, dict[str, float | None]]:
    """Return the figures of the rules alone, and with the reader.

    Args:
        notes: Whose figures are wanted.
        numbers: Of the reader.
        rules: An analyzer that asks the models which stand before it.
    """
    models = with_reader(rules, numbers)
    analyzers = {
        "rules": rules,
        "both": rules.with_models(models),
    }
    return {name: user_figures(judge_notes(each, notes)) for name, each in analyzers.items()}


def left_out_figures(
    notes: Sequence[LabelledNote], readers: Mapping[str, ReaderNumbers], rules: Analyzer
) -> dict[str, dict[str, float | None]]:
    """Return the figures of the rules alone and with readers whose judges never saw the voice that they read."""
    both: list[Outcome] = []
    for voice, own in by_voice(notes):
        both += judge_notes(rules.with_models(with_reader(rules, readers[voice])), own)
    return {"rules": user_figures(judge_notes(rules, notes)), "both": user_figures(both)}


def doubt_counts(given: Sequence[Tried], probable: Sequence[float]) -> dict[str, dict[str, int]]:
    """Return how many right and wrong facts of the first look would be doubted, by the probability below which they are.

    Args:
        given: The facts.
        probable: How probable it is that each is right.
    """
    return {
        f"{least:.2f}": {
            verdict: sum(
                chance < least and each.is_right is (verdict == "right")
                for each, chance in zip(given, probable, strict=True)
            )
            for verdict in ("right", "wrong")
        }
        for least in DOUBTS
    } | {
        "all": {
            "right": sum(each.is_right for each in given),
            "wrong": sum(not each.is_right for each in given),
        }
    }
