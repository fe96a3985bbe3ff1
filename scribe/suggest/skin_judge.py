"""Judge what a note says became of skin, where surgeons' words for it outrun the rules.

A multinomial logistic regression over the words, tags and context of the sentences that speak of skin. Its answer is a signal with the
sentence that speaks most for it; ``patterns/decisions.yaml`` says what follows from it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scribe.errors import ModelError
from scribe.rules.conditions import evaluate
from scribe.suggest.numbers import Multinomial, read_numbers
from scribe.suggest.reader.features import words_of
from scribe.types.fact import LEARNED, Evidence, Fact, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scribe.rules.conditions import Scope
    from scribe.rules.skin_judge_schema import SkinJudgeFile
    from scribe.suggest.numbers import Features
    from scribe.types.analysis import Stamp
    from scribe.types.mention import ParsedNote, Sentence

FEATURES: Final = 1
"""Version of what ``features_of`` returns; raise it with every change there, and train again."""
WEAK: Final = "weak"
"""Marks an answer that is too improbable to fill a silence, and probable enough to ask about what a rule reads."""
_DIGITS: Final = 3
_CLIP: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class SkinReading:
    """What the judge makes of a note.

    Attributes:
        chances: Probability of each class; empty where nothing is said of skin.
        signal: The most probable one, where it is probable enough.
    """

    chances: Mapping[str, float] = field(default_factory=dict)
    signal: Fact | None = None


class SkinJudge:
    """Reads what a note says of skin."""

    def __init__(
        self, numbers: Multinomial, rules: SkinJudgeFile, stamp: Stamp | None = None
    ) -> None:
        """Join the numbers, and what an analysis calls them, with the rules of what is read."""
        self.numbers = numbers
        self.rules = rules
        self.stamp = stamp

    def judge(self, parsed: ParsedNote, scope: Scope) -> SkinReading:
        """Return how probable each class is, and the signal of what is probable enough to be told.

        Args:
            parsed: The note.
            scope: The facts and signals of the rules.
        """
        if not evaluate(self.rules.considers, scope).holds:
            return SkinReading()
        told = list(sentences_of(parsed, self.rules))
        if not told:
            return SkinReading()
        chances = self.numbers.answers(merged(told))
        return SkinReading(chances=chances, signal=self._signal(parsed, told, chances))

    def _signal(
        self,
        parsed: ParsedNote,
        told: Sequence[tuple[Sentence, bool]],
        chances: Mapping[str, float],
    ) -> Fact | None:
        name = max(chances, key=lambda each: chances[each])
        if chances[name] < self.rules.doubts:
            return None
        sentence = max(told, key=lambda each: self._speaks_for(name, each))[0]
        text = parsed.note.text
        return Fact(
            name=self.rules.signal,
            value=name,
            status=Status.PRESENT,
            confidence=round(min(max(chances[name], _CLIP), 1 - _CLIP), _DIGITS),
            evidence=(
                Evidence(
                    start=sentence.start,
                    end=sentence.end,
                    text=text[sentence.start : sentence.end],
                    section=sentence.section,
                ),
            ),
            rule=f"{LEARNED}{self.rules.signal}",
            qualifiers=() if chances[name] >= self.rules.least[name] else (WEAK,),
            signal=True,
        )

    def _speaks_for(self, name: str, told: tuple[Sentence, bool]) -> float:
        """Return how much more one sentence speaks for a class than for the others."""
        features = features_of(*told)
        pulls = {each: logit.odds(features) for each, logit in self.numbers.classes.items()}
        return pulls.pop(name) - max(pulls.values())


def sentences_of(parsed: ParsedNote, rules: SkinJudgeFile) -> Iterator[tuple[Sentence, bool]]:
    """Yield the sentences that are read, each with whether the vessels were joined before it."""
    sentences = parsed.sentences
    tags = [{c.tag for item in s.items for c in item.concepts} for s in sentences]
    joined = next((k for k, own in enumerate(tags) if own & set(rules.joined)), len(sentences))
    reach = -1
    for k, sentence in enumerate(sentences):
        if sentence.frame not in rules.frames or sentence.section in rules.silent_sections:
            continue
        if not tags[k].isdisjoint(rules.tags):
            reach = k + rules.behind
        elif k > reach or not tags[k].isdisjoint(rules.not_behind):
            continue
        yield sentence, k > joined


def merged(told: Sequence[tuple[Sentence, bool]]) -> Features:
    """Return the features of all sentences together."""
    features: Features = {}
    for sentence, late in told:
        features |= features_of(sentence, late)
    return features


def features_of(sentence: Sentence, late: bool) -> Features:
    """Return what is seen of a sentence: its words and tags, when they are told, and its cues."""
    when = "late" if late else "early"
    features: Features = {f"cue={cue.category}": 1.0 for cue in sentence.cues}
    heads: list[str] = []
    for item in sentence.items:
        if item.void:
            continue
        for word in words_of(item):
            features[f"word={word}"] = 1.0
            features[f"{when} word={word}"] = 1.0
        for concept in item.concepts:
            features[f"tag={concept.tag}"] = 1.0
            features[f"{when} tag={concept.tag}"] = 1.0
        heads.append(item.concepts[0].tag if item.concepts else words_of(item)[0])
    for one, other in itertools.pairwise(heads):
        features[f"heads={one} {other}"] = 1.0
    return features


def load_skin_judge(folder: Path, rules: SkinJudgeFile) -> SkinJudge:
    """Load a stored judge of skin.

    Args:
        folder: Holds its manifest and its weights.
        rules: What it reads.

    Raises:
        ModelError: Something is missing or damaged, or the model was trained on other features, or tells other classes than the rules
            have a least probability for.
    """
    numbers, stamp = read_numbers(folder, Multinomial, FEATURES, "the judge of skin")
    if rules.least.keys() != numbers.classes.keys():
        told = ", ".join(sorted(numbers.classes))
        msg = f"patterns/skin_judge.yaml: write in least one probability for each class of the judge of skin: {told}"
        raise ModelError(msg)
    return SkinJudge(numbers, rules, stamp)
