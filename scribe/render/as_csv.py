"""Tables as CSV: UTF-8, one line end, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class CsvTable:
    """A table that is written row by row."""

    def __init__(self, file: TextIO, head: Sequence[str]) -> None:
        """Write the names of the columns.

        Args:
            file: Where to; opened with ``newline=""``.
            head: Names of the columns.
        """
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(head)

    def write(self, row: Sequence[Any]) -> None:
        """Write a row of text, numbers and truths (``yes`` or ``no``); None becomes an empty cell."""
        self._writer.writerow([cell_words(cell) for cell in row])

    def write_all(self, start: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
        """Write rows that all begin with the same cells."""
        begun = [cell_words(cell) for cell in start]
        self._writer.writerows([*begun, *map(cell_words, row)] for row in rows)


def write_csv(file: TextIO, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a whole table; see ``CsvTable``."""
    table = CsvTable(file, head)
    for row in rows:
        table.write(row)


def cell_words(cell: Any) -> str:
    """Return one cell as text; what a spreadsheet could run gets an apostrophe in front."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
