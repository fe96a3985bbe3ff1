"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json``: ``python -m models.site_judge.card``, and ``make train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "MODEL_CARD.md"


def _figures(metrics: dict[str, Any]) -> str:
    rules = metrics["rules"]
    rows = [
        (name, *(part for how in ("rules alone", "with the judge") for part in _shares(both[how])))
        for name, both in metrics["sites"].items()
    ]
    heads = ("left out", "rules: precision", "recall", "with the judge: precision", "recall")
    lines = [
        (
            f"Trained on {metrics['texts']} texts ({metrics['places']} places) with rules"
            f" {rules['version']} ({rules['hash']}); {metrics['weights']} weights."
        ),
        "",
        "Recipient sites, each group judged by a judge that never saw it:",
        "",
        *table(heads, rows),
    ]
    return "\n".join(lines) + "\n"


def _shares(counts: dict[str, int]) -> tuple[str, str]:
    right = counts.get("right", 0)
    given = right + counts.get("wrong", 0)
    labelled = right + counts.get("missed", 0)
    return percent(right / given if given else None), percent(right / labelled)


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
