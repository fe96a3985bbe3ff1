"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json``: ``python -m models.site_judge.card``, and ``make train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "MODEL_CARD.md"
_HEADS: Final = ("left out", "rules: precision", "recall", "with the judge: precision", "recall")
_ROLES: Final = {"donor.site": "Donor sites", "recipient.site": "Recipient sites"}


def _figures(metrics: dict[str, Any]) -> str:
    rules = metrics["rules"]
    trained = f"Trained on {metrics['texts']} texts ({metrics['places']} places) with rules"
    lines = [
        f"{trained} {rules['version']} ({rules['hash']}); {metrics['weights']} weights.",
    ]
    for role, title in _ROLES.items():
        rows = [
            (name, *_shares(both[role]["rules alone"]), *_shares(both[role]["with the judge"]))
            for name, both in metrics["sites"].items()
        ]
        lines += [
            "",
            f"{title}, each group judged by a judge that never saw it:",
            "",
            *table(_HEADS, rows),
        ]
    return "\n".join(lines) + "\n"


def _shares(counts: dict[str, int]) -> tuple[str, str]:
    given = counts["right"] + counts["wrong"]
    labelled = counts["right"] + counts["missed"]
    return (
        percent(counts["right"] / given if given else None),
        percent(counts["right"] / labelled if labelled else None),
    )


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
