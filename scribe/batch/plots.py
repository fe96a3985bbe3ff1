"""Plots as SVG text: the same figures give the same bytes, and nothing is loaded from anywhere."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scribe.batch.statistics import Share

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#8a9099",
    "axes.titlelocation": "left",
    "xtick.color": "#3a3f46",
    "ytick.color": "#3a3f46",
}
_BLUE, _GREEN, _AMBER, _RED, _VIOLET = "#1f4e8c", "#17663a", "#c07f00", "#a3201c", "#6d4a91"
_PROLOG = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_ID = re.compile(r'\bid="')
_REFERENCE = re.compile(r'(url\(#|href="#)')
_WIDTH = 7.2


def bars(name: str, title: str, values: Sequence[tuple[str, int]]) -> str:
    """Return horizontal bars, the first on top.

    Args:
        name: Unique within the page.
        title: What a screen reader says.
        values: Labels and counts; where there are none, nothing is drawn.
    """
    if not values:
        return ""

    def draw(axes: Any) -> None:
        places = range(len(values))
        drawn = axes.barh(places, [count for _, count in values], color=_BLUE, height=0.7)
        axes.bar_label(drawn, padding=3)
        axes.set_yticks(places, [label for label, _ in values])
        axes.invert_yaxis()
        axes.set_xlabel("notes")
        axes.xaxis.get_major_locator().set_params(integer=True)

    return svg(name, title, 0.6 + 0.3 * len(values), draw)


def stacked(name: str, title: str, values: Sequence[tuple[str, tuple[int, int, int]]]) -> str:
    """Return horizontal bars of three parts: missing, partial, contradicted; nothing where there are none."""
    if not values:
        return ""

    def draw(axes: Any) -> None:
        places = range(len(values))
        left = [0] * len(values)
        parts = (("missing", _RED, ""), ("partial", _AMBER, "//"), ("contradicted", _VIOLET, ".."))
        for at, (label, color, hatch) in enumerate(parts):
            widths = [counts[at] for _, counts in values]
            axes.barh(
                places, widths, left=left, color=color, label=label, height=0.7, hatch=hatch,
                edgecolor="white", linewidth=0,
            )  # fmt: skip
            left = [one + other for one, other in zip(left, widths, strict=True)]
        axes.set_yticks(places, [label for label, _ in values])
        axes.invert_yaxis()
        axes.set_xlabel("notes")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend(frameon=False, loc="lower right")

    return svg(name, title, 0.8 + 0.3 * len(values), draw)


def histogram(name: str, counts: Sequence[int], label: str) -> str:
    """Return the distribution of scores from 0 to 100 in equal steps; nothing where there are none."""
    if not any(counts):
        return ""

    def draw(axes: Any) -> None:
        step = 100 / len(counts)
        middles = [step * (at + 0.5) for at in range(len(counts))]
        drawn = axes.bar(middles, counts, width=step * 0.94, color=_GREEN)
        axes.bar_label(drawn, padding=2)
        axes.set_xticks(range(0, 101, 10))
        axes.set_xlabel(label)
        axes.set_ylabel("notes")
        axes.yaxis.get_major_locator().set_params(integer=True)

    return svg(name, f"Distribution of the {label}", 2.6, draw)


def intervals(name: str, title: str, values: Sequence[tuple[str, Share]]) -> str:
    """Return shares with their intervals, the first on top; nothing where there are none."""
    if not values:
        return ""

    def draw(axes: Any) -> None:
        places = range(len(values))
        points = [100 * each.value for _, each in values]
        below = [max(0.0, 100 * (each.value - each.low)) for _, each in values]
        above = [max(0.0, 100 * (each.high - each.value)) for _, each in values]
        axes.errorbar(points, places, xerr=[below, above], fmt="o", color=_BLUE, capsize=3)
        axes.set_yticks(places, [f"{label} (n={each.of})" for label, each in values])
        axes.set_ylim(len(values) - 0.5, -0.5)
        axes.set_xlim(-2, 102)
        axes.set_xlabel("% complete, with 95 % interval")
        axes.grid(axis="x", color="#e3e5e8")

    return svg(name, title, 0.8 + 0.3 * len(values), draw)


def svg(name: str, title: str, height: float, draw: Callable[[Any], None]) -> str:
    """Draw without any window, and make the text ready to stand in a page beside other plots.

    Args:
        name: Unique within the page.
        title: What a screen reader says.
        height: In inches.
        draw: Puts the plot onto axes of matplotlib.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.subplots())
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None}, transparent=True)
    drawn = _METADATA.sub("", _PROLOG.sub("", file.getvalue(), count=1))
    drawn = _REFERENCE.sub(rf"\g<1>{name}-", _ID.sub(f'id="{name}-', drawn))
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
