"""Passages that tell of something beside this operation: of another patient, of a book, of what one usually does, of a limb left alone.

ConText cues (``patterns/context.yaml``) are words that stand together; what makes a passage an aside often stands apart ("the case
published last year from Lyon"). So these are patterns over tagged words, and each says how far what it marks reaches.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scribe.extract.patterns import Pattern, TagIndex, View
from scribe.types.mention import Cue

if TYPE_CHECKING:
    from scribe.extract.patterns import Match
    from scribe.rules.aside_schema import AsideRule
    from scribe.rules.language import Language
    from scribe.types.mention import ParsedNote, Sentence

_FRAMES = {"HISTORICAL": "history", "PLANNED": "plan"}
"""How a sentence is meant that is told of an earlier or a later operation; any other aside is of none."""


class Asides:
    """The patterns of ``patterns/asides.yaml``."""

    def __init__(self, language: Language) -> None:
        """Read the patterns.

        Raises:
            RulePackError: A pattern names a set that does not exist.
        """
        self._longest = language.asides.longest
        self._rules = [
            (rule, Pattern(rule.pattern, language.macros, rule.id))
            for rule in language.asides.rules
        ]

    def compile(self) -> None:
        """Compile every pattern.

        Raises:
            RulePackError: A pattern does not compile.
        """
        for _, pattern in self._rules:
            pattern.compiled  # noqa: B018 (a property that is kept)

    def mark(self, parsed: ParsedNote) -> ParsedNote:
        """Return the note with its asides marked: a sentence that is one has the frame ``aside``, a part of one lies under a cue."""
        if not parsed.sentences:
            return parsed  # a note that is not of the family: most of an archive
        views = tuple(View(s) for s in parsed.sentences if len(s.items) <= self._longest)
        index = TagIndex(views)
        marked = list(parsed.sentences)
        for rule, pattern in self._rules:
            for view in index.holding(pattern.needs):
                if view.tags.isdisjoint(rule.unless) and (
                    match := next(pattern.matches(view), None)
                ):
                    at = view.sentence.index
                    marked[at] = _marked(marked[at], rule, match)
        return replace(parsed, sentences=tuple(marked))


def _marked(sentence: Sentence, rule: AsideRule, match: Match) -> Sentence:
    """Return a sentence of which a part, or all, is an aside."""
    items = sentence.items
    cue = Cue(
        category=rule.category,
        rule=rule.id,
        start=sentence.start,  # before all that it governs, as what marks an aside may be a part of what is told
        end=sentence.start,
        scope_start=items[match.first].start if rule.reach == "behind" else sentence.start,
        scope_end=items[match.after - 1].end if rule.reach == "before" else sentence.end,
    )
    frame = _FRAMES.get(rule.category, "aside") if rule.reach == "sentence" else sentence.frame
    return replace(sentence, frame=frame, cues=(*sentence.cues, cue))
