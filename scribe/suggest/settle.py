"""What the arbiter changes of a ruling of the decision table: it answers some questions, and turns some codes into questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scribe.suggest.arbiter import class_of_donor
from scribe.suggest.decision_table import decide_row
from scribe.suggest.resolve import codes_for, documented_donors
from scribe.types.fact import LEARNED_SIGNAL, Status
from scribe.types.suggestion import Decision, Reason

if TYPE_CHECKING:
    from scribe.rules.conditions import Scope
    from scribe.rules.decision_schema import DecisionRow
    from scribe.rules.pack import RulePack
    from scribe.suggest.arbiter import Weighing
    from scribe.suggest.decision_table import Ruling

SETTLED: Final = ".settled"
"""How the id of a row ends whose question the arbiter answered."""
FOUND: Final = ".found"
"""How the id of a row ends that asks for the donor, where the arbiter found it."""
OVERRULED: Final = ".overruled"
"""How the id of a row ends that said "none", where the arbiter let the rows behind it decide."""
REFUSED: Final = ".refused"
"""How the id of a row ends that asked, where the arbiter is sure that nothing of the family is told."""
REOPENED: Final = ".reopened"
"""How the id of a row ends that said "none", where the arbiter finds that the note tells an operation of the family after all."""
HELD: Final = ".held"
"""How the id of a row ends whose code the arbiter left open."""
_ABSTENTION: Final = "low_confidence"
_OUTSIDE: Final = "out_of_family"


def settle(ruling: Ruling, weighed: Weighing | None, scope: Scope, pack: RulePack) -> Ruling:
    """Return the ruling with what the arbiter makes of it; the same where it has nothing to say.

    Args:
        ruling: What the decision table says.
        weighed: What the arbiter finds; None where it was not asked.
        scope: The facts and signals by which the table decided.
        pack: The rules, with those of the arbiter.
    """
    if weighed is None:
        return ruling
    if ruling.row.id in pack.arbiter.reopens:
        return _reopened(ruling, weighed, pack)
    if ruling.row.decision is Decision.NONE:
        return _overruled(ruling, weighed, scope, pack)
    return _weighed(ruling, weighed, scope, pack)


def _weighed(ruling: Ruling, weighed: Weighing, scope: Scope, pack: RulePack) -> Ruling:
    rules, row = pack.arbiter, ruling.row
    if weighed.best == rules.outside and row.id in rules.refuses:
        return _refused(ruling, weighed, pack)
    if row.id in rules.finds:
        return _found(ruling, weighed, scope, pack)
    if row.decision is Decision.QUERY:
        return _settled(ruling, weighed, pack)
    if ruling.code is not None and row.id not in rules.never_doubts:
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
        row=_answering(row, f"{row.id}{SETTLED}", weighed.chances[best], pack),
        code=meant[0],
        open=(),
        twin=next(iter(twins), None),
        weighed=Reason(text=rules.settled[best], evidence=weighed.evidence[best]),
    )


def _found(ruling: Ruling, weighed: Weighing, scope: Scope, pack: RulePack) -> Ruling:
    """Answer a question for the donor, if the arbiter is sure of one that the note names, and of what became of the skin."""
    rules, row, best, donor = pack.arbiter, ruling.row, weighed.best, weighed.donor
    sure = weighed.donors[donor] >= rules.finds[row.id]
    if row.every_donor and len(documented_donors(scope, pack)) > 1:
        return ruling  # which of two the note means is for the surgeon to say
    if not sure or best not in rules.skin or weighed.chances[best] < rules.finds_skin:
        return ruling
    donor_fact = pack.decisions.donor_facts[0]
    named = tuple(
        str(fact.value)
        for name in (donor_fact, f"{LEARNED_SIGNAL}{donor_fact}")
        for fact in scope.by_name.get(name, ())
        if fact.status in (Status.PRESENT, Status.UNCERTAIN)
        and class_of_donor(fact.value, rules) == donor
    )
    codes = codes_for(named[:1], pack, skin=rules.skin[best]) if named else ()
    if not codes:
        return ruling
    has_twin = pack.codes[codes[0]].twin is not None
    twins = codes_for(named[:1], pack, skin=not rules.skin[best]) if has_twin else ()
    chance = min(weighed.donors[donor], weighed.chances[best])
    return replace(
        ruling,
        row=_answering(row, f"{row.id}{FOUND}", chance, pack),
        code=codes[0],
        open=(),
        twin=next(iter(twins), None),
        weighed=Reason(text=rules.found[best], evidence=weighed.evidence[best]),
    )


def _refused(ruling: Ruling, weighed: Weighing, pack: RulePack) -> Ruling:
    """Answer a question with none, if the arbiter is sure that the note tells no operation of the family."""
    rules, row = pack.arbiter, ruling.row
    chance = weighed.chances[rules.outside]
    if chance < rules.refuses[row.id]:
        return ruling
    return replace(
        ruling,
        row=_answering(row, f"{row.id}{REFUSED}", chance, pack).model_copy(
            update={"decision": Decision.NONE, "reasons": (), "abstention": _OUTSIDE}
        ),
        open=(),
        weighed=Reason(text=rules.refused, evidence=weighed.evidence[rules.outside]),
    )


def _overruled(ruling: Ruling, weighed: Weighing, scope: Scope, pack: RulePack) -> Ruling:
    """Let the rows behind one that says "none" decide, if they come to a code that the arbiter is sure of."""
    rules, row, best = pack.arbiter, ruling.row, weighed.best
    least = rules.overrules.get(row.id)
    if least is None or best not in rules.skin or weighed.chances[best] < least:
        return ruling
    behind = _weighed(decide_row(scope, pack, without=row.id), weighed, scope, pack)
    if behind.code is None or pack.codes[behind.code].skin is not rules.skin[best]:
        return ruling
    return replace(
        behind,
        row=_answering(behind.row, f"{row.id}{OVERRULED}", weighed.chances[best], pack),
        weighed=Reason(text=rules.overruled, evidence=weighed.evidence[best]),
    )


def _reopened(ruling: Ruling, weighed: Weighing, pack: RulePack) -> Ruling:
    """Ask where the table says "none" since it read no bone, if the arbiter is sure of a class that stands for a code."""
    rules, row, best = pack.arbiter, ruling.row, weighed.best
    if best not in rules.skin or weighed.chances[best] < rules.reopens[row.id]:
        return ruling
    likely, other = (
        codes_for((weighed.donor,), pack, skin=skin)
        for skin in (rules.skin[best], not rules.skin[best])
    )
    return replace(
        ruling,
        row=_asking(row, f"{row.id}{REOPENED}", weighed.chances[rules.outside], pack),
        open=(*likely, *other),
        weighed=Reason(text=rules.reopened[best], evidence=weighed.evidence[best]),
    )


def _asking(row: DecisionRow, name: str, confidence: float, pack: RulePack) -> DecisionRow:
    """Return the row by another id, with a question in place of its own answer."""
    return row.model_copy(
        update={
            "id": name,
            "decision": Decision.QUERY,
            "confidence": confidence,
            "abstention": _ABSTENTION,
            "counterfactual": pack.arbiter.counterfactual,
        }
    )


def _answering(row: DecisionRow, name: str, chance: float, pack: RulePack) -> DecisionRow:
    """Return the row by another id, with the arbiter's answer in place of its own."""
    return row.model_copy(
        update={
            "id": name,
            "decision": Decision.SUGGEST,
            "confidence": chance,
            "reasons": pack.arbiter.reasons,
            "abstention": None,
            "counterfactual": pack.arbiter.counterfactual,
        }
    )


def _held(ruling: Ruling, code: str, weighed: Weighing, pack: RulePack) -> Ruling:
    """Leave a code open that the arbiter finds improbable."""
    rules, row, best = pack.arbiter, ruling.row, weighed.best
    skin = pack.codes[code].skin
    own = sum(weighed.chances[name] for name, has in rules.skin.items() if has is skin)
    if own >= rules.doubts_at.get(row.id, rules.doubts_below).get(best, 0.0):
        return ruling
    codes = (code,) if ruling.twin is None else (code, ruling.twin)
    return replace(
        ruling,
        row=_asking(row, f"{row.id}{HELD}", 1 - own, pack),
        code=None,
        open=codes,
        twin=None,
        weighed=Reason(text=f"{rules.held} {rules.against[best]}", evidence=weighed.evidence[best]),
    )
