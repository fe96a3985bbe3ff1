"""Write the figures of the README from ``metrics.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.mention_status.report import COLUMNS
from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "README.md"
_SETS: Final = {
    "unheaded": "written without headings",
    "bare": "with headings, which were taken out",
    "headed": "with headings, as they are",
}


def _figures(metrics: dict[str, Any]) -> str:
    sentences = metrics["sentences"]
    lines = [
        f"Rules {metrics['rules']['version']} ({metrics['rules']['hash']}); {metrics['voices']} tuned voices.",
        "",
        "Sentences of notes whose headings were taken out, leave-one-voice-out:",
        "",
        *table(
            ("phase that the heading told", "sentences", "rules right", "model right"),
            [(phase, *row.values()) for phase, row in sentences.items()]
            + [
                (
                    "all",
                    *(sum(row[key] for row in sentences.values()) for key in sentences["today"]),
                )
            ],
        ),
        "",
    ]
    for group, title in (
        ("tuned", "Tuned, leave-one-voice-out"),
        ("held_out", "Held-out, totals only"),
    ):
        for name, which in _SETS.items():
            rows = dict(metrics[group][name])
            count = rows.pop("notes")
            lines += [f"{title}: {count} notes {which}.", ""]
            lines += table(
                ("", *COLUMNS.values()),
                ((key, *(percent(row[each]) for each in COLUMNS)) for key, row in rows.items()),
            )
            lines.append("")
    return "\n".join(lines[:-1]) + "\n"


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
