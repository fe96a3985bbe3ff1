"""What each code asks for, worked out once for a pack: the item, its source in words, and what its answer depends on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.rules.conditions import asked_fields
from scribe.rules.schema import CodeSpec, Requirement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.rules.schema import Source
    from scribe.types.condition import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One item of the checklist of one code.

    Attributes:
        requirement: The item.
        code: The code that asks for it.
        source: Where the requirement comes from, with the sources of the code itself first.
        depends_on: The item and all of the code that its answer depends on; where two codes agree in it, they share the answer.
    """

    requirement: Requirement
    code: CodeSpec
    source: str
    depends_on: tuple[object, ...]


def asked_items(
    code: CodeSpec,
    requirements: Mapping[str, Requirement],
    named: Mapping[str, Condition],
    sources: Mapping[str, Source],
) -> tuple[AskedItem, ...]:
    """Return the checklist of a code, in its order.

    Args:
        code: The code.
        requirements: Items by id; an item that is not among them is retired and left out.
        named: The shared conditions of the pack.
        sources: Sources by id.
    """
    return tuple(
        AskedItem(
            requirement=requirements[item],
            code=code,
            source=_cite(requirements[item], code, sources),
            depends_on=_depends_on(requirements[item], code, named),
        )
        for item in code.asks
        if item in requirements
    )


def _cite(requirement: Requirement, code: CodeSpec, sources: Mapping[str, Source]) -> str:
    own = [source for source in requirement.sources if source in code.sources]
    source = sources[(own or list(requirement.sources))[0]]
    return f"{source.citation} ({code.level(requirement.id).value} for {code.code})"


def _depends_on(
    requirement: Requirement, code: CodeSpec, named: Mapping[str, Condition]
) -> tuple[object, ...]:
    fields = code.fields()
    conditions = (case.when for _, case in requirement.cases if case.when is not None)
    names = set().union(*(asked_fields(each, named) for each in conditions))
    donor = code.donor.label if requirement.names_donor else None
    return (requirement.id, donor, *(fields.get(name) for name in sorted(names)))
