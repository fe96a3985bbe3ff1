"""Judge whether an item of a checklist that is short is really not told, or only not read.

A logistic regression over which case of the item holds, what was read of its facts, and how loudly the second reader hears them; no word
of the note. ``patterns/gap_judge.yaml`` says what follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scribe.suggest.numbers import Logistic, Numbers, logistic, read_numbers
from scribe.types.checklist import ItemStatus
from scribe.types.fact import Evidence, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scribe.rules.conditions import Scope
    from scribe.rules.gap_judge_schema import GapJudgeFile
    from scribe.suggest.numbers import Features
    from scribe.suggest.reader.hearing import Key, Sound
    from scribe.types.analysis import Stamp
    from scribe.types.checklist import ChecklistItem, CodeAssessment
    from scribe.types.mention import ParsedNote

FEATURES: Final = 1
"""Version of what ``gap_features`` returns; raise it with every change there, and train again."""
TITLE: Final = "the judge of gaps"
_SHORT: Final = (ItemStatus.MISSING, ItemStatus.PARTIAL)
_UNHEARD: Final = -6.0
"""Log odds of what nobody hears, and the lowest that count."""
_SHOWN: Final = -2.0
"""Words that sound less like the fact are not shown."""
_STEP: Final = 3.0
"""Log odds that weigh as much as the presence of a fact."""


class GapNumbers(Numbers):
    """Everything that the judge's answer depends on, beside ``patterns/gap_judge.yaml``.

    Attributes:
        gap: Whether the note does not say what the item asks for.
    """

    gap: Logistic

    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return how probable it is that a gap is one, from its features."""
        return {"gap": logistic(self.gap.odds(features))}


class GapJudge:
    """Keeps quiet about items that are short only because scribe does not read how the note says them."""

    def __init__(
        self, numbers: GapNumbers, rules: GapJudgeFile, stamp: Stamp | None = None
    ) -> None:
        """Join the numbers, and what an analysis calls them, with what follows."""
        self.numbers = numbers
        self.rules = rules
        self.stamp = stamp

    def hush(
        self,
        codes: tuple[CodeAssessment, ...],
        parsed: ParsedNote,
        scope: Scope,
        heard: Mapping[Key, Sound],
        *,
        is_open: bool,
    ) -> tuple[CodeAssessment, ...]:
        """Return the assessments, with the items quiet whose gap is improbable; status and score stay as they are.

        Args:
            codes: All codes, as the rules assess them.
            parsed: The note.
            scope: All facts and signals of the note.
            heard: What the second reader hears; nothing is hushed where it was not asked.
            is_open: No code is suggested; then what the code may hang on is asked for in any case.
        """
        if not heard:
            return codes
        asked = self.rules.deciding if is_open else frozenset[str]()
        return tuple(
            replace(
                code,
                checklist=tuple(
                    self._hushed(item, parsed, heard)
                    if item.id not in asked and self._is_doubtful(item, scope, heard)
                    else item
                    for item in code.checklist
                ),
            )
            for code in codes
        )

    def _is_doubtful(self, item: ChecklistItem, scope: Scope, heard: Mapping[Key, Sound]) -> bool:
        names = self.rules.hears.get(item.id)
        if names is None or not is_short(item):
            return False
        features = gap_features(item, names, scope, heard)
        return self.numbers.answers(features)["gap"] < self.rules.quiet_below

    def _hushed(
        self, item: ChecklistItem, parsed: ParsedNote, heard: Mapping[Key, Sound]
    ) -> ChecklistItem:
        """Return a quiet item, with the words that sound most like what it asks for."""
        own = self.rules.hears[item.id][0]
        loudest = max(_sounds(own, heard), default=None)
        shown = item.evidence
        if loudest is not None and loudest.odds >= _SHOWN:
            shown = (*shown, _evidence(loudest, parsed))
        return replace(
            item,
            is_quiet=True,
            why=f"{item.why} {self.rules.why}",
            evidence=tuple(dict.fromkeys(shown)),
        )


def is_short(item: ChecklistItem) -> bool:
    """Tell whether an item is required and documented in part or not at all."""
    return item.required and item.status in _SHORT


def gap_features(
    item: ChecklistItem, names: Iterable[str], scope: Scope, heard: Mapping[Key, Sound]
) -> Features:
    """Return everything that the judge sees of an item that is short.

    Args:
        item: The item, as the rules judge it.
        names: The facts that are listened for; the first is the item's own.
        scope: All facts and signals of the note.
        heard: What the second reader hears.
    """
    features: Features = {
        f"{item.id}|{item.status.value}": 1.0,
        f"{item.id}|{item.status.value}|{item.case}": 1.0,
    }
    for at, name in enumerate(names):
        loudest = max((each.odds for each in _sounds(name, heard)), default=_UNHEARD)
        odds = max(loudest, _UNHEARD)
        features[f"{item.id}|heard {name}"] = odds / _STEP
        features[f"{item.id}|loud {name}"] = max(odds, 0.0) / _STEP
        if at == 0:
            features["own fact heard"] = odds / _STEP
        told = scope.by_name.get(name, ())
        for fact in told:
            marked = "*" if fact.qualifiers else ""
            features[f"{item.id}|{name}|{fact.status.value}{marked}"] = 1.0
        if not told:
            features[f"{item.id}|{name}|untold"] = 1.0
    return features


def load_gap_judge(folder: Path, rules: GapJudgeFile) -> GapJudge:
    """Load a stored judge of gaps.

    Args:
        folder: Holds its manifest and its weights.
        rules: What follows from its answers.

    Raises:
        ModelError: Something is missing or damaged, or the model was trained on other features.
    """
    numbers, stamp = read_numbers(folder, GapNumbers, FEATURES, TITLE)
    return GapJudge(numbers, rules, stamp)


def _sounds(name: str, heard: Mapping[Key, Sound]) -> list[Sound]:
    return [
        sound for (of, _, status), sound in heard.items() if of == name and status is Status.PRESENT
    ]


def _evidence(sound: Sound, parsed: ParsedNote) -> Evidence:
    section = next((s.section for s in parsed.sentences if s.start <= sound.start < s.end), None)
    return Evidence(
        start=sound.start,
        end=sound.end,
        text=parsed.note.text[sound.start : sound.end],
        section=section,
    )
