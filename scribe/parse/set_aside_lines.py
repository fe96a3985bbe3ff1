"""The lines of a note as labels of what it sets aside, and how far such a label reaches where no mark ends it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scribe.parse.labels import COLON, plain_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRACKETS = re.compile(r"\([^)]*\)")
_REMARK = re.compile(r"(?<=\S)[ \t]*\([^)\n]*\)")
_ENCLOSED = re.compile(r"[-–—*#=~_<>^]{2,}.*|[\[({<].*[\])}>]|#.*")
_RULE = re.compile(r"[-–—=*_~#]{4,}")
_HEADING = re.compile(r"(?:\*\*|#+ ?)?[A-Z][A-Za-z /&(),'-]{1,45}:(?=\s|\*|$)")
_BLANK = re.compile(r"\n[ \t\r]*\n")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«"}
_APOSTROPHES = {"'": "'", "‘": "’", "’": "’"}
_LONGEST_LABEL = 120
_LONGEST_QUOTE = 3000


class Line(NamedTuple):
    """A line that holds something.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        told: Where what it tells begins, behind its label.
        words: The words of its label; none where it has no label.
        whole: All its words.
        has_told: True where something stands behind the label.
        is_enclosed: True where the label is all of a line that is written between marks.
    """

    start: int
    end: int
    told: int
    words: str
    whole: str
    has_told: bool
    is_enclosed: bool


def line_of(text: str, start: int, end: int) -> Line:
    """Return a line with its label: what stands before its first colon, or all of one that is shouted or enclosed in marks.

    A colon in a remark behind the first word ("DRAFT (resident: J.)") ends no label.
    """
    line = text[start:end]
    bare = line.strip()
    label = _REMARK.sub(_as_blanks, line[:_LONGEST_LABEL])
    colon = COLON.search(label)
    is_short = len(bare) <= _LONGEST_LABEL
    is_enclosed = is_short and not colon and _ENCLOSED.fullmatch(bare) is not None
    if colon:
        label, told = line[: colon.start()], start + colon.end()
        is_label = ". " not in label
    else:
        label, told = line, end
        is_shouted = is_short and not bare.endswith(".") and _BRACKETS.sub("", bare).isupper()
        is_label = is_enclosed or is_shouted
    return Line(
        start=start,
        end=end,
        told=told,
        words=plain_words(label) if is_label else "",
        whole=plain_words(line),
        has_told=bool(text[told:end].strip()),
        is_enclosed=is_enclosed,
    )


def _as_blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())


def reach(text: str, lines: Sequence[Line], at: int, *, is_text: bool) -> int:
    """Return where what a line sets aside ends, where no mark says so.

    It ends with its quotation, or with its paragraph; a text that has headings of its own goes on to the end of the note.

    Args:
        text: The note.
        lines: Its lines.
        at: Which of them sets aside.
        is_text: True where it speaks of a text of the note, not of one entry.
    """
    line = lines[at]
    if line.has_told:
        closed = _quoted_end(text, line.told)
        return paragraph_end(text, line.end) if closed is None else closed
    first = at + 1
    if first < len(lines) and _is_rule(text, lines[first]):
        first += 1
    own_headings = is_text and first < len(lines) and _is_heading(text, lines[first])
    for below in range(first + 1, len(lines)):
        other = lines[below]
        is_apart = not is_text and _BLANK.search(text, lines[below - 1].end, other.start)
        if is_apart or _is_rule(text, other):
            return other.start
        if not own_headings and _is_heading(text, other):
            return other.start
    return len(text)


def _quoted_end(text: str, told: int) -> int | None:
    """Return where a quotation ends that begins at an offset, or behind the blanks there; None where there is none."""
    opened = told
    while text[opened].isspace():
        opened += 1
    limit = opened + _LONGEST_QUOTE
    if text[opened] in _QUOTES:
        closed = text.find(_QUOTES[text[opened]], opened + 1, limit)
        return closed + 1 if closed > 0 else None
    mark = _APOSTROPHES.get(text[opened])
    if mark is None:
        return None
    found = _closing(mark).search(text, opened + 1, limit)
    return found.end() if found else None


@cache
def _closing(mark: str) -> re.Pattern[str]:
    """Return what closes such a quotation: behind an s, where an apostrophe may stand, only with a stop or the end of a line."""
    return re.compile(
        rf"(?<![sS]){mark}(?!\w)|{mark}(?=[.,;:!?)\]]|[ \t\r]*(?:\n|$))", re.MULTILINE
    )


def _is_rule(text: str, line: Line) -> bool:
    return _RULE.fullmatch(text[line.start : line.end].strip()) is not None


def _is_heading(text: str, line: Line) -> bool:
    bare = text[line.start : line.end].strip()
    return _HEADING.match(bare) is not None or (bare.isupper() and len(bare) <= _LONGEST_LABEL / 2)


def breaks(text: str) -> list[int]:
    """Return where the paragraphs of a text begin but for the first."""
    return [m.end() for m in _BLANK.finditer(text)]


def paragraph_end(text: str, at: int) -> int:
    """Return where the paragraph ends that an offset stands in."""
    found = _BLANK.search(text, at)
    return found.start() if found else len(text)
