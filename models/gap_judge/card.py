"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json``: ``python -m models.gap_judge.card``, and ``make train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "MODEL_CARD.md"
_COLUMNS: Final = {
    "gaps": "gaps",
    "quiet_gaps": "kept quiet",
    "seeming": "seeming gaps",
    "quiet_seeming": "kept quiet",
}


def _figures(metrics: dict[str, Any]) -> str:
    rules = metrics["rules"]
    heads = tuple(_COLUMNS.values())
    lines = [
        (
            f"Trained on {metrics['notes']} notes of {metrics['voices']} voices with rules {rules['version']} ({rules['hash']});"
            f" {metrics['weights']} weights."
        ),
        "",
        "Voices left out, by the probability below which a gap is kept quiet:",
        "",
        *_by_probability(metrics["left_out"]),
        "",
        "Held-out voices, totals only:",
        "",
        *_by_probability(metrics["held_out"]),
        "",
        "Voices left out, by item, at the probability that was shipped when it was trained:",
        "",
        *table(
            ("item", *heads),
            ((item, *(each[key] for key in _COLUMNS)) for item, each in metrics["by_item"].items()),
        ),
    ]
    return "\n".join(lines) + "\n"


def _by_probability(group: dict[str, Any]) -> list[str]:
    return table(
        ("below", *_COLUMNS.values()),
        ((least, *(each[key] for key in _COLUMNS)) for least, each in group.items()),
    )


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
