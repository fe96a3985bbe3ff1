"""Labelled notes to what the model learns from: the features of each judged fact, and whether it is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models.labelled import rules_of_comparing
from scribe.evaluate.answer import answer_of
from scribe.evaluate.judge_facts import pair_facts
from scribe.evaluate.labels import JUDGED
from scribe.evaluate.match import Matcher
from scribe.suggest.fact_confidence import fact_features
from scribe.suggest.numbers import Features

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.evaluate.labels import LabelledNote
    from scribe.pipeline import Analyzer

CLIP: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One reported fact that labels judge.

    Attributes:
        voice: Whose note it is from.
        stated: The confidence that the rules state.
        features: What the model sees.
        is_right: Whether name, value and status are as labelled.
    """

    voice: str
    stated: float
    features: Features
    is_right: bool


def read_examples(notes: Iterable[LabelledNote], rules: Analyzer) -> tuple[Example, ...]:
    """Run the rules over the notes and hold their facts against the labels.

    Args:
        notes: With labels.
        rules: An analyzer that asks the models which stand before this one.
    """
    matcher = Matcher(rules_of_comparing())
    return tuple(each for note in notes for each in _examples(note, rules, matcher))


def _examples(note: LabelledNote, rules: Analyzer, matcher: Matcher) -> list[Example]:
    analysis = rules.analyze_note(note.note)
    reported = answer_of(analysis.to_dict(), note.note.text).facts
    pairing = pair_facts(note.labels.facts, reported, matcher)
    right = {
        id(fact)
        for label, fact in zip(note.labels.facts, pairing.right, strict=True)
        if fact is not None and label.status in JUDGED
    }
    judged = right | {id(fact) for fact in pairing.surplus}
    features = fact_features((*analysis.facts, *analysis.signals), CLIP)
    return [
        Example(
            voice=note.voice,
            stated=fact.confidence,
            features=row,
            is_right=id(fact) in right,
        )
        for fact, row, given in zip(reported, features, analysis.facts, strict=False)
        if id(fact) in judged and not given.is_learned  # what a judge gave keeps the judge's
    ]
