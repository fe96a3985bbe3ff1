"""Tables as CSV: UTF-8, one line end, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(file: TextIO, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a table.

    Args:
        file: Where to; opened with ``newline=""``.
        head: Names of the columns.
        rows: The cells; None becomes an empty cell, a truth ``yes`` or ``no``.

    Returns: How many rows were written.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    count = 0
    for row in rows:
        writer.writerow([cell_words(cell) for cell in row])
        count += 1
    return count


def cell_words(cell: Any) -> str:
    """Return one cell as text; what a spreadsheet could run gets an apostrophe in front."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return f"{cell:g}" if isinstance(cell, float) else str(cell)
    words = str(cell)
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words
