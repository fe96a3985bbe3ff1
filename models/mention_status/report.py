"""Write the figures of the README from ``metrics.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from models.tables import percent, table, with_block

HERE: Final = Path(__file__).resolve().parent
README: Final = HERE / "README.md"
COLUMNS: Final = {
    "facts_f1": "facts, F1",
    "facts_precision": "precision",
    "facts_recall": "recall",
    "unasserted_recall": "planned, earlier, uncertain found",
    "status_errors": "status wrong",
    "traps_fallen": "traps",
    "checklist_accuracy": "items right",
    "code_accuracy": "code right",
    "wrong_suggestions": "wrong code",
}


def write_report() -> None:
    """Put the figures that stand in ``metrics.json`` into the README."""
    README.write_text(with_figures(README.read_text("utf-8")), "utf-8")


def with_figures(page: str) -> str:
    """Return the page with its figures as they were last measured."""
    metrics = json.loads((HERE / "metrics.json").read_text("utf-8"))
    return with_block(page, _figures(metrics))


def _figures(metrics: dict[str, Any]) -> str:
    mentions = metrics["mentions"]
    total = sum(mentions["labelled"].values())
    lines = [
        f"Rules {metrics['rules']['version']} ({metrics['rules']['hash']}); {metrics['notes']} notes of {metrics['voices']} tuned voices, {total} labelled mentions.",
        "",
        "Mentions whose status is right, leave-one-voice-out:",
        "",
        *table(
            ("status by the labels", "mentions", *mentions["right"]),
            [
                (label, count, *(said[label] for said in mentions["right"].values()))
                for label, count in mentions["labelled"].items()
            ]
            + [("present or not", total, *mentions["present_right"].values())],
        ),
        "",
        "What a model beside the rules would do to single mentions, by threshold:",
        "",
        *table(
            ("model that sees the rules' view too", "wrong", "right"),
            [
                *(
                    (f"held back below {least}", row["wrong_prevented"], row["right_lost"])
                    for least, row in metrics["thresholds"]["both"]["veto"].items()
                ),
                *(
                    (f"brought back from {least}", row["wrong_added"], row["right_won"])
                    for least, row in metrics["thresholds"]["both"]["rescue"].items()
                ),
            ],
        ),
        "",
        "What a user would get, leave-one-voice-out:",
        "",
        *table(
            ("", *COLUMNS.values()),
            (
                (name, *(percent(row[key]) for key in COLUMNS))
                for name, row in metrics["user"].items()
            ),
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_report()
