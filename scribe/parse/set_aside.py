"""Blank what a note itself declares to be no part of it: superseded drafts, text that was charted beforehand, what is struck out.

The blanked text keeps its length and its lines, so that everything read from it stands where it stands in the note.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from scribe.parse.labels import either, folded, plain_words
from scribe.parse.set_aside_labels import VoidLabels
from scribe.parse.set_aside_lines import breaks, line_of, reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.parse.set_aside_lines import Line
    from scribe.rules.set_aside_schema import SetAsideWords

_LINE = re.compile(r"[^\n\r]+")
_SENTENCE = re.compile(r"[^\n.;]+(?:[.;](?!\s)[^\n.;]*)*")
_NOT_LINE_END = re.compile(r"[^\n\r]")
_FIRST_LINES = (
    3  # lines that name the note and what it is: a draft of which nothing else is told counts
)
_LITTLE = 0.25  # share of a note


class _Mark(NamedTuple):
    """A line that ends what was set aside before it: which one it is, from where on the note counts again, and why."""

    at: int
    counts_from: int
    is_instead: bool
    is_end: bool


class SetAside:
    """Find what a note sets aside, by the ``set_aside`` words of ``patterns/sections.yaml``."""

    def __init__(self, rules: SetAsideWords) -> None:
        """Make expressions of the words."""
        self._labels = VoidLabels(rules)
        self._above, self._above_alone = map(re.compile, _above(rules))
        self._struck = [
            re.compile(shape, re.IGNORECASE | re.DOTALL)
            for shape in rules.struck  # each apart: they count their own groups
        ]
        self._near, self._words_above = rules.near, rules.above

    def read(self, text: str) -> tuple[tuple[tuple[int, int], ...], str]:
        """Return where the text of a note stands that it sets aside, and the text with blanks there."""
        spans = tuple(self.find(text))
        return spans, blanked(text, spans) if spans else text

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where the text of a note stands that it sets aside, in order, none overlapping."""
        low = folded(text)
        near = [piece for piece in self._near if piece in low]
        if not near:
            return []
        spans = [m.span() for shape in self._struck for m in shape.finditer(text)]
        spans += self._declared(text, self._void(text, low, near))
        if any(word in low for word in self._words_above):
            spans += self._told_behind(text, low)
        apart: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if apart and start <= apart[-1][1]:
                apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
            else:
                apart.append((start, end))
        return apart

    def _void(self, text: str, low: str, near: Sequence[str]) -> set[int]:
        """Return where the lines begin that say that something does not count; without a piece of ``near`` none does."""
        lines = [m.span() for m in _LINE.finditer(text)]
        begins = [start for start, _ in lines]
        found = {at for piece in near for at in _lines_with(low, piece, begins, lines)}
        said = (line_of(text, *lines[at]) for at in found)
        return {line.start for line in said if self._labels.is_void(line)}

    def _declared(self, text: str, begins: set[int]) -> Iterator[tuple[int, int]]:
        """Yield what stands under the lines that say that it does not count."""
        if not begins:
            return
        found = (m.span() for m in _LINE.finditer(text) if m.group().strip())
        lines = [line_of(text, start, end) for start, end in found]
        void = [at for at, line in enumerate(lines) if line.start in begins]
        marks = self._marks(lines, void)
        behind = [mark.at for mark in marks]
        closed = 0
        for at in void:
            line = lines[at]
            if line.start < closed:
                continue
            after = bisect_right(behind, at)
            mark = marks[after] if after < len(marks) else None
            if mark is not None and self._closes(mark, lines, at, void):
                closed = mark.counts_from
            elif at < _FIRST_LINES and not line.has_told:
                continue
            else:
                end = reach(text, lines, at, is_text=self._labels.is_of_text(line))
                if at < _FIRST_LINES:
                    end = min(end, line.end)  # the head of the note goes on behind it
                if self._is_note(line, end, text):
                    continue
                closed = end if mark is None else min(end, mark.counts_from)
            yield line.start, closed

    def _marks(self, lines: Sequence[Line], void: Sequence[int]) -> list[_Mark]:
        """Return the lines behind the first void one that end what was set aside, in order."""
        labels, marks = self._labels, []
        for at, line in enumerate(lines[void[0] + 1 :], start=void[0] + 1):
            is_instead = labels.is_instead(line)
            is_end = not is_instead and labels.is_end(line)
            if is_end:
                marks.append(_Mark(at, line.end, is_instead=False, is_end=True))
            elif is_instead or labels.is_added(line):
                marks.append(_Mark(at, line.start, is_instead=is_instead, is_end=False))
        return marks

    def _closes(self, mark: _Mark, lines: Sequence[Line], at: int, void: Sequence[int]) -> bool:
        """Tell whether a mark ends what a void line begins, however far away it stands.

        A line that tells something itself ends with that; and a mark behind another void line is that one's.
        """
        if lines[at].has_told:
            return False
        other = bisect_right(void, at + 1)
        if other < len(void) and void[other] < mark.at:
            return False
        if mark.is_end:
            return self._labels.ends(lines[mark.at], lines[at])
        return mark.is_instead and self._labels.is_of_text(lines[at])

    def _is_note(self, line: Line, end: int, text: str) -> bool:
        """Tell whether hardly anything is told beside a draft, so that the draft is the note."""
        beside = line.start + len(text) - end
        return beside < len(text) * _LITTLE and self._labels.is_draft(line)

    def _told_behind(self, text: str, low: str) -> Iterator[tuple[int, int]]:
        """Yield what a sentence behind it declares void ("The paragraph above was charted beforehand and did not happen")."""
        begins = breaks(text)
        for sentence in _SENTENCE.finditer(text):
            if not any(low.find(word, *sentence.span()) >= 0 for word in self._words_above):
                continue
            words = plain_words(sentence.group())
            is_line = sentence.start() == 0 or text[sentence.start() - 1] == "\n"
            if not (self._above.search(words) or (is_line and self._above_alone.search(words))):
                continue
            start = _paragraph(begins, sentence.start())
            if not text[start : sentence.start()].strip(" \t\r\n-–—*[("):
                start = _paragraph(begins, start - 1)
            yield start, sentence.end()


def _lines_with(
    low: str, piece: str, begins: Sequence[int], lines: Sequence[tuple[int, int]]
) -> Iterator[int]:
    """Yield which lines hold a piece."""
    at = low.find(piece)
    while at >= 0:
        line = bisect_right(begins, at) - 1
        yield line
        at = low.find(piece, lines[line][1])


def blanked(text: str, spans: Sequence[tuple[int, int]], *, joins: bool = False) -> str:
    """Return a text with blanks for some stretches of it, in order and apart.

    Args:
        text: The text.
        spans: What is blanked.
        joins: Whether their line ends are blanked, too; otherwise the lines stay.
    """
    kept, at = [], 0
    for start, end in spans:
        blank = " " * (end - start) if joins else _NOT_LINE_END.sub(" ", text[start:end])
        kept += [text[at:start], blank]
        at = end
    return "".join((*kept, text[at:]))


def _above(rules: SetAsideWords) -> tuple[str, str]:
    """Return the sources of two expressions of sentences that declare void what stands before them.

    The first names a text, which any word voids, or bids us; the second says it of "the above" alone, which may be a step
    ("The above was not performed under tourniquet"), so that nothing but a reason goes on behind it, and it has a line to itself.
    """
    above, blocks = either(rules.above), either(rules.blocks)
    void, text, unreal = either(rules.void), either(rules.void_text), either(rules.unreal)
    block = rf"(?:{above})(?: [a-z]+){{0,2}} (?:{blocks})|(?:{blocks})(?: [a-z]+)? (?:{above})"
    gap = rf"(?: (?:{either(rules.between)})){{0,4}}?"
    ends = rf"(?=$| (?:{either(rules.reasons)})\b)"
    begun = r"^(?:[a-z]+ ){0,2}?"
    named = rf"{begun}(?:{block}){gap} (?:(?:{void}|{text})\b|(?:{unreal}){ends})"
    bidden = (
        rf"^(?:(?:{either(rules.please)}) )?(?:{text})"
        rf" (?:(?:{either(rules.all)}) )?(?:{block}|(?:{above})$)"
    )
    alone = (
        rf"{begun}(?:{above})(?= (?:{either(rules.says)})\b)"
        rf"{gap} (?:(?:{void})\b|(?:{text}|{unreal}){ends})"
    )
    return f"{named}|{bidden}", alone


def _paragraph(begins: Sequence[int], at: int) -> int:
    """Return where the paragraph begins that an offset ends, or stands in, of those that begin behind the breaks."""
    before = bisect_right(begins, at)
    return begins[before - 1] if before else 0
