"""Read the layout of forms: a key and its value that stand in columns say what "key: value" says.

Record systems set a form with tabs, bars or columns of blanks where prose would have a colon. The layout becomes a colon among the
words, so that one rule reads every layout; the note's text stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from scribe.parse.choosers import ARROWS
from scribe.parse.fields import coded_lines, field_marks
from scribe.parse.layout import (
    BOTH_WAYS,
    FILLED_ROUND,
    TICKED,
    Stretches,
    boxes,
    has_round_boxes,
    line_end,
    stand_behind,
)
from scribe.parse.tables import Table, find_tables
from scribe.parse.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.parse.choosers import Mark
    from scribe.rules.words_schema import WordsFile

_LINE = re.compile(r"[^\n\r]+")
_ROW = re.compile(r"[ \t]*(?P<begin>\|)?(?P<key>[^|]{1,80})\|[^|]+(?P<end>\|)?[ \t]*$")
_KEY = r"[ \t]*(?P<number>[A-Z]?\d{1,2}[a-z]?[.)]?[ \t]+)?(?P<key>[A-Za-z][\w /&+().,:'{}-]{0,70}?)"
# "22  Skin with bone ........... 0"; the label may hold a legend.
_LEADER = re.compile(
    r"[ \t]*(?P<number>\(?[A-Z]?\d{1,3}[.)]?[ \t]+)?(?P<key>[A-Za-z0-9][^\n|]{0,90}?)(?P<gap>[ \t]*\.{3,}[ \t]*)(?=\S)"
)
# A label before the first box of its line.
_BOXED = re.compile(
    r"^[ \t]*(?P<label>[^\[\]():;\u2610-\u2612\u2714\u25a0\u25a1\u25c9\u25cb\u25cf\u25ef\u29bf\n]{0,50}[a-zA-Z])(?P<gap>[ ]?\??[ \t]{1,60})"
    r"(?=[\[(][ ]{0,3}[xX\u2713\u2714\u221a\u2022\u25cf\u25a0\u25c9*]?[ ]{0,3}[\])]"
    r"|[\u2610-\u2612\u2714\u25a1]|[\u25cb\u25cf\u25ef\u25c9\u29bf][ ])",
    re.MULTILINE,
)
# A question and its bare answer ("Was any skin moved? None."), on one line or on two.
_ASKED = re.compile(
    r"(?P<mark>\?)\s{1,4}(?=(?:none|no?|not at all|nil|y(?:es)?)[ \t]*(?:[.;,\n\r]|\Z))",
    re.IGNORECASE,
)
# A full stop before the next box of a labelled line ("Artery: DP to PT.  [x] End-to-side.  [x] Sutured"), or before a list to choose from.
_BOX_AFTER = re.compile(
    rf"(?<=[a-z)]{{3}})(?P<stop>\.)(?=[ \t]{{1,4}}(?:[\[(][ ]{{0,3}}\w?[ ]{{0,3}}[\])]|[\u2610-\u2612\u25a1]"
    rf"|[A-Z][a-z ]{{2,20}}[{ARROWS}]))"
)
_TAB = re.compile(_KEY + r"(?P<gap>[ ]*\t+[ ]*)(?=[^\s])")
_COLUMN = re.compile(_KEY + r"(?P<gap>[ ]{2,40})(?=[^\s:])")
_TICKED = re.compile(TICKED + "|[\u00ab\u00bb]")
_DOT = re.compile(f"[{FILLED_ROUND}]")
# "Y  Microscope      N  Vein graft": a letter in a column before what it answers.
_LETTERED = re.compile(r"^[ \t]*[YN][ ]{2,}[A-Za-z][^\n]*$", re.MULTILINE)
_LETTER = re.compile(r"(?:^[ \t]*|[ ]{2,})(?P<letter>[YN])[ ]{2,}(?=[A-Za-z])", re.MULTILINE)
_LEAST_LETTERED = 3  # lines
_ANSWERS = frozenset("YN")
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
_HASHES = re.compile(r"^[ \t]*#{1,6}(?=\s)", re.MULTILINE)  # a heading in Markdown, no fracture
# Each way begins with a character and not with a set of them: such are found much faster.
_TICK = re.compile(
    r"x\s?[\])]|X\s?[\])]|[\u2713\u221a\u2022\u25cf\u25a0\u25c9*]\s?[\])]|\u2611|\u2612|\u2714|\u00ab|\u00bb"
)
_OFFER = re.compile(r"\{[^{}]*\}")
_WORDS = 6  # words of a key, at most
_WORDS_CODED = 12
_LEAST_RUN = 4  # lines of one gap, where values do not stand in a column
_LEAST_GAP = 3
_NEAR = 2  # lines between two lines of one form, at most


@dataclass(frozen=True, slots=True)
class Form:
    """What the layout of a note says: the colons and marks among its words, and where its lines begin."""

    tokens: list[Token]
    lines: frozenset[int] = frozenset()
    """Offsets at which a line of a form begins or ends; no sentence crosses one."""
    tables: tuple[Table, ...] = ()
    """Its tables of several columns."""


def read_forms(text: str, tokens: list[Token], words: WordsFile) -> Form:
    """Return the tokens with a colon where a form's layout sets a value apart from its key, and without ticks and frames.

    Args:
        text: The whole note.
        tokens: Its tokens, in order.
        words: The words by which layouts are known.
    """
    tables = tuple(find_tables(text, words.tables))
    inside = Stretches((table.start, table.end) for table in tables)
    by_line = {field.start: field for field in (*_columns(text), *_rows(text), *_leaders(text))}
    fields = [by_line[at] for at in sorted(by_line) if not inside.cover(at)]
    edits = _apart(
        chain(
            field_marks(text, words.answers),
            ((field.gap, ":") for field in fields),
            ((span, "") for field in fields for span in field.frame),
            chain.from_iterable(table.gaps() for table in tables),
            _marks(text, words),
        )
    )
    if not edits:
        return Form(tokens)
    made = list(tokens)
    starts = [token.start for token in tokens]
    for (start, end), mark in sorted(edits.items(), reverse=True):
        at, after = bisect_left(starts, start), bisect_left(starts, end)
        made[at:after] = [Token(mark, start, end)] if mark else []
    lines = {edge for field in fields for edge in (field.start, field.end)}
    lines |= {edge for table in tables for edge in table.lines()}
    lines |= set(coded_lines(text))
    return Form(made, frozenset(lines), tables)


def _marks(text: str, words: WordsFile) -> Iterator[Mark]:
    """Yield what stands for a mark, or for nothing, inside any line of a form."""
    if _TICK.search(text) or _DOT.search(text):
        yield from ((m.span(), "") for m in _TICKED.finditer(text))
        yield from (
            (m.span("gap"), ":")
            for m in _BOXED.finditer(text)
            if m["label"].split()[-1].lower() not in words.answers.leading
            and not _closes_options(text, m)
        )
        yield from ((m.span("stop"), ",") for m in _BOX_AFTER.finditer(text))
        yield from ((m.span("gap"), ";") for m in BOTH_WAYS.finditer(text))
    if has_round_boxes(text):
        yield from (
            (m.span(), "")
            for line in _LINE.finditer(text)
            if has_round_boxes(line.group())
            for m in _DOT.finditer(text, *line.span())
        )
    lettered = list(_LETTERED.finditer(text))
    for line in lettered if len(lettered) >= _LEAST_LETTERED else ():
        for match in _LETTER.finditer(text, *line.span()):
            yield match.span("letter"), "no" if match["letter"] == "N" else ","
            if match.start() > line.start():
                yield (match.start(), match.start() + 1), ";"
    if "?" in text:
        yield from ((m.span("mark"), ":") for m in _ASKED.finditer(text))
    if "**" in text:
        yield from ((m.span(), "") for m in _BOLD.finditer(text))
    if "##" in text:
        yield from ((m.span(), "") for m in _HASHES.finditer(text))


def _closes_options(text: str, label: re.Match[str]) -> bool:
    """Tell whether the boxes of a label's line stand behind their options."""
    end = line_end(text, label.end())
    return stand_behind(text, label.start(), end, boxes(text, label.start(), end))


def _apart(marks: Iterable[Mark]) -> dict[tuple[int, int], str]:
    """Return the marks that overlap none before them; what comes first counts."""
    held: list[tuple[int, int]] = []
    made: dict[tuple[int, int], str] = {}
    for (start, end), mark in marks:
        at = bisect_left(held, (start, end))
        free = not (at and held[at - 1][1] > start) and not (at < len(held) and held[at][0] < end)
        if free and start < end:
            held.insert(at, (start, end))
            made[start, end] = mark
    return made


@dataclass(frozen=True, slots=True)
class _Field:
    """One line of a form: its reach, the gap between key and value, and the bars around it."""

    start: int
    end: int
    gap: tuple[int, int]
    frame: tuple[tuple[int, int], ...] = ()


def _rows(text: str) -> Iterator[_Field]:
    """Yield the rows of tables of two columns."""
    if "|" not in text:
        return
    for line in _LINE.finditer(text):
        row = _ROW.match(line.group())
        if row and _is_key(row["key"]):
            at = line.start()
            bars = [row.start(bar) for bar in ("begin", "end") if row[bar]]
            gap = at + row.end("key")
            yield _Field(at, line.end(), (gap, gap + 1), tuple((at + k, at + k + 1) for k in bars))


def _leaders(text: str) -> Iterator[_Field]:
    """Yield the lines whose label leads to its value by dots; the number of such a line says nothing."""
    if "..." not in text:
        return
    for line in _LINE.finditer(text):
        match = _LEADER.match(line.group())
        if match:
            at = line.start()
            number = [(at + match.start("number"), at + match.end("number"))]
            gap = (at + match.start("gap"), at + match.end("gap"))
            yield _Field(at, line.end(), gap, tuple(number if match["number"] else ()))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be a field: its number, where its value begins, how wide the gap is, and whether that is a tab."""

    number: int
    column: int
    width: int
    tab: bool
    field: _Field


def _columns(text: str) -> Iterator[_Field]:
    """Yield the lines set in columns: by a tab, by blanks that end where a neighbour's do, or by as many blanks throughout."""
    if "\t" not in text and "   " not in text:
        return
    found: list[_Line] = []
    for number, line in enumerate(_LINE.finditer(text)):
        match = _TAB.match(line.group()) or _COLUMN.match(line.group())
        if match and _is_key(match["key"], coded=bool(match["number"])):
            at = line.start()
            gap = (at + match.start("gap"), at + match.end("gap"))
            code = (at + match.start("number"), at + match.end("number"))
            field = _Field(at, line.end(), gap, (code,) if match["number"] else ())
            tab = "\t" in match["gap"]
            found.append(_Line(number, match.end("gap"), gap[1] - gap[0], tab, field))
    for k, told in enumerate(found):
        near = [found[j] for j in (k - 1, k + 1) if 0 <= j < len(found)]
        aligned = any(
            abs(other.number - told.number) <= _NEAR
            and told.tab == other.tab
            and (told.tab or other.column == told.column)
            for other in near
        )
        if aligned or _run(found, k) >= _LEAST_RUN:
            yield told.field


def _run(found: list[_Line], at: int) -> int:
    """Return how many lines in a row around one have as wide a gap."""
    first = last = at
    while first and _goes_on(found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and _goes_on(found[last], found[last + 1]):
        last += 1
    return last - first + 1


def _goes_on(line: _Line, after: _Line) -> bool:
    near = after.number - line.number <= _NEAR
    return near and not line.tab and line.width == after.width >= _LEAST_GAP


def _is_key(words: str, *, coded: bool = False) -> bool:
    """Tell whether words may be the key of a form: few, no sentence, and no colon of their own unless a code stands before them."""
    bare = words.strip()
    plain = _OFFER.sub("", bare).strip()
    return (
        bool(plain)
        and plain[0].isalpha()
        and plain not in _ANSWERS
        and plain[-1] not in ".:;,?"
        and (coded or ":" not in plain)
        and len(plain.split()) <= (_WORDS_CODED if coded else _WORDS)
    )
