"""The plots of an evaluation, drawn as those of an audit are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.batch.plots import svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.evaluate.calibration import Bin, Point

_BLUE, _GREY = "#1f4e8c", "#8a9099"
_HEIGHT = 3.4


def reliability(name: str, title: str, bins: Sequence[Bin]) -> str:
    """Return stated confidence against the share that is right; on the diagonal both are the same. Nothing without bins."""
    if not bins:
        return ""
    most = max(each.of for each in bins)

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1)
        sizes = [30 + 170 * each.of / most for each in bins]
        stated, right = [each.confidence for each in bins], [each.right for each in bins]
        axes.scatter(stated, right, s=sizes, color=_BLUE, alpha=0.8, zorder=3)
        for each in bins:
            axes.annotate(
                f"n={each.of}",
                (each.confidence, each.right),
                xytext=(9, -10),
                textcoords="offset points",
            )
        _unit_axes(axes, "stated confidence", "share right")

    return svg(name, title, _HEIGHT, draw)


def coverage(name: str, title: str, points: Sequence[Point]) -> str:
    """Return what abstaining buys: share of notes answered against share of the answers that are right. Nothing without points."""
    if not points:
        return ""

    def draw(axes: Any) -> None:
        covered, right = [each.coverage for each in points], [each.accuracy for each in points]
        axes.plot(covered, right, color=_BLUE, marker="o", markersize=4)
        _unit_axes(axes, "share of notes answered", "share of answers right")

    return svg(name, title, _HEIGHT, draw)


def _unit_axes(axes: Any, across: str, up: str) -> None:
    axes.set_xlim(-0.02, 1.04)
    axes.set_ylim(-0.02, 1.04)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(color="#e3e5e8")
