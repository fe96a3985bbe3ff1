"""Write the numbers of ``MODEL_CARD.md`` from ``metrics.json`` and the manifest; the words around them are written by hand.

``python -m models.code_suggester.card``; ``make train`` does it as well, and a test fails when the card is stale.
"""

from __future__ import annotations

from typing import Any, Final

from models.code_suggester.ablation import CONTENDERS
from models.code_suggester.artifact_file import ARTIFACT, HERE
from models.tables import FigurePage, table
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import read_manifest
from scribe.suggest.second_opinion import TITLE, load_second_opinion

_PATH: Final = HERE / "MODEL_CARD.md"
_NAMES: Final = {
    "table": "decision table alone",
    "model": "model alone",
    "both": "both, as shipped",
}
_COLUMNS: Final = {
    "right": "right",
    "wrong_codes": "wrong code",
    "needless_abstentions": "code left out",
    "mean_confidence": "mean confidence",
    "calibration_error": "ECE",
    "brier": "Brier",
    "ranking": "ranking",
}


def _figures(metrics: dict[str, Any]) -> str:
    manifest = read_manifest(ARTIFACT, TITLE)
    numbers = load_second_opinion(ARTIFACT, load_pack()).numbers
    left_out, held_out = metrics["leave_one_voice_out"], metrics["held_out"]
    policy = numbers.policy
    lines = [
        f"Artifact {manifest.version}, {metrics['artifact_bytes']:,} bytes, {len(numbers.fits.weights)} features of version "
        f"{numbers.features}; trained with rules {manifest.rules['version']} ({manifest.rules['hash']}), "
        + ", ".join(f"{name} {number}" for name, number in manifest.libraries.items())
        + ".",
        "",
        f"Leave-one-voice-out, {metrics['voices']} tuned voices: {left_out['notes']} notes, the model is asked about {left_out['asked']}.",
        "",
        *_contenders(left_out),
        "",
        _held(left_out),
        "",
        f"Held-out voices, totals only: {held_out['notes']} notes, the model is asked about {held_out['asked']}.",
        "",
        *_contenders(held_out),
        "",
        _held(held_out),
        "",
        "Right answers by labelled code or decision, leave-one-voice-out:",
        "",
        *table(
            ("labelled", "notes", *(_NAMES[each] for each in CONTENDERS)),
            (
                (key, row["notes"], *(row[each] for each in CONTENDERS))
                for key, row in left_out["codes"].items()
            ),
        ),
        "",
        f"Alone, the model suggests a code from {policy.suggest:.2f} on, says none from {policy.none:.2f} on, and abstains between. "
        + _rule(policy.hold_back),
    ]
    return "\n".join(lines) + "\n"


def _rule(hold_back: float) -> str:
    if not hold_back:
        return "It never changes the answer of the table."
    return f"It holds back a code of the table that it finds less probable than {hold_back:.2f}."


def _contenders(group: dict[str, Any]) -> list[str]:
    return table(
        ("", *_COLUMNS.values()),
        ((_NAMES[name], *(group[name][key] for key in _COLUMNS)) for name in CONTENDERS),
    )


def _held(group: dict[str, Any]) -> str:
    held = group["held_back"]
    return (
        f"Codes of the table that the model held back: {held['wrong_prevented']} wrong, "
        f"{held['right_lost']} right."
    )


PAGE: Final = FigurePage(_PATH, _figures)

if __name__ == "__main__":
    PAGE.write()
