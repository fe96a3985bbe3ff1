"""What a user gets with the second reader, and what would come of other uses of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.labelled import by_voice, judge_notes, user_figures
from models.second_reader.examples import is_right
from scribe.pipeline import Analyzer
from scribe.suggest.reader.candidates import CandidateFinder
from scribe.suggest.reader.second_reader import SecondReader
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from models.second_reader.examples import ReadNote
    from models.second_reader.first_looks import FirstLooks
    from scribe.evaluate.labels import LabelledNote
    from scribe.evaluate.outcome import Outcome
    from scribe.pipeline import Models, NoteFacts
    from scribe.suggest.reader.weights import ReaderNumbers
    from scribe.types.note import Note

VETOES: Final = (0.05, 0.1, 0.2)


class Deciding(Analyzer):
    """An analyzer in which the facts that the reader adds count for the code, too."""

    def extract_facts(self, note: Note, *, as_of: date | None = None) -> NoteFacts:
        """Extract what a note says, and decide from all of it."""
        told = super().extract_facts(note, as_of=as_of)
        return replace(told, deciding=told.scope)


def with_reader(rules: Analyzer, numbers: ReaderNumbers) -> Models:
    """Return the models of an analyzer with a reader of one's choice."""
    return replace(rules.models, second_reader=SecondReader(numbers, rules.pack.second_reader))


def what_users_get(
    notes: Sequence[LabelledNote], numbers: ReaderNumbers, rules: Analyzer
) -> dict[str, dict[str, float | None]]:
    """Return the figures of the rules alone, with the reader as shipped, and with a reader that decides on codes, too.

    Args:
        notes: Whose figures are wanted.
        numbers: Of the reader.
        rules: An analyzer that asks the models which stand before it.
    """
    models = with_reader(rules, numbers)
    analyzers = {
        "rules": rules,
        "both": rules.with_models(models),
        "decides": Deciding(rules.pack, models=models),
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


def veto_counts(
    notes: Sequence[ReadNote], readers: Mapping[str, ReaderNumbers], looks: FirstLooks
) -> dict[str, dict[str, int]]:
    """Return how many right and wrong facts of the first look a veto would take away, by the probability below which it speaks."""
    finders = {voice: CandidateFinder(each, looks.rules) for voice, each in readers.items()}
    counts: dict[float, Counter[str]] = {least: Counter() for least in VETOES}
    for each in notes:
        voice = each.note.voice
        joint = readers[voice].joint
        heard = {
            (found.name, found.value, found.status): joint.probability(found.features)
            for found in finders[voice].find(each.parsed, ())
        }
        for fact in looks.facts(each.note):
            if fact.status is not Status.PRESENT:
                continue
            probability = heard.get((fact.name, fact.value, fact.status), 0.0)
            verdict = (
                "right" if is_right(fact.name, fact.value, fact.status, each.note) else "wrong"
            )
            for least in VETOES:
                counts[least][verdict] += probability < least
    return {
        f"{least:.2f}": {verdict: count[verdict] for verdict in ("right", "wrong")}
        for least, count in counts.items()
    }
