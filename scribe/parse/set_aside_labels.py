"""Tell of a label whether it sets something aside, what of, and whether it ends what another one set aside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scribe.parse.labels import either

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.parse.set_aside_lines import Line
    from scribe.rules.set_aside_schema import SetAsideWords

_SHORT = 2  # letters of a word that names nothing by itself


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(words)})\b")


class VoidLabels:
    """The labels of ``set_aside`` in ``patterns/sections.yaml``."""

    def __init__(self, rules: SetAsideWords) -> None:
        """Make expressions of the words."""
        self._never = _any(rules.never)
        self._checks = _any(rules.checks)
        texts = either(rules.texts)
        unless = "".join(rf"(?<!\b{re.escape(word)} )" for word in rules.denied)
        self._void = re.compile(
            rf"{unless}\b(?:{either(rules.void)})\b"
            rf"|^(?=.*\b(?:{texts})\b).*{unless}\b(?:{either(rules.void_text)})\b"
        )
        self._drafts = re.compile(rf"{unless}\b(?:{either(rules.drafts)})\b")
        self._alone = _any(rules.alone)
        self._bare = _any((*rules.void, *rules.void_text, *rules.unreal, *rules.alone, *rules.by))
        self._texts = _any(rules.texts)
        self._paragraphs = _any(rules.paragraphs)
        self._elsewhere = _any(rules.elsewhere)
        cited = "".join(rf"(?<!\b{re.escape(word)} )" for word in rules.cited)
        self._counts = re.compile(rf"{cited}\b(?:{either(rules.counts)})\b")
        self._added = re.compile(rf"{cited}\b(?:{either(rules.added)})\b")
        above = either(rules.above)
        self._behind = re.compile(rf"^(?:[a-z]+ ){{0,2}}?(?:{above})\b")
        self._ends = re.compile(
            rf"^(?:{either(rules.ends)})(?:$|(?! to\b)(?: of)?(?: the)?(?: [a-z']+){{0,4}} (?:{texts})\b)"
        )
        self._denied = _any((*rules.void, *rules.unreal))
        self._whole = frozenset(rules.whole)

    def is_void(self, line: Line) -> bool:
        """Tell whether a line sets aside what stands under it."""
        if not line.words or self._behind.search(line.words) or self._ends.search(line.whole):
            return False
        words = self._never.sub(" ", line.words)
        if self._stands_instead(words):
            return False
        if self._drafts.search(words):
            return True
        if self._checks.search(words):
            return False
        return self._void.search(words) is not None or (
            not line.has_told and self._alone.search(words) is not None and not self._named(words)
        )

    def is_draft(self, line: Line) -> bool:
        """Tell whether a void line only calls a text a draft, which counts where it is all that there is."""
        return self._void.search(self._never.sub(" ", line.words)) is None

    def is_of_text(self, line: Line) -> bool:
        """Tell whether a void line speaks of a text of the note, and not of one entry or of one paragraph."""
        words = line.words
        if self._elsewhere.search(words) or self._paragraphs.search(words):
            return False
        return bool(
            self._drafts.search(words) or self._texts.search(words) or not self._named(words)
        )

    def is_instead(self, line: Line) -> bool:
        """Tell whether a line heads the version that counts."""
        return bool(line.words) and self._stands_instead(line.words)

    def is_added(self, line: Line) -> bool:
        """Tell whether a line heads what was added to the note, which no draft before it takes in."""
        return bool(line.words) and self._added.search(line.words) is not None

    def is_end(self, line: Line) -> bool:
        """Tell whether a line says that a text ends, or denies, between marks, what stands before it."""
        if self._ends.search(line.whole):
            return True
        is_denial = line.is_enclosed and self._denied.search(line.whole) is not None
        return is_denial and not self.is_void(line)

    def ends(self, end: Line, line: Line) -> bool:
        """Tell whether an end mark is that of a void line, however far away: it says what ended, or that it was void."""
        if not self.is_of_text(line):
            return False
        if self._drafts.search(end.whole) or self._denied.search(end.whole):
            return True
        told = set(self._texts.findall(end.whole)) - self._whole
        return not told.isdisjoint(self._texts.findall(line.words))

    def _stands_instead(self, words: str) -> bool:
        return self._counts.search(words) is not None and self._elsewhere.search(words) is None

    def _named(self, words: str) -> bool:
        """Tell whether words name anything beside that it is void and who wrote it."""
        rest = self._bare.sub(" ", words).split()
        return any(len(word) > _SHORT and not word.isdigit() for word in rest)
