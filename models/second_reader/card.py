"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json``: ``python -m models.second_reader.card``, and ``make train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "MODEL_CARD.md"
_COLUMNS: Final = {
    "facts_f1": "facts, F1",
    "facts_precision": "precision",
    "facts_recall": "recall",
    "traps_fallen": "traps",
    "status_errors": "status wrong",
    "checklist_accuracy": "items right",
    "findings_recall": "findings",
    "false_findings": "barred findings",
    "code_accuracy": "code right",
    "wrong_suggestions": "wrong code",
    "fact_ece": "ECE of facts",
}
_NAMES: Final = {
    "rules": "rules alone",
    "both": "with the reader",
}


def _figures(metrics: dict[str, Any]) -> str:
    rules = metrics["rules"]
    added, doubted = metrics["added_at_first_sight"], metrics["doubted_at_first_sight"]
    lines = [
        f"Trained on {metrics['voices']} tuned voices with rules {rules['version']} ({rules['hash']}).",
        "",
        f"{metrics['weights']} weights; it speaks from {metrics['least']:.2f} on.",
        "",
        f"The {metrics['unseen_voices']} tuned voices that the reader never saw:",
        "",
        *_rows(metrics["unseen"]),
        "",
        "Held-out voices, totals only:",
        "",
        *_rows(metrics["held_out"]),
        "",
        "The voices that it learned from, each read by judges that never saw it (rules were written while looking at them):",
        "",
        *_rows(metrics["left_out"]),
        "",
        "Facts that would be added to what the rules gave at first sight, and how many of them are right:",
        "",
        *table(
            ("from", "left-out voices, added", "right", "unseen voices, added", "right"),
            (
                (
                    least,
                    *(added[group][least][key] for group in added for key in ("added", "right")),
                )
                for least in added["left_out"]
            ),
        ),
        "",
        "Facts of the rules at first sight that would be doubted:",
        "",
        *table(
            (
                "below",
                "left-out voices, right ones",
                "wrong ones",
                "unseen voices, right ones",
                "wrong ones",
            ),
            (
                (
                    least,
                    *(
                        doubted[group][least][key]
                        for group in doubted
                        for key in ("right", "wrong")
                    ),
                )
                for least in doubted["left_out"]
            ),
        ),
    ]
    return "\n".join(lines) + "\n"


def _rows(group: dict[str, Any]) -> list[str]:
    return table(
        ("", *_COLUMNS.values()),
        ((_NAMES[key], *(percent(row[each]) for each in _COLUMNS)) for key, row in group.items()),
    )


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
