"""Deny a sentence that the next one takes back: "A free flap was intended. This was not carried out."."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from scribe.types.mention import Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.language import UndoneWords
    from scribe.types.mention import Sentence

_LONGEST = 10  # words of a sentence that takes back another
_TOLD = frozenset({"today", "loose", "title"})  # what is only planned, or long ago, is not denied


class Undone:
    """The sentences that take back what stands before them, by the ``undone`` words of ``patterns/context.yaml``."""

    def __init__(self, rules: UndoneWords) -> None:
        """Put the sentences together."""
        denied = [f"{verb} {deed}" for verb in rules.verbs for deed in rules.deeds]
        dropped = [f"{was} {word}".strip() for was in ("", "was", "were") for word in rules.alone]
        self._said = frozenset(
            f"{subject} {rest}".strip()
            for subject in rules.subjects
            for rest in (*denied, *dropped)
        )

    def denied(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return the sentences, with a denial over each that the next one of its paragraph takes back."""
        made = list(sentences)
        for at, (told, after) in enumerate(pairwise(sentences)):
            if (
                told.paragraph == after.paragraph
                and told.frame in _TOLD
                and self._takes_back(after)
            ):
                cue = Cue(
                    category="NEGATED",
                    rule="negated.undone",
                    start=after.start,
                    end=after.end,
                    scope_start=told.start,
                    scope_end=told.end,
                )
                made[at] = replace(told, cues=(*told.cues, cue))
        return made

    def _takes_back(self, sentence: Sentence) -> bool:
        words = [
            part
            for item in sentence.items
            for part in item.word.split("_")
            if part.isalpha() or "'" in part
        ]
        return 0 < len(words) <= _LONGEST and " ".join(words) in self._said
