"""Blank what a note itself declares to be no part of it: superseded drafts, text that was charted beforehand, what is struck out.

The blanked text keeps its length and its lines, so that everything read from it stands where it stands in the note.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from scribe.parse.labels import COLON, either, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.rules.set_aside_schema import SetAsideWords

_LINE = re.compile(r"[^\n\r]+")
_BRACKETS = re.compile(r"\([^)]*\)")
_ENCLOSED = re.compile(r"[-–—*#=~_<>^]{2,}.*|[\[({<].*[\])}>]|#.*")
_RULE = re.compile(r"[-–—=*_~#]{4,}")
_HEADING = re.compile(r"(?:\*\*|#+ ?)?[A-Z][A-Za-z /&(),'-]{1,45}:(?=\s|\*|$)")
_BLANK = re.compile(r"\n[ \t\r]*\n")
_SENTENCE = re.compile(r"[^\n.;]+(?:[.;](?!\s)[^\n.;]*)*")
_NOT_LINE_END = re.compile(r"[^\n\r]")
_QUOTES = {'"': '"', "“": "”", "'": "'"}
_LONGEST_LABEL = 120
_LONGEST_QUOTE = 3000
_FIRST_LINES = (
    3  # lines that name the note and what it is: a draft of which nothing else is told counts
)


class _Line(NamedTuple):
    """A line that holds something, with where its label ends, and the words of that label; no label, no words."""

    start: int
    end: int
    told: int
    words: str
    whole: str


class SetAside:
    """Find what a note sets aside, by the ``set_aside`` words of ``patterns/sections.yaml``."""

    def __init__(self, rules: SetAsideWords) -> None:
        """Make expressions of the words."""
        texts = either(rules.texts)
        blocks = either(rules.blocks)
        void = either((*rules.void, *rules.unreal))
        self._void = re.compile(
            rf"(?<!not )\b(?:{either(rules.void)})\b"
            rf"|^(?=.*\b(?:{texts})\b).*(?<!not )\b(?:{either(rules.void_text)})\b"
        )
        self._drafts = re.compile(rf"\b(?:{either(rules.drafts)})\b")
        self._counts = re.compile(rf"\b(?:{either(rules.counts)})\b")
        above = either(rules.above)
        self._behind = re.compile(rf"^(?:the )?(?:{above}|[a-z]+ above)\b")
        self._ends = re.compile(
            rf"^(?:end|ends|finish)(?: of)?(?: the)?(?: [a-z-]+){{0,4}} (?:{texts})\b"
        )
        self._denied = re.compile(rf"\b(?:{void})\b")
        which = rf"(?:{above})(?: [a-z]+){{0,2}} (?:{blocks})|(?:{blocks})(?: [a-z]+)? above"
        self._above = re.compile(
            rf"^(?:[a-z]+ ){{0,2}}?(?:{which}|(?:above|foregoing)(?= (?:was|is|did|does|has)))"
            rf"(?: (?:{either(rules.between)})){{0,4}}? (?:{void}|{either(rules.void_text)})\b"
            rf"|^(?:please )?(?:{either(rules.void_text)}) (?:the |this |these |all )?(?:{which})\b"
        )
        self._struck = re.compile("|".join(rules.struck), re.IGNORECASE | re.DOTALL)
        self._near, self._words_above = tuple(rules.near), rules.above

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where the text of a note stands that it sets aside, in order, none overlapping."""
        low = text.lower()
        near = [piece for piece in self._near if piece in low]
        if not near:
            return []
        spans = [*(m.span() for m in self._struck.finditer(text)), *self._declared(text, near)]
        if any(word in low for word in self._words_above):
            spans += self._told_behind(text)
        apart: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if apart and start <= apart[-1][1]:
                apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
            else:
                apart.append((start, end))
        return apart

    def _declared(self, text: str, near: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield what stands under the lines that say that it does not count; without a piece of ``near`` none does."""
        found = [m for m in _LINE.finditer(text) if m.group().strip()]
        void = [at for at, m in enumerate(found) if self._says_void(m, near)]
        if not void:
            return
        lines = [_line(text, m.start(), m.end()) for m in found]
        ends = self._end_marks(lines, void[0])
        closed = 0
        for at in void:
            line = lines[at]
            if line.start < closed:
                continue
            behind = bisect_right(ends, (at, len(text)))
            after = ends[behind][1] if behind < len(ends) else None
            if at < _FIRST_LINES and after is None:
                continue
            if after is None and self._is_draft(line.words) and self._is_draft_only(lines, at):
                continue
            closed = after if after is not None else _reach(text, lines, at)
            yield line.start, closed

    def _is_draft(self, words: str) -> bool:
        return self._void.search(words) is None

    def _is_draft_only(self, lines: Sequence[_Line], at: int) -> bool:
        """Tell whether hardly anything was told before a draft, so that the draft is the note."""
        return at < len(lines) / 4

    def _says_void(self, line: re.Match[str], near: Sequence[str]) -> bool:
        low = line.group().lower()
        if not any(piece in low for piece in near):
            return False
        return self._is_void(_line(line.string, *line.span()).words)

    def _is_void(self, words: str) -> bool:
        if not words or self._counts.search(words) or self._behind.search(words):
            return False
        return bool(self._void.search(words) or self._drafts.search(words))

    def _end_marks(self, lines: Sequence[_Line], first: int) -> list[tuple[int, int]]:
        """Return the lines behind one that say that what was set aside ends, each with where it does."""
        ends: list[tuple[int, int]] = []
        for at, line in enumerate(lines[first + 1 :], start=first + 1):
            if self._ends.search(line.whole) or (
                _is_closing(line) and self._denied.search(line.whole)
            ):
                ends.append((at, line.end))
            elif line.words and self._counts.search(line.words):
                ends.append((at, line.start))
        return ends

    def _told_behind(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield what a sentence behind it declares void ("The paragraph above was charted beforehand and did not happen")."""
        breaks = [m.end() for m in _BLANK.finditer(text)]
        for sentence in _SENTENCE.finditer(text):
            if not self._above.search(plain_words(sentence.group())):
                continue
            start = _paragraph(breaks, sentence.start())
            if not text[start : sentence.start()].strip(" \t\r\n-–—*[("):
                start = _paragraph(breaks, start - 1)
            yield start, sentence.end()


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text with blanks for some stretches of it, in order and apart; its lines stay."""
    kept, at = [], 0
    for start, end in spans:
        kept += [text[at:start], _NOT_LINE_END.sub(" ", text[start:end])]
        at = end
    return "".join((*kept, text[at:]))


def _line(text: str, start: int, end: int) -> _Line:
    """Return a line with its label: what stands before its first colon, or all of one that is shouted or enclosed in marks."""
    line = text[start:end]
    bare = line.strip()
    colon = COLON.search(line, 0, _LONGEST_LABEL)
    if colon:
        label = line[: colon.start()]
        is_label = ". " not in label
        return _Line(
            start,
            end,
            start + colon.end(),
            plain_words(label) if is_label else "",
            plain_words(line),
        )
    is_label = len(bare) <= _LONGEST_LABEL and (
        _ENCLOSED.fullmatch(bare) is not None or _BRACKETS.sub("", bare).isupper()
    )
    return _Line(start, end, end, plain_words(line) if is_label else "", plain_words(line))


def _is_closing(line: _Line) -> bool:
    """Tell whether a line is a remark of its own, enclosed in marks."""
    return bool(line.words) and line.told == line.end


def _reach(text: str, lines: Sequence[_Line], at: int) -> int:
    """Return where what a line sets aside ends, where no mark says so.

    It ends with its quotation, or with its paragraph; what has headings of its own goes on to the end of the note.
    """
    line = lines[at]
    told = text[line.told : line.end].strip()
    if told:
        mark = _QUOTES.get(told[0])
        opened = text.index(told[0], line.told)
        closed = text.find(mark, opened + 1, opened + _LONGEST_QUOTE) if mark else -1
        return closed + 1 if closed > 0 else _paragraph_end(text, line.end)
    below = lines[at + 1 : at + 2]
    if below and _RULE.fullmatch(text[below[0].start : below[0].end].strip()):
        below = lines[at + 2 : at + 3]
    own_headings = bool(below) and _is_heading(text, below[0])
    for other in lines[at + 2 :]:
        if _RULE.fullmatch(text[other.start : other.end].strip()):
            return other.start
        if not own_headings and _is_heading(text, other):
            return other.start
    return len(text)


def _is_heading(text: str, line: _Line) -> bool:
    bare = text[line.start : line.end].strip()
    return _HEADING.match(bare) is not None or (bare.isupper() and len(bare) <= _LONGEST_LABEL / 2)


def _paragraph(breaks: Sequence[int], at: int) -> int:
    """Return where the paragraph begins that an offset ends, or stands in, of those that begin behind the breaks."""
    before = bisect_right(breaks, at)
    return breaks[before - 1] if before else 0


def _paragraph_end(text: str, at: int) -> int:
    found = _BLANK.search(text, at)
    return found.start() if found else len(text)
