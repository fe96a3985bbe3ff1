"""Deny a sentence that the next one takes back: "A free flap was intended. This was not carried out."."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise, product
from typing import TYPE_CHECKING

from scribe.types.mention import Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.language import UndoneWords
    from scribe.types.mention import Sentence

_LONGEST = 10  # words of a sentence, or of its beginning, that takes back another
_TOLD = frozenset({"today", "loose", "title", "history"})  # what is only planned is not denied


class Undone:
    """The sentences that take back what stands before them, by the ``undone`` words of ``patterns/context.yaml``."""

    def __init__(self, rules: UndoneWords) -> None:
        """Put the sentences together."""
        self._goes_on = rules.goes_on
        dropped = product(rules.ways[0].subjects, ("", "was", "were"), rules.alone)
        denied = (product(way.subjects, way.verbs, way.deeds) for way in rules.ways)
        self._said = frozenset(
            " ".join(part for part in parts if part) for parts in chain(dropped, *denied)
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
                    category="ANSWERED",  # no rule passes over it, as some do over a "not" in the sentence itself
                    rule="answered.undone",
                    start=after.start,
                    end=after.end,
                    scope_start=_last_told(told),
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
        begun = next((at for at, word in enumerate(words) if word in self._goes_on), len(words))
        return 0 < begun <= _LONGEST and " ".join(words[:begun]) in self._said


def _last_told(sentence: Sentence) -> int:
    """Return where what a sentence tells last begins: behind ";" or ", and", which set apart what was told before."""
    items = sentence.items
    for before, after in zip(items[-2::-1], items[:0:-1], strict=True):
        if before.word == ";" or (before.word, after.word) == (",", "and"):
            return after.start
    return sentence.start
