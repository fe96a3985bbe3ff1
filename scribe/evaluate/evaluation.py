"""The whole result: groups and voices, never held-out and tuned notes in one figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.evaluate.agree import Agreement
from scribe.evaluate.figures import Figure, Group, measure_figures, measure_group
from scribe.evaluate.labels import Split
from scribe.evaluate.outcome import Outcome
from scribe.types.analysis import Engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.evaluation_schema import EvaluationFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The figures of one folder."""

    split: Split
    notes: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured.

    Attributes:
        engine: What made the analyses.
        groups: By split, held-out first.
        voices: By folder, held-out ones first.
        agreement: Of two labellings by split, where second labels stand beside the first.
        outcomes: One for each note.
    """

    engine: Engine | None
    groups: dict[Split, Group]
    voices: dict[str, Voice]
    agreement: dict[Split, Agreement]
    outcomes: tuple[Outcome, ...]


def evaluate(
    outcomes: Sequence[Outcome],
    rules: EvaluationFile,
    agreement: dict[Split, Agreement] | None = None,
) -> Evaluation:
    """Add up outcomes by split and by folder.

    Args:
        outcomes: At least one.
        rules: Which figures there are.
        agreement: Of two labellings, where there are two.
    """
    voices: dict[str, list[Outcome]] = {}
    for each in sorted(outcomes, key=lambda each: (_order(each), each.note.voice)):
        voices.setdefault(each.note.voice, []).append(each)
    groups = {
        split: [each for each in outcomes if each.note.split is split]
        for split in Split
        if any(each.note.split is split for each in outcomes)
    }
    return Evaluation(
        engine=outcomes[0].engine,
        groups={split: measure_group(some, rules) for split, some in groups.items()},
        voices={
            name: Voice(
                split=some[0].note.split,
                notes=len(some),
                figures=measure_figures(some, rules),
            )
            for name, some in voices.items()
        },
        agreement=agreement or {},
        outcomes=tuple(outcomes),
    )


def _order(outcome: Outcome) -> int:
    return list(Split).index(outcome.note.split)
