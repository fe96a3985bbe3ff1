"""What the arbiter changes of a ruling of the decision table: it answers some questions, and turns some codes into questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scribe.types.suggestion import Decision, Reason

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack
    from scribe.suggest.arbiter import Weighing
    from scribe.suggest.decision_table import Ruling

SETTLED: Final = ".settled"
"""How the id of a row ends whose question the arbiter answered."""
HELD: Final = ".held"
"""How the id of a row ends whose code the arbiter left open."""
_ABSTENTION: Final = "low_confidence"


def settle(ruling: Ruling, weighed: Weighing | None, pack: RulePack) -> Ruling:
    """Return the ruling with what the arbiter makes of it; the same where it has nothing to say.

    Args:
        ruling: What the decision table says.
        weighed: What the arbiter finds; None where it was not asked.
        pack: The rules, with those of the arbiter.
    """
    if weighed is None:
        return ruling
    if ruling.row.decision is Decision.QUERY:
        return _settled(ruling, weighed, pack)
    if ruling.code is not None and ruling.row.id not in pack.arbiter.never_doubts:
        return _held(ruling, ruling.code, weighed, pack)
    return ruling


def _settled(ruling: Ruling, weighed: Weighing, pack: RulePack) -> Ruling:
    """Answer a question that the arbiter may answer, if it is sure of one of the open codes."""
    rules, row, best = pack.arbiter, ruling.row, weighed.best
    least = rules.settles.get(row.id)
    if least is None or best not in rules.skin or weighed.chances[best] < least:
        return ruling
    meant = [code for code in ruling.open if pack.codes[code].skin is rules.skin[best]]
    if len(meant) != 1:
        return ruling
    twins = [code for code in ruling.open if code == pack.codes[meant[0]].twin]
    return replace(
        ruling,
        row=row.model_copy(
            update={
                "id": f"{row.id}{SETTLED}",
                "decision": Decision.SUGGEST,
                "confidence": weighed.chances[best],
                "reasons": rules.reasons,
                "abstention": None,
                "counterfactual": rules.counterfactual,
            }
        ),
        code=meant[0],
        open=(),
        twin=next(iter(twins), None),
        weighed=Reason(text=rules.settled[best], evidence=weighed.evidence[best]),
    )


def _held(ruling: Ruling, code: str, weighed: Weighing, pack: RulePack) -> Ruling:
    """Leave a code open that the arbiter finds improbable."""
    rules, row, best = pack.arbiter, ruling.row, weighed.best
    skin = pack.codes[code].skin
    own = sum(weighed.chances[name] for name, has in rules.skin.items() if has is skin)
    if own >= rules.doubts_below or best not in rules.against:
        return ruling
    codes = (code,) if ruling.twin is None else (code, ruling.twin)
    return replace(
        ruling,
        row=row.model_copy(
            update={
                "id": f"{row.id}{HELD}",
                "decision": Decision.QUERY,
                "confidence": 1 - own,
                "abstention": _ABSTENTION,
                "counterfactual": rules.counterfactual,
            }
        ),
        code=None,
        open=codes,
        twin=None,
        weighed=Reason(text=f"{rules.held} {rules.against[best]}", evidence=weighed.evidence[best]),
    )
