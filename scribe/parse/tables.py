"""Read tables of more than two columns: a row, or a column, is one thing, and its cells say what is said of it.

A row reads as a line does. Where the columns are the things ("| | artery | vein |"), their cells stand apart in the text and are brought
together after the words are tagged.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from scribe.parse.answers import read_answers
from scribe.parse.choosers import has_arrows
from scribe.parse.layout import boxes
from scribe.types.mention import Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.rules.words_schema import TableWords, WordsFile
    from scribe.types.mention import Sentence

_LINE = re.compile(r"[^\n\r]+")
_OF_RULES = frozenset(" \t:=+|-–—")
_SHORTEST_RULE = 3
_LEADERS = "...."
_BETWEEN = re.compile(r"[ ]{2,}|[ ]*\t[ \t]*")
_WORD = re.compile(r"[a-z]+")
_COLUMNS = 3  # with fewer it is a form
_ROWS = 2
_VALUES = frozenset({"NUM", "QUANTITY", "LEN", "MINS", "SIZE", "CLOCK"})

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its reach, its rows of cells, and whether its columns are the things it tells of."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    by_column: bool
    targets: frozenset[int] = frozenset()
    """Columns, or rows where ``by_column``, that name what something was joined to."""
    booked: frozenset[int] = frozenset()
    """Columns of what was booked, where another one says what was done."""

    def gaps(self) -> Iterator[tuple[Cell, str]]:
        """Yield what stands between the cells: a colon behind the first of a row, and nothing elsewhere."""
        at = self.start
        for row in self.rows:
            yield (at, row[0][0]), ""
            at = row[-1][1]
            said = [cell for cell in row if cell[0] < cell[1]]
            for k, (cell, after) in enumerate(pairwise(said)):
                to = "to" if row.index(after) in self.targets and not self.by_column else ""
                yield (cell[1], after[0]), ":" if k == 0 and cell is row[0] else to
        yield (at, self.end), ""

    def lines(self) -> Iterator[int]:
        """Yield where its rows begin and end."""
        for row in self.rows:
            yield from (row[0][0], row[-1][1])


def find_tables(text: str, words: TableWords) -> list[Table]:
    """Return the tables of a note in order; tables of two columns are forms and none of these."""
    if "|" not in text and "   " not in text and "\t" not in text:
        return []
    found: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    before: int | None = None
    for number, line in enumerate(_LINE.finditer(text)):
        if rows and _is_rule(line.group()):
            before = number
            continue
        row = _cells(text, line.start(), line.end())
        if len(row) < _COLUMNS - (not rows) or (
            rows and (before != number - 1 or not _fits(rows, row))
        ):
            found += _table(text, rows, words)
            rows = []
        if len(row) >= _COLUMNS - 1 and (
            rows or len(row) >= _COLUMNS or text[line.start()] in " \t"
        ):
            rows.append(row)
        before = number
    return found + _table(text, rows, words)


def _is_rule(line: str) -> bool:
    """Tell whether a line only rules a table off: "|---|---|", "+----+"."""
    return _OF_RULES.issuperset(line) and len(line.strip()) >= _SHORTEST_RULE


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    """Return the cells of a line, without the blanks around their words; no cell where it is no row."""
    line = text[start:end]
    if _is_form_line(text, start, end):
        return ()
    if "|" in line:
        bare = line.strip()
        inner = start + len(line) - len(line.lstrip()) + bare.startswith("|")
        stop = start + len(line.rstrip()) - (bare.endswith("|") and len(bare) > 1)
        cuts = [inner - 1, *(k for k in range(inner, stop) if text[k] == "|"), stop]
        return tuple(_trim(text, a + 1, b) for a, b in pairwise(cuts))
    cells: list[Cell] = []
    at = start + len(line) - len(line.lstrip())
    for gap in _BETWEEN.finditer(text, at, end):
        cells.append((at, gap.start()))
        at = gap.end()
    if at < end:
        cells.append(_trim(text, at, end))
    return tuple(cells)


def _is_form_line(text: str, start: int, end: int) -> bool:
    """Tell whether a line without a bar before it leads to its answer by dots, or by boxes or lists to choose from: it has no columns."""
    line = text[start:end]
    if line.lstrip().startswith("|"):
        return False
    return (
        _LEADERS in line or has_arrows(line) or ("|" not in line and bool(boxes(text, start, end)))
    )


def _trim(text: str, start: int, end: int) -> Cell:
    while start < end and text[start] in " \t*":
        start += 1
    while end > start and text[end - 1] in " \t*":
        end -= 1
    return start, end


def _fits(rows: Sequence[tuple[Cell, ...]], row: tuple[Cell, ...]) -> bool:
    """Tell whether a row has as many cells as those above it; the first may lack the corner."""
    return len(row) == len(rows[-1]) or (len(rows) == 1 and len(row) == len(rows[0]) + 1)


def _table(text: str, rows: list[tuple[Cell, ...]], words: TableWords) -> list[Table]:
    if len(rows) < _ROWS or len(rows[-1]) < _COLUMNS:
        return []
    start = text.rfind("\n", 0, rows[0][0][0]) + 1
    if len(rows[0]) < len(rows[1]):
        rows[0] = ((start, start), *rows[0])
    bars = "|" in text[start : rows[0][-1][1] + 2]
    head = sum(_names(text, cell, words.fields) for cell in rows[0][1:])
    side = sum(_names(text, row[0], words.fields) for row in rows[1:])
    joined = sum(_is_join(text, row[0], words) for row in rows[1:])
    answered = _names(text, rows[0][1], words.answers)
    booked = _booked(text, rows[0], words)
    by_column = bool(booked) or (side > head and side > 1 and joined < _ROWS and not answered)
    labels = [row[0] for row in rows] if by_column else rows[0]
    targets = frozenset(
        k for k, cell in enumerate(labels) if k > 1 and _names(text, cell, words.targets)
    )
    both_ends = all(_names(text, cell, words.ends) for cell in labels[1:3])
    if not targets and (both_ends or joined >= _ROWS) and _names(text, labels[2], words.ends):
        targets = frozenset({2})  # "Flap side | Neck side"
    if not (bars or by_column or (targets and head >= _ROWS)):
        return []  # columns of blanks read well as lines
    end = text.find("\n", rows[-1][-1][1])
    stop = len(text) if end < 0 else end
    return [Table(start, stop, tuple(rows), by_column, targets, booked)]


def _booked(text: str, heads: Sequence[Cell], words: TableWords) -> frozenset[int]:
    """Return the columns that are headed "Booked" where another one is headed "Done"."""
    if not any(_names(text, cell, words.done) for cell in heads):
        return frozenset()
    return frozenset(k for k, cell in enumerate(heads) if _names(text, cell, words.booked))


def _names(text: str, cell: Cell, words: frozenset[str]) -> bool:
    return not words.isdisjoint(_WORD.findall(text[cell[0] : cell[1]].lower()))


def _is_join(text: str, cell: Cell, words: TableWords) -> bool:
    """Tell whether a label names nothing but a vessel that was joined: "Artery", "Vein 2", "Inflow"."""
    said = _WORD.findall(text[cell[0] : cell[1]].lower())
    return len(said) == 1 and said[0] in words.joined


def read_columns(
    sentences: Sequence[Sentence], tables: Sequence[Table], words: WordsFile
) -> list[Sentence]:
    """Return the sentences with those inside tables of columns replaced by one for each column.

    Args:
        sentences: The sentences of a note, in order.
        tables: Its tables, in order.
        words: The words of answers.
    """
    made: list[Sentence] = []
    begins = [sentence.start for sentence in sentences]
    at = 0
    for table in (t for t in tables if t.by_column):
        first, after = bisect_left(begins, table.start), bisect_left(begins, table.end)
        made += sentences[at:first]
        made += _columns(sentences[first:after], table, words)
        at = after
    made += sentences[at:]
    return [replace(s, index=k) for k, s in enumerate(made)] if at else made


def _columns(inside: Sequence[Sentence], table: Table, words: WordsFile) -> Iterator[Sentence]:
    """Yield one sentence for each column of a table."""
    items = [item for sentence in inside for item in sentence.items]
    begins = [item.start for item in items]
    if table.booked:
        yield from _compared(inside[0], items, begins, table, words)
        return
    for k in range(1, len(table.rows[-1])):
        told = _of_column(items, begins, table, k)
        column, cues = read_answers(told, words.answers)
        if column:
            start, end = column[0].start, column[-1].end
            yield replace(inside[0], start=start, end=end, items=tuple(column), cues=cues)


def _compared(
    first: Sentence,
    items: Sequence[Item],
    begins: Sequence[int],
    table: Table,
    words: WordsFile,
) -> Iterator[Sentence]:
    """Yield each cell behind the label of its row, where columns compare what was booked with what was done."""
    for k, row in product(range(1, len(table.rows[-1])), table.rows[1:]):
        value = _between(items, begins, row[k]) if k < len(row) else []
        if not value:
            continue
        mark = row[k][0]
        told = [*_between(items, begins, row[0]), Item(":", mark, mark), *value]
        said, cues = read_answers(told, words.answers)
        if said:
            frame = "plan" if k in table.booked else first.frame
            start, end = said[0].start, said[-1].end
            yield replace(first, start=start, end=end, items=tuple(said), cues=cues, frame=frame)


def _of_column(
    items: Sequence[Item], begins: Sequence[int], table: Table, column: int
) -> list[Item]:
    """Return the words of a column; those of a row's label only where a bare value or answer needs them."""
    said: list[Item] = []
    for k, row in enumerate(table.rows):
        if column >= len(row):
            continue
        words = _between(items, begins, row[column])
        label = _between(items, begins, row[0]) if column else []
        if not words:
            continue
        bare = not any(c.tag not in _VALUES for item in words for c in item.concepts)
        mark = row[column][0]
        if label and bare:
            at = label[0].start
            said += [Item(";", at, at), *label, Item(":", mark, mark)]
        elif k in table.targets and said:
            said.append(Item("to", mark, mark))
        said += words
    return said


def _between(items: Sequence[Item], begins: Sequence[int], cell: Cell) -> Sequence[Item]:
    return items[bisect_left(begins, cell[0]) : bisect_left(begins, cell[1])]
