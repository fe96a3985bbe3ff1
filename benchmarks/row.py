"""One line of the table, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    Attributes:
        section: What was looked at.
        line: Who or what was measured.
        ratio: Median over the passes; None where nothing was measured.
        low: Smallest value of a pass.
        high: Largest value of a pass.
        meaning: What the ratio compares with, or why there is none.
    """

    section: str
    line: str
    ratio: float | None
    low: float | None = None
    high: float | None = None
    meaning: str


def as_table(rows: Iterable[Row]) -> str:
    """Write the rows as plain text, one block a section."""
    lines: list[str] = []
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            lines += [
                "",
                section,
                f"  {'':<34}{'ratio':>9}{'lowest':>10}{'highest':>10}  compared with",
            ]
        lines.append(
            f"  {row.line:<34}{_number(row.ratio):>9}{_number(row.low):>10}{_number(row.high):>10}  {row.meaning}"
        )
    return "\n".join(lines).lstrip("\n") + "\n"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
