"""Labelled notes to what the model learns from: rows of features and the share of each code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.labelled import analyzer_before
from scribe.assess.checklist import assess_codes
from scribe.pipeline import note_from_text
from scribe.rules.conditions import Scope, evaluate
from scribe.suggest.features import pair_features
from scribe.suggest.numbers import Features
from scribe.types.checklist import CodeAssessment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from models.voices import VoicedNote
    from scribe.rules.pack import RulePack

NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One note, read by the rules, with its labels.

    Attributes:
        voice: Whose note it is.
        code: The labelled code, or None.
        decision: The labelled decision.
        shares: What each code, and "none", is worth by the labels: the open codes of a question share 1.
        asked: Whether the second opinion is asked about this note.
        scope: What decides on the code of the note.
        assessments: The judged checklists.
        rows: Features by code, those that are not 0.
    """

    voice: str
    code: str | None
    decision: str
    shares: dict[str, float]
    asked: bool
    scope: Scope
    assessments: tuple[CodeAssessment, ...]
    rows: dict[str, Features]


def read_examples(notes: Sequence[VoicedNote], pack: RulePack) -> tuple[Example, ...]:
    """Read the notes, up to what the model is shown of them."""
    scopes = read_scopes([note.text for note in notes], pack)
    return tuple(_example(note, scope, pack) for note, scope in zip(notes, scopes, strict=True))


def read_scopes(texts: Iterable[str], pack: RulePack) -> Iterator[Scope]:
    """Yield what decides on the code of each text: an analysis shows the same to the model."""
    analyzer = analyzer_before("second_opinion", pack)
    for text in texts:
        yield analyzer.extract_facts(note_from_text(text)).deciding


def _example(note: VoicedNote, scope: Scope, pack: RulePack) -> Example:
    assessments = assess_codes(scope, pack)
    return Example(
        voice=note.voice,
        code=note.gold["code"],
        decision=note.gold["decision"],
        shares=_shares(note),
        asked=evaluate(pack.second_opinion.considers, scope).holds,
        scope=scope,
        assessments=assessments,
        rows=pair_features(scope, assessments, pack),
    )


def _shares(note: VoicedNote) -> dict[str, float]:
    code, alternatives = note.gold["code"], note.gold.get("alternatives") or ()
    if code:
        return {code: 1.0}
    if not alternatives:
        return {NONE: 1.0}
    return {each: 1 / len(alternatives) for each in alternatives}
