"""What a user gets with the second reader, and what would come of other uses of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from models.labelled import judge_notes, user_figures
from models.second_reader.examples import is_right
from scribe.pipeline import Analyzer
from scribe.suggest.reader.candidates import CandidateFinder
from scribe.suggest.reader.second_reader import SecondReader
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.second_reader.examples import ReadNote
    from models.second_reader.first_looks import FirstLooks
    from scribe.evaluate.labels import LabelledNote
    from scribe.pipeline import _Judgement
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.suggest.reader.weights import ReaderNumbers
    from scribe.types.note import Note

VETOES: Final = (0.05, 0.1, 0.2)


class ReaderTrial(Analyzer):
    """An analyzer with a second reader of one's choice, or with none; its other learned models are those that are shipped."""

    def __init__(self, numbers: ReaderNumbers | None, *, decides: bool = False) -> None:
        """Put the reader in.

        Args:
            numbers: Of the reader; None for the rules alone.
            decides: Let the facts that it adds count for the code, too.
        """
        super().__init__()
        self._reader = SecondReader(numbers, self.pack.second_reader) if numbers else None
        self._decides = decides

    def turn_to(self, numbers: ReaderNumbers) -> None:
        """Take another reader."""
        self._reader = SecondReader(numbers, self.pack.second_reader)

    def _judge(self, note: Note, scope: Scope, rules_alone: Scope, pack: RulePack) -> _Judgement:
        return super()._judge(note, scope, scope if self._decides else rules_alone, pack)


def what_users_get(
    notes: Sequence[LabelledNote], numbers: ReaderNumbers
) -> dict[str, dict[str, float | None]]:
    """Return the figures of the rules alone, with the reader as shipped, and with a reader that decides on codes, too."""
    return {
        "rules": user_figures(judge_notes(ReaderTrial(None), notes)),
        "both": user_figures(judge_notes(ReaderTrial(numbers), notes)),
        "decides": user_figures(judge_notes(ReaderTrial(numbers, decides=True), notes)),
    }


def left_out_figures(
    notes: Sequence[LabelledNote], readers: Mapping[str, ReaderNumbers]
) -> dict[str, dict[str, float | None]]:
    """Return the figures of the rules alone and with readers whose judges never saw the voice that they read."""
    analyzer = ReaderTrial(None)
    alone = user_figures(judge_notes(analyzer, notes))
    both = judge_notes(analyzer, notes, before=lambda note: analyzer.turn_to(readers[note.voice]))
    return {"rules": alone, "both": user_figures(both)}


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
