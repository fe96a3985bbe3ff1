"""Find the code of the documented donor: a table of codes is read, no number is known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.rules.conditions import Scope, in_place
from scribe.types.condition import Place
from scribe.types.fact import Fact, Status, Value

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack
    from scribe.rules.schema import CodeSpec

_USABLE = (Status.PRESENT, Status.UNCERTAIN)


def documented_donors(scope: Scope, pack: RulePack) -> tuple[str, ...]:
    """Return the donors that the note documents, the best documented first.

    Present ones come before uncertain ones; what the body says comes before what only the title says. Where the donor fact is silent, the
    weaker facts that the decision table names are looked at in turn.
    """
    for name in pack.decisions.donor_facts:
        found = [f for f in scope.facts if f.name == name and f.status in _USABLE]
        present = [f for f in found if f.status is Status.PRESENT]
        ranked = sorted(present or found, key=lambda f: _strength(f, scope), reverse=True)
        donors = tuple(dict.fromkeys(str(f.value) for f in ranked if isinstance(f.value, str)))
        if donors:
            return donors
    return ()


def codes_for(donors: tuple[str, ...], pack: RulePack, *, skin: bool) -> tuple[str, ...]:
    """Return the code of each donor with or without skin; of all donors, where none is documented."""
    wanted = [code for code in pack.codes.values() if code.skin is skin]
    if not donors:
        return tuple(code.code for code in wanted)
    found = (_code_of(donor, wanted) for donor in donors)
    return tuple(dict.fromkeys(code for code in found if code))


def _code_of(donor: Value, codes: list[CodeSpec]) -> str | None:
    named = [code for code in codes if donor in code.donor.sites]
    others = [c for c in codes if not c.donor.sites and donor not in c.donor.excludes]
    return next((code.code for code in (*named, *others)), None)


def _strength(fact: Fact, scope: Scope) -> tuple[int, float]:
    body = sum(in_place(e, Place.BODY, scope.title_sections) for e in fact.evidence)
    return body, fact.confidence
