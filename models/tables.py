"""Pages with figures: the words are written by hand, the figures between two marks come from ``metrics.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BLOCK: Final = re.compile(r"(<!-- figures: [^>]*-->\n).*?(<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A page of Markdown and the figures in it.

    Attributes:
        path: The page; ``metrics.json`` stands beside it.
        figures: What makes the text between the marks of what ``metrics.json`` holds.
    """

    path: Path
    figures: Callable[[dict[str, Any]], str]

    def as_measured(self) -> str:
        """Return the page with its figures as they were last measured."""
        metrics = json.loads(self.path.with_name("metrics.json").read_text("utf-8"))
        figures = self.figures(metrics)
        page = self.path.read_text("utf-8")
        return _BLOCK.sub(lambda found: f"{found[1]}{figures}{found[2]}", page)

    def write(self) -> None:
        """Put the figures that were last measured into the page."""
        self.path.write_text(self.as_measured(), "utf-8")

    def is_current(self) -> bool:
        """Tell whether the page holds the figures that were last measured."""
        return self.as_measured() == self.path.read_text("utf-8")


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
