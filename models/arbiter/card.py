"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json``: ``python -m models.arbiter.card``, and ``make train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "MODEL_CARD.md"
_OUTCOMES: Final = ("right", "wrong", "asks", "none")


def _figures(metrics: dict[str, Any]) -> str:
    rules = metrics["rules"]
    kinds = ", ".join(f"{kind} {n}" for kind, n in metrics["rows"].items())
    donors = ", ".join(f"{kind} {n}" for kind, n in metrics["donors"].items())
    rows = [
        (f"{name}, {who}", each["notes"], *(each[key][outcome] for outcome in _OUTCOMES))
        for name, each in metrics["apart"].items()
        for who, key in (("table alone", "table"), ("with the arbiter", "arbiter"))
    ]
    classes = [
        (name, each["notes"], percent(each["class_right"]), _share(each["donor_right"]))
        for name, each in metrics["apart"].items()
    ]
    lines = [
        (
            f"Trained on {sum(metrics['rows'].values())} notes ({kinds}) with rules {rules['version']} ({rules['hash']});"
            f" {metrics['weights']} weights. Donors: {donors}."
        ),
        "",
        "Codes, each group judged by an arbiter that never saw it:",
        "",
        *table(("", "notes", "right", "wrong code", "asks needlessly", "none, wrongly"), rows),
        "",
        "Its most probable class and donor, the same (of the notes whose labels tell it):",
        "",
        *table(("", "notes", "class right", "donor right"), classes),
    ]
    return "\n".join(lines) + "\n"


def _share(value: float | None) -> str:
    return "" if value is None else percent(value)


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
