"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json``: ``python -m models.fact_confidence.card``, and ``make train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "MODEL_CARD.md"
_NAMES: Final = {
    "stated": "as the rules state it",
    "stretched": "the same, shifted and stretched",
    "model": "model without the stated confidence",
    "both": "both, as shipped",
}
_COLUMNS: Final = {
    "mean_confidence": "mean",
    "calibration_error": "ECE",
    "brier": "Brier",
    "log_loss": "log loss",
    "ranking": "ranking",
}
_VETO: Final = {
    "facts_f1": "facts, F1",
    "facts_precision": "precision",
    "facts_recall": "recall",
    "status_errors": "status wrong",
    "traps_fallen": "traps",
    "checklist_accuracy": "items right",
    "code_accuracy": "code right",
}


def _figures(metrics: dict[str, Any]) -> str:
    left_out, held_out = metrics["leave_one_voice_out"], metrics["held_out"]
    rules = metrics["rules"]
    lines = [
        f"Trained with rules {rules['version']} ({rules['hash']}).",
        "",
        f"Leave-one-voice-out, {metrics['voices']} tuned voices: {left_out['facts']} judged facts, {left_out['right']} right.",
        "",
        *_contenders(left_out),
        "",
        f"Held-out voices, totals only: {held_out['facts']} judged facts, {held_out['right']} right.",
        "",
        *_contenders(held_out),
        "",
        "What a user would get if present facts below a confidence were held back as uncertain, leave-one-voice-out:",
        "",
        *table(
            ("held back below", *_VETO.values()),
            (
                (
                    least if float(least) else "nothing, as shipped",
                    *(percent(row[key]) for key in _VETO),
                )
                for least, row in metrics["veto"].items()
            ),
        ),
    ]
    return "\n".join(lines) + "\n"


def _contenders(group: dict[str, Any]) -> list[str]:
    return table(
        ("", *_COLUMNS.values()),
        ((name, *(group[key][each] for each in _COLUMNS)) for key, name in _NAMES.items()),
    )


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
