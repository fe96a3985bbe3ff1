"""The rows of the decision table in which a learned model decides: what the README says of models comes from the rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scribe.types.condition import All, AnyOf, FactIs, Named
from scribe.types.fact import LEARNED_SIGNAL
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from scribe.rules.decision_schema import DecisionRow
    from scribe.rules.pack import RulePack
    from scribe.types.condition import Condition

_BLOCK: Final = re.compile(
    r"(<!-- rows of learned models: [^>]*-->\n).*?(<!-- end of rows -->)", re.DOTALL
)
_JUDGED: Final = "judged"  # qualifier of a donor that the judge of sites reads
_MODELS: Final = {
    "reader": "[second reader](models/second_reader/MODEL_CARD.md)",
    "skin": "[judge of skin](models/skin_judge/MODEL_CARD.md)",
    "sites": "[judge of sites](models/site_judge/MODEL_CARD.md)",
}
_DECISIONS: Final = {
    Decision.SUGGEST: "suggests a code",
    Decision.QUERY: "asks",
    Decision.NONE: "says none",
}


def learned_rows(pack: RulePack) -> list[tuple[DecisionRow, str]]:
    """Return the rows that hold because of what a learned model reads, in their order, each with the key of the model.

    A condition that something is *not* read only keeps a row from holding.
    """
    asked = ((row, _model_of(row.when, pack)) for row in pack.decisions.rows)
    return [(row, model) for row, model in asked if model is not None]


def with_learned_rows(text: str, pack: RulePack) -> str:
    """Return the README with the table of those rows."""
    lines = ["| row | answer | where | model |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {row.id} | {_DECISIONS[row.decision]} | {row.title} | {_MODELS[model]} |"
        for row, model in learned_rows(pack)
    ]
    table = "\n".join(lines)
    return _BLOCK.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text)


def _model_of(condition: Condition, pack: RulePack) -> str | None:
    if isinstance(condition, Named):
        return _model_of(pack.conditions[condition.name], pack)
    if isinstance(condition, All | AnyOf):
        return next((model for part in condition.parts if (model := _model_of(part, pack))), None)
    if not isinstance(condition, FactIs):
        return None
    if condition.name.startswith(LEARNED_SIGNAL):
        return "reader"
    if condition.name == pack.skin_judge.signal:
        return "skin"
    return "sites" if _JUDGED in condition.qualifiers else None
