"""Read the decision table: which row holds, and which codes it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.rules.conditions import Scope, evaluate
from scribe.rules.decision_schema import CodeChoice, DecisionRow
from scribe.rules.wording import fill
from scribe.suggest.resolve import codes_for, documented_donors
from scribe.types.suggestion import Decision, Reason

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the decision table says about one note.

    Attributes:
        row: The row that decided.
        code: The code, where the row suggests one and the donor has one.
        open: The open codes of a query, first the one whose checklist applies.
        twin: The code of the same donor with the other skin state.
        weighed: Why the arbiter changed what the table says; None where it did not.
    """

    row: DecisionRow
    code: str | None
    open: tuple[str, ...]
    twin: str | None
    weighed: Reason | None = None


def decide_row(scope: Scope, pack: RulePack, *, without: str | None = None) -> Ruling:
    """Find the first row that holds and resolve its codes.

    A row that suggests a code for a donor that has none is passed over.

    Args:
        scope: The facts and signals of the note.
        pack: The rule pack.
        without: Id of a row that is passed over, too.

    Raises:
        ValueError: No row holds; the last row of the table must hold for everything that is left.
    """
    donors = documented_donors(scope, pack)
    for row in pack.decisions.rows:
        if row.id == without or not evaluate(row.when, scope).holds:
            continue
        if row.code is None:
            return Ruling(row=row, code=None, open=_open_codes(row, scope, donors, pack), twin=None)
        codes = codes_for(donors, pack, skin=row.code.skin) if donors else ()
        if codes:
            twin = _twin(codes[0], donors, pack)
            return Ruling(row=row, code=codes[0], open=(), twin=twin)
    msg = "no row of the decision table holds; its last row must hold for what is left"
    raise ValueError(msg)


def explain(row: DecisionRow, scope: Scope, pack: RulePack) -> tuple[Reason, ...]:
    """Return the reasons of a row and the remarks that apply, each with its words of the note."""
    reasons = []
    for name in row.reasons:
        for wording in pack.decisions.reasons[name]:
            verdict = evaluate(wording.when, scope)
            text = fill(wording.text, verdict.facts) if verdict.holds else None
            if text:
                reasons.append(Reason(text=text, evidence=verdict.evidence))
                break
    for remark in pack.decisions.remarks:
        verdict = evaluate(remark.when, scope)
        if verdict.holds and row.decision in remark.decisions:
            reasons.append(Reason(text=remark.text, evidence=verdict.evidence))
    if not reasons:
        reasons.append(Reason(text=f"{row.title}.", evidence=evaluate(row.when, scope).evidence))
    return tuple(reasons)


def _twin(code: str, donors: tuple[str, ...], pack: RulePack) -> str | None:
    """Return the code of the same donor with the other skin state; none for a code that has no twin."""
    spec = pack.codes[code]
    twins = codes_for(donors[:1], pack, skin=not spec.skin) if spec.twin else ()
    return next(iter(twins), None)


def _open_codes(
    row: DecisionRow, scope: Scope, donors: tuple[str, ...], pack: RulePack
) -> tuple[str, ...]:
    if row.decision is not Decision.QUERY:
        return ()
    meant = donors if row.every_donor else donors[:1]
    chosen = [choice for choice in row.open if _is_open(choice, scope)]
    codes = [code for c in chosen for code in codes_for(meant, pack, skin=c.skin)]
    return tuple(dict.fromkeys(codes))


def _is_open(choice: CodeChoice, scope: Scope) -> bool:
    if choice.when is not None and not evaluate(choice.when, scope).holds:
        return False
    return choice.unless is None or not evaluate(choice.unless, scope).holds
