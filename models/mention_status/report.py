"""Write the figures of the README from ``metrics.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "README.md"
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
_ROLE_COLUMNS: Final = {key: COLUMNS[key] for key in ("facts_f1", "traps_fallen", "code_accuracy")}


def _figures(metrics: dict[str, Any]) -> str:
    mentions = metrics["mentions"]
    total = sum(mentions["labelled"].values())
    lines = [
        _measured_on(metrics, total),
        "",
        "Mentions whose status is right, leave-one-voice-out:",
        "",
        *table(
            ("status by the labels", "mentions", *mentions["right"]),
            [
                (label, count, *(said[label] for said in mentions["right"].values()))
                for label, count in mentions["labelled"].items()
            ]
            + [("present or not", total, *metrics["present_or_not"].values())],
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
        "",
        *_roles(metrics["roles"]),
    ]
    return "\n".join(lines) + "\n"


def _measured_on(metrics: dict[str, Any], mentions: int) -> str:
    rules = metrics["rules"]
    notes = f"{metrics['notes']} notes of {metrics['voices']} tuned voices"
    return f"Rules {rules['version']} ({rules['hash']}); {notes}, {mentions} labelled mentions."


def _roles(roles: dict[str, Any]) -> list[str]:
    mentions = roles["mentions"]
    names = [name for name in next(iter(roles["user"].values())) if "." in name]
    columns = {**{name: f"`{name}`, F1" for name in names}, **_ROLE_COLUMNS}
    return [
        "Bones and places whose role is right, leave-one-voice-out (to the rules one that no pattern tells is other):",
        "",
        *table(
            ("role by the labels", "mentions", *mentions["right"]),
            (
                (label, count, *(said[label] for said in mentions["right"].values()))
                for label, count in mentions["labelled"].items()
            ),
        ),
        "",
        "What a user would get with learned roles, leave-one-voice-out:",
        "",
        *table(
            ("", *columns.values()),
            (
                (name, *(percent(row[key]) for key in columns))
                for name, row in roles["user"].items()
            ),
        ),
    ]


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
