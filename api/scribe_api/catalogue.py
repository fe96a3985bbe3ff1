"""The rules as a client sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.rules.schema import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.rules.pack import RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """Where a rule comes from."""

    id: str
    citation: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntry:
    """One item that a code asks for, and how strongly."""

    id: str
    label: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEntry:
    """One code of the rules; the title is the project's own wording."""

    code: str
    title: str
    donor: str
    skin: bool
    twin: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """Everything that the rules know about a code."""

    code: str
    title: str
    donor: str
    skin: bool
    twin: str | None
    checklist: tuple[ItemEntry, ...]
    neighbours: dict[str, str]
    rvu_total: float
    rvu_year: int
    payment_usd: float
    payment_year: int
    global_days: int
    valid_from: str
    valid_to: str | None
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEntry:
    """One fact that is looked for in a note."""

    name: str
    label: str
    kind: str
    meaning: str
    sources: tuple[SourceEntry, ...]


def code_table(pack: RulePack) -> list[CodeEntry]:
    """Return one entry for each code."""
    return [
        CodeEntry(
            code=code, title=spec.title, donor=spec.donor.label, skin=spec.skin, twin=spec.twin
        )
        for code, spec in pack.codes.items()
    ]


def code_page(pack: RulePack, code: str) -> CodePage:
    """Return everything about one code.

    Raises:
        KeyError: The rules have no such code.
    """
    spec = pack.codes[code]
    items = ((item, pack.requirements[item]) for item in spec.asks)
    return CodePage(
        code=code,
        title=spec.title,
        donor=spec.donor.label,
        skin=spec.skin,
        twin=spec.twin,
        checklist=tuple(
            ItemEntry(
                id=item,
                label=rule.label,
                level=Level.OPTIONAL if rule.recommended else spec.level(item),
            )
            for item, rule in items
        ),
        neighbours=dict(spec.neighbours),
        rvu_total=spec.rvu.total,
        rvu_year=spec.rvu.year,
        payment_usd=spec.payment.usd,
        payment_year=spec.payment.year,
        global_days=spec.global_days,
        valid_from=spec.valid.start.isoformat(),
        valid_to=spec.valid.to.isoformat() if spec.valid.to else None,
        sources=_sources(pack, (*spec.sources, spec.rvu.source, spec.payment.source)),
    )


def fact_table(pack: RulePack) -> list[FactEntry]:
    """Return one entry for each fact; what only steers the assessment is left out."""
    return [
        FactEntry(
            name=rule.name,
            label=rule.file.label,
            kind=rule.file.kind,
            meaning=rule.file.meaning,
            sources=_sources(pack, rule.file.sources),
        )
        for rule in pack.language.facts
        if not rule.signal
    ]


def _sources(pack: RulePack, ids: Iterable[str]) -> tuple[SourceEntry, ...]:
    return tuple(
        SourceEntry(id=each, citation=pack.sources[each].citation, link=pack.sources[each].link)
        for each in dict.fromkeys(ids)
    )
