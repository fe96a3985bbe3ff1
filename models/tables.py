"""Tables of figures for model cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BLOCK: Final = re.compile(r"(<!-- figures: [^>]*-->\n).*?(<!-- end of figures -->)", re.DOTALL)


def with_block(card: str, figures: str) -> str:
    """Return a card with other figures between its two marks."""
    return _BLOCK.sub(lambda found: f"{found[1]}{figures}{found[2]}", card)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table; its first column is text, the others numbers."""
    body = [[_cell(each) for each in row] for row in rows]
    lines = [list(head), ["---", *["---:"] * (len(head) - 1)], *body]
    return [f"| {' | '.join(line)} |" for line in lines]


def percent(value: float | None) -> str:
    """Write a share as percent."""
    return "-" if value is None else f"{100 * value:.2f}%"


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
