"""Figures in words, the same on the terminal and in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scribe.evaluate.figures import Figure

NO_FIGURE = "-"


def percent(value: float | None) -> str:
    """Write a share with one digit after the point."""
    return NO_FIGURE if value is None else f"{100 * value:.1f}%"


def number(value: float | None) -> str:
    """Write a number with three digits after the point."""
    return NO_FIGURE if value is None else f"{value:.3f}"


def with_interval(figure: Figure, *, is_share: bool = True) -> str:
    """Write a figure and its interval."""
    if figure.value is None:
        return NO_FIGURE
    shown = percent(figure.value) if is_share else f"{figure.value:.2f}"
    if figure.interval is None:
        return shown
    low, high = figure.interval
    ends = f"{100 * low:.1f} to {100 * high:.1f}" if is_share else f"{low:.2f} to {high:.2f}"
    return f"{shown} ({ends})"


def counts(figure: Figure) -> str:
    """Write the counts behind a figure."""
    return f"n={figure.of}" if figure.part is None else f"{figure.part}/{figure.of}"
