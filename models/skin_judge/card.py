"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json``: ``python -m models.skin_judge.card``, and ``make train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.tables import FigurePage, percent, table

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = HERE / "MODEL_CARD.md"


def _figures(metrics: dict[str, Any]) -> str:
    rules, rows = metrics["rules"], metrics["rows"]
    apart = [
        (name, each["notes"], percent(each["right"])) for name, each in metrics["apart"].items()
    ]
    held = metrics["held_out"]
    codes = [
        (f"{texts}, {name}", *(percent(each[key]) for key in ("right", "wrong", "query")))
        for texts, of in (("phrases", "codes"), ("paragraphs", "paragraph_codes"))
        for name, each in metrics[of].items()
    ]
    texts = ", ".join(f"{kind} {n}" for kind, n in rows.items())
    trained = f"Trained on {sum(rows.values())} texts ({texts}) with rules {rules['version']} ({rules['hash']})"
    lines = [
        f"{trained}; {metrics['weights']} weights.",
        "",
        "Judged by a judge that never saw the author, or the voice:",
        "",
        *table(("left out", "texts", "class right"), apart),
        "",
        f"Held-out notes with a code: {percent(held['right'])} of {held['notes']} right.",
        "",
        "Codes of the phrases and of the paragraphs, each author judged by a judge that never saw it:",
        "",
        *table(("", "right", "wrong code", "needless question"), codes),
    ]
    return "\n".join(lines) + "\n"


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
