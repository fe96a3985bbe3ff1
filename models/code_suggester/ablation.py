"""Table alone, model alone, both: each on notes of a voice that the model was not trained on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.code_suggester.examples import NONE, Example
from models.code_suggester.learner import fit_opinion
from models.figures import brier, calibration_error, log_loss, ranking, share_loss
from scribe.suggest.decide import suggest_code
from scribe.types.suggestion import Decision, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scribe.rules.pack import RulePack
    from scribe.suggest.second_opinion import SecondOpinion

CONTENDERS = ("table", "model", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one contender says of one note.

    Attributes:
        chances: Of the codes and of "none".
    """

    code: str | None
    decision: str
    confidence: float
    chances: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One note with the answer of each contender."""

    example: Example
    answers: dict[str, Answer]


def leave_one_voice_out(
    examples: Sequence[Example], pack: RulePack, *, hold_back: float
) -> list[Judged]:
    """Judge each voice with a model that was fitted, calibration and thresholds included, on the others.

    Args:
        examples: Notes of several voices.
        pack: The rules.
        hold_back: Probability below which the model holds back a code of the table.
    """
    judged: list[Judged] = []
    for voice in sorted({each.voice for each in examples}):
        second = fit_opinion(
            [each for each in examples if each.asked and each.voice != voice],
            pack,
            hold_back=hold_back,
        )
        judged += judge([each for each in examples if each.voice == voice], second, pack)
    return judged


def judge(examples: Iterable[Example], second: SecondOpinion, pack: RulePack) -> list[Judged]:
    """Let each contender answer each note."""
    return [_judge(each, second, pack) for each in examples]


def _judge(example: Example, second: SecondOpinion, pack: RulePack) -> Judged:
    table, table_chances = suggest_code(example.scope, example.assessments, pack)
    both, chances = suggest_code(example.scope, example.assessments, pack, second)
    learned = second.chances(example.scope, example.assessments, pack)
    alone = both.model or Opinion(
        code=None, decision=Decision.NONE, confidence=table.confidence
    )  # a note that the model is not asked about is no note of the family
    return Judged(
        example=example,
        answers={
            "table": _answer(table, table_chances),
            "model": _answer(alone, learned or table_chances),
            "both": _answer(both, chances),
        },
    )


def _answer(said: Any, chances: dict[str, float]) -> Answer:
    return Answer(
        code=said.code,
        decision=said.decision.value,
        confidence=said.confidence,
        chances={**chances, NONE: max(0.0, 1 - sum(chances.values()))},
    )


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the totals of each contender; no word and no name of a note."""
    return {
        "notes": len(judged),
        "asked": sum(each.example.asked for each in judged),
        **{name: _totals(judged, name) for name in CONTENDERS},
        "held_back": _held_back(judged),
        "codes": _by_code(judged),
    }


def _is_right(judged: Judged, name: str) -> bool:
    said, example = judged.answers[name], judged.example
    return (said.code, said.decision) == (example.code, example.decision)


def _totals(judged: Sequence[Judged], name: str) -> dict[str, Any]:
    said = [each.answers[name] for each in judged]
    right = [_is_right(each, name) for each in judged]
    sure = [each.confidence for each in said]
    rank = ranking(sure, right)
    return {
        "right": sum(right),
        "wrong_codes": sum(
            answer.code is not None and answer.code != each.example.code
            for answer, each in zip(said, judged, strict=True)
        ),
        "needless_abstentions": sum(
            answer.code is None and each.example.code is not None
            for answer, each in zip(said, judged, strict=True)
        ),
        "mean_confidence": round(sum(sure) / len(sure), 4),
        "calibration_error": round(calibration_error(sure, right), 4),
        "brier": round(brier(sure, right), 4),
        "log_loss": round(log_loss(sure, right), 4),
        "ranking": None if rank is None else round(rank, 4),
        "code_log_loss": round(
            share_loss([a.chances for a in said], [each.example.shares for each in judged]), 4
        ),
    }


def _held_back(judged: Sequence[Judged]) -> dict[str, int]:
    """Count the codes of the table that the model held back, by whether the table was right."""
    held = [
        _is_right(each, "table")
        for each in judged
        if each.answers["table"].code is not None and each.answers["both"].code is None
    ]
    return {"right_lost": sum(held), "wrong_prevented": len(held) - sum(held)}


def _by_code(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    notes = Counter(each.example.code or each.example.decision for each in judged)
    return {
        key: {
            "notes": count,
            **{
                name: sum(
                    _is_right(each, name)
                    for each in judged
                    if (each.example.code or each.example.decision) == key
                )
                for name in CONTENDERS
            },
        }
        for key, count in sorted(notes.items())
    }
